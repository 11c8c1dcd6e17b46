"""A list over a model of Django itself: core knows none of ours."""

from datetime import date
from io import BytesIO
from typing import Any

import django_filters
import django_tables2 as tables
import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from openpyxl import load_workbook

from core.exports import plain, sheet_name
from core.listing import render_list
from core.refusals import Refused
from core.tables import ListTable, NumberColumn, PhoneColumn

pytestmark = pytest.mark.django_db


class GroupFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="contains")

    class Meta:
        model = Group
        fields = ["name"]


class GroupTable(ListTable):
    name = tables.Column(verbose_name="名称")
    length = NumberColumn(verbose_name="字数", accessor="name", orderable=False)
    phone = PhoneColumn(verbose_name="电话", accessor="name", orderable=False)

    class Meta(ListTable.Meta):
        model = Group
        fields = ("name", "length", "phone")

    def value_length(self, value):
        return len(value)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def groups(*names: str) -> None:
    Group.objects.bulk_create(Group(name=name) for name in names)


def listed(query: str = "", cookies: dict | None = None, headers: dict | None = None, **options):
    request: Any = RequestFactory().get(f"/groups/?{query}", headers=headers)
    request.COOKIES.update(cookies or {})
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)
    return render_list(
        request,
        queryset=Group.objects.order_by("name"),
        filterset_class=GroupFilter,
        table_class=GroupTable,
        title="小组名册",
        **options,
    )


def sheet_of(response) -> list[tuple]:
    return list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)


def names_on(response) -> list[str]:
    return [
        name for name in Group.objects.values_list("name", flat=True) if f">{name}</td>" in response.content.decode()
    ]


@pytest.mark.parametrize("names", [["甲"], ["甲", "乙", "丙"]])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(names, django_assert_num_queries):
    groups(*names)
    with django_assert_num_queries(2):
        response = listed()
    assert names_on(response) == names


def test_a_filter_says_how_many_of_how_many(django_assert_num_queries):
    groups("甲村", "乙村", "县局")
    with django_assert_num_queries(3):
        html = listed("name=村").content.decode()
    assert "筛选出 <b>2</b> 条，共 3 条" in html
    assert "县局" not in html


def test_without_a_filter_the_total_stands_alone():
    groups("甲村", "乙村", "县局")
    assert "共 <b>3</b> 条" in listed().content.decode()


def test_rows_are_sorted_and_paged_by_address():
    groups(*(f"村{number:02d}" for number in range(60)))
    assert names_on(listed("sort=-name&page=3")) == [f"村{number:02d}" for number in range(10)]
    assert len(names_on(listed("per_page=50"))) == 50


@pytest.mark.parametrize("query", ["page=99", "page=x", "page=0", "page=99999999999", "per_page=7", "sort=nothing"])
def test_an_address_that_asks_for_too_much_still_shows_the_list(query):
    groups("甲")
    response = listed(query)
    assert response.status_code == 200
    assert names_on(response) == ["甲"]


def test_of_millions_it_counts_and_shows_the_first_and_says_that_there_are_more():
    groups(*(f"村{number:02d}" for number in range(60)))
    last = listed("page=9", most=50)
    html = last.content.decode()
    assert "共 <b>50+</b> 条" in html
    assert "请用筛选缩小范围" in html
    assert names_on(last) == [f"村{number:02d}" for number in range(25, 50)]
    assert "请用筛选缩小范围" not in listed(most=50).content.decode()
    narrowed = listed("name=村1", most=50).content.decode()
    assert "筛选出 <b>10</b> 条，共 50+ 条" in narrowed


def test_of_millions_a_workbook_is_asked_for_with_a_filter(monkeypatch):
    monkeypatch.setattr("core.listing.MOST_EXPORTED", 2)
    groups("甲村", "乙村", "县局")
    with pytest.raises(Refused, match="请先筛选"):
        listed("export=xlsx", most=1)
    assert len(sheet_of(listed("export=xlsx&name=村", most=1))) == 3
    assert len(sheet_of(listed("export=xlsx"))) == 4


def test_htmx_gets_the_list_alone():
    groups("甲")
    html = listed(headers={"HX-Request": "true", "HX-Target": "list"}).content.decode()
    assert html.lstrip().startswith('<section id="list"')
    assert "<html" not in html


def test_the_workbook_holds_what_the_list_shows():
    groups("甲村", "乙村", "县局")
    response = listed("name=村&sort=-name&export=xlsx")
    assert sheet_of(response) == [("名称", "字数", "电话"), ("甲村", 2, "****"), ("乙村", 2, "****")]
    assert response["Content-Disposition"] == ("attachment; filename*=utf-8''%E5%B0%8F%E7%BB%84%E5%90%8D%E5%86%8C.xlsx")


def test_the_workbook_holds_every_page():
    groups(*(f"村{number:02d}" for number in range(60)))
    assert len(sheet_of(listed("export=xlsx&page=2"))) == 61


def test_text_stays_text_in_a_workbook():
    groups("=1+1", "007", "http://a")
    assert {row[0] for row in sheet_of(listed("export=xlsx"))} == {"名称", "=1+1", "007", "http://a"}


def test_the_columns_of_a_workbook_are_wide_enough_for_the_names():
    groups("呼和浩特市新城区工商联")
    assert sheet_widths(listed("export=xlsx")) == [25, 11, 18]


def sheet_widths(response) -> list[int]:
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    return [round(sheet.column_dimensions[letter].width) for letter in "ABC"]


def test_a_phone_is_masked_on_the_page_and_in_the_workbook():
    groups("13812341234")
    assert '<td data-label="电话">138****1234</td>' in listed().content.decode().replace("<td  ", "<td ")
    assert sheet_of(listed("export=xlsx"))[1][2] == "138****1234"


def test_chosen_columns_are_shown_exported_and_remembered():
    groups("甲村")
    chosen = listed("columns=name&columns=length")
    cookie = chosen.cookies["columns-core-GroupTable-0"].value
    assert cookie == "length.name"
    again = listed("export=xlsx", cookies={"columns-core-GroupTable-0": cookie})
    assert sheet_of(again) == [("名称", "字数"), ("甲村", 2)]


def test_the_first_column_can_not_be_hidden():
    groups("甲村")
    assert sheet_of(listed("columns=length&export=xlsx")) == [("名称", "字数"), ("甲村", 2)]


def test_columns_that_do_not_exist_are_ignored():
    groups("甲村")
    assert sheet_of(listed("columns=password&export=xlsx"))[0] == ("名称", "字数", "电话")


def test_an_empty_list_says_so_and_a_filter_without_finds_says_so():
    assert "这里还没有内容。" in listed().content.decode()
    groups("甲村")
    assert "没有符合条件的记录。" in listed("name=丙").content.decode()


@pytest.mark.parametrize(
    ("value", "cell"), [(None, None), ("", None), (True, "True"), (3, 3), (date(2010, 7, 1), date(2010, 7, 1))]
)
def test_a_cell_keeps_numbers_and_dates_as_such(value, cell):
    assert plain(value) == cell


def test_a_sheet_takes_a_name_that_workbooks_accept():
    assert sheet_name("甲/乙[2010]" + "长" * 40) == "甲 乙 2010 " + "长" * 22
