"""One form (P-13): what is exported, how a local form is understood and filled, what is refused; who reaches it."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl.styles import Border, Side

from funds.tests.playing import NOW, Place, entered, place
from office.models import StoredFile
from organisations.tests import factories as people
from pairing.tests import factories as pairings
from reports.models import LocalForm
from reports.oneform import fields
from reports.oneform.asked import About, Asked
from reports.tests.archiving import DAY, client_of, visited
from reports.tests.factories import reported

pytestmark = pytest.mark.django_db
DAYS = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def found() -> Place:
    made = place()
    visited(made)
    visited(made, 1)
    entered(made, "receipt", "20000.00", at=NOW, on=DAY)
    entered(made, "spending", "3000.00", at=NOW, on=DAY)
    people.facts(made.village, year=2025, households=300)
    return made


def workbook(rows: Sequence[Any], merged: tuple[str, ...] = (), title: str = "报表") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    thin = Side(style="thin")
    for cell in page[len(rows)]:
        cell.border = Border(thin, thin, thin, thin)
    page.column_dimensions["B"].width = 33
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("县农办月报表.xlsx", file.getvalue())


def handed_in(found: Place, upload: SimpleUploadedFile, user=None) -> LocalForm:
    user = user or found.organiser
    answer = client_of(user).post(reverse("hand_in_local_form"), {"office": found.county.pk, "file": upload})
    assert answer.status_code == 302, answer.content.decode()
    return LocalForm.objects.latest("pk")


def confirmed(found: Place, form: LocalForm, **changes: Any) -> LocalForm:
    columns = {f"column_{index}": key for index, key in form.mapping.items()}
    given = {"name": form.name, "about": form.about, "header_row": max(form.header_rows), **columns, **changes}
    answer = client_of(found.organiser).post(form.get_absolute_url(), given)
    assert answer.status_code == 302, answer.content.decode()
    form.refresh_from_db()
    return form


def filled(found: Place, form: LocalForm, **given: Any):
    answer = client_of(found.organiser).get(reverse("filled_local_form", args=[form.pk]), DAYS | given)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


HEAD = ["序号", "乡镇", "村名", "村党组织书记", "帮扶单位名称", "走访次数", "到位资金（万元）", "备用列"]


def test_one_row_a_village_with_the_fields_chosen(found):
    chosen = ["name", "partners", "visits", "received", "spent", "households"]
    answer: Any = client_of(found.organiser).get(
        reverse("one_form"), DAYS | {"by": "village", "known": chosen, "export": "xlsx"}
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0] == ("村名", "户数", "结对对象", "走访次数", "到位资金（元）", "支出资金（元）")
    by_name = {row[0]: row[1:] for row in rows[1:]}
    assert by_name[found.village.name] == (300, found.unit.name, 2, 20000, 3000)
    units: Any = client_of(found.organiser).get(
        reverse("one_form"), DAYS | {"by": "unit", "known": ["name", "received", "visits"], "export": "xlsx"}
    )
    of_units = list(openpyxl.load_workbook(io.BytesIO(b"".join(units.streaming_content))).active.values)
    assert (found.unit.name, 2, 20000) in of_units


def test_reported_figures_and_the_round_and_area_narrow_it(found):
    reported(found.village_secretary, "ideas", found.village, "3条")
    other = people.village(found.township, "没有结对的村")
    chosen = {"by": "village", "known": ["name"], "reported": ["figure_ideas"], "export": "xlsx"}
    client = client_of(found.organiser)

    def names(**more) -> dict:
        answer: Any = client.get(reverse("one_form"), {"since": "2020-01-01", "until": "2026-12-31"} | chosen | more)
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        return dict(list(book.active.values)[1:])

    assert names()[found.village.name] == 3
    assert other.name in names()
    assert set(names(round=found.pairing.round_id)) == {found.village.name}
    assert set(names(place=other.name)) == {other.name}


def test_each_source_is_one_statement_however_many_rows(found):
    def statements() -> int:
        asked = Asked(found.organiser, About.VILLAGE, date(2026, 1, 1), date(2026, 12, 31))
        with CaptureQueriesContext(connection) as queries:
            fields.values_of(asked, fields.fields_of(About.VILLAGE))
        return len(queries)

    statements()
    first = statements()
    for number in range(3):
        village = people.village(found.township, f"添{number}村")
        people.facts(village)
        pairings.pairing(found.pairing.round, people.unit(found.county, f"添{number}局"), village, state="signed")
    assert statements() == first
    assert first <= len({each.source for each in fields.all_fields()}) + 1


def test_every_source_says_something_of_its_fields(found):
    """A field that no source fills would stay empty for ever."""
    for about in About:
        asked = Asked(found.organiser, about, date(2026, 1, 1), date(2026, 12, 31))
        for source in {each.source for each in fields.fields_of(about).values()} - {fields.sources.figures}:
            values = source(asked)
            mine = {key for key, each in fields.fields_of(about).items() if each.source is source}
            known = {name for row in values.values() for name in row}
            assert not values or mine <= known, (about, source.__name__, mine - known)


def test_a_messy_form_without_names_is_listed_and_keeps_its_look(found):
    rows = [
        ["青山县帮扶情况月报表"],
        ["填报单位：　　　填报日期："],
        HEAD,
        [None] * 8,
        ["合计"],
        ["填表人：　　审核人："],
    ]
    form = handed_in(found, workbook(rows, ("A1:H1", "A6:H6")))
    assert form.mapping == {
        "0": "serial", "1": "above", "2": "name", "3": "secretary", "4": "partners", "5": "visits", "6": "received",
    }  # fmt: skip
    page = client_of(found.organiser).get(form.get_absolute_url()).content.decode()
    assert "备用列" in page
    form = confirmed(found, form)
    people.village(found.township, "添一村")
    page = client_of(found.organiser).get(form.get_absolute_url(), DAYS).content.decode()
    assert "备用列" in page
    villages = 1 + people.Organisation.objects.villages().exclude(pk=found.village.pk).count()
    sheet = filled(found, form)
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "青山县帮扶情况月报表"
    listed = values[3 : 3 + villages]
    assert [row[0] for row in listed] == list(range(1, villages + 1))
    (mine,) = [row for row in listed if row[2] == found.village.name]
    assert mine[1:2] + mine[3:] == [found.township.name, found.village_secretary.name, found.unit.name, 2, 2, None]
    assert values[3 + villages][0] == "合计"
    assert values[4 + villages][0].startswith("填表人")
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:H1", f"A{5 + villages}:H{5 + villages}"}
    assert sheet.column_dimensions["B"].width == 33


def test_a_form_with_names_is_filled_row_by_row(found):
    rows = [
        HEAD,
        [1, "", f"{found.village.name}委会", "", "", 9, None, "x"],
        [2, "", "不存在的村", "", "", None, None, ""],
    ]
    form = confirmed(found, handed_in(found, workbook(rows)))
    page = client_of(found.organiser).get(form.get_absolute_url(), DAYS).content.decode()
    assert "不存在的村" in page
    sheet = filled(found, form)
    assert [cell.value for cell in sheet[2]][3:] == [found.village_secretary.name, found.unit.name, 9, 2, "x"]
    assert [cell.value for cell in sheet[3]][3:7] == [None, None, None, None]
    over = filled(found, form, overwrite="1")
    assert over["F2"].value == 2


def test_columns_may_be_set_right_by_hand(found):
    form = handed_in(found, workbook([["抬头"], ["地方", "村", "来了几回"], ["", "", ""]]))
    assert "visits" not in form.mapping.values()
    form = confirmed(found, form, column_2="visits")
    sheet = filled(found, form)
    assert [row[2].value for row in sheet.iter_rows(min_row=3) if row[1].value == found.village.name] == [2]
    client = client_of(found.organiser)
    twice = {"name": "x", "about": "village", "header_row": 2, "column_1": "name", "column_2": "name"}
    assert client.post(form.get_absolute_url(), twice).status_code == 200
    nameless = {"name": "x", "about": "village", "header_row": 2, "column_2": "visits"}
    assert client.post(form.get_absolute_url(), nameless).status_code == 200
    form.refresh_from_db()
    assert form.mapping["2"] == "visits"


def test_the_head_row_may_be_named_by_hand(found):
    form = handed_in(found, workbook([["村名", "走访次数"], ["村名", "到位资金"], ["", ""]]))
    answer = client_of(found.organiser).post(
        form.get_absolute_url(), {"name": form.name, "about": "village", "header_row": 2}
    )
    assert answer.status_code == 302
    form.refresh_from_db()
    assert form.header_rows == [2]
    assert "received" in form.mapping.values()
    assert form.confirmed_at is None
    assert client_of(found.organiser).get(reverse("filled_local_form", args=[form.pk])).status_code == 404


def test_of_several_sheets_the_one_to_be_filled_is_chosen(found):
    book = openpyxl.load_workbook(workbook([HEAD, [None] * 8], title="村表"))
    page = book.create_sheet("附表")
    for row in (["附表"], ["村名", "支出"], [found.village.name, None]):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    form = handed_in(found, SimpleUploadedFile("两张表.xlsx", file.getvalue()))
    assert (form.sheet, form.sheets) == ("村表", ["村表", "附表"])
    about = {"about": "village", "header_row": 1, "name": form.name}
    client = client_of(found.organiser)
    assert client.post(form.get_absolute_url(), about | {"sheet": "没有的表"}).status_code == 200
    assert client.post(form.get_absolute_url(), about | {"sheet": "附表"}).status_code == 302
    form.refresh_from_db()
    assert (form.sheet, form.header_rows, form.mapping, form.confirmed_at) == (
        "附表", [2], {"0": "name", "1": "spent"}, None,
    )  # fmt: skip
    answer = client.get(reverse("filled_local_form", args=[confirmed(found, form, sheet="附表").pk]), DAYS)
    filled_in = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert filled_in["附表"]["B3"].value == 3000
    assert [cell.value for cell in filled_in["村表"][2]] == [None] * 8


@pytest.mark.parametrize("content", [b"", b"no workbook at all", b"PK\x03\x04 broken", b"<html><table></table></html>"])
def test_a_bad_file_gets_a_sentence_and_nothing_is_kept(found, content):
    before = StoredFile.objects.count()
    upload = SimpleUploadedFile("表.xlsx", content)
    answer = client_of(found.organiser).post(reverse("hand_in_local_form"), {"office": found.county.pk, "file": upload})
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode() or "errorlist" in answer.content.decode()
    assert not LocalForm.objects.exists()
    assert StoredFile.objects.count() == before


def test_a_form_belongs_to_its_office_alone(found):
    form = confirmed(found, handed_in(found, workbook([HEAD, [None] * 8])))
    colleague = people.user("rural_work_office", found.county)
    assert client_of(colleague).get(form.get_absolute_url()).status_code == 200
    for user in (found.stranger, found.village_secretary, found.secretary):
        assert client_of(user).get(form.get_absolute_url()).status_code == 404
        assert client_of(user).post(form.get_absolute_url(), {"name": "x"}).status_code == 404
        assert client_of(user).get(reverse("filled_local_form", args=[form.pk])).status_code == 404
        assert client_of(user).post(reverse("remove_local_form", args=[form.pk])).status_code == 404
    upload = workbook([HEAD, [None] * 8])
    client_of(found.stranger).post(reverse("hand_in_local_form"), {"office": found.county.pk, "file": upload})
    assert LocalForm.objects.get().name == form.name
    assert client_of(colleague).post(reverse("remove_local_form", args=[form.pk])).status_code == 302
    assert not LocalForm.objects.exists()


def test_whoever_sees_little_fills_little(found):
    """The same form at a village: one row, its own."""
    answer = client_of(found.village_secretary).post(
        reverse("hand_in_local_form"), {"office": found.village.pk, "file": workbook([HEAD, [None] * 8])}
    )
    assert answer.status_code == 302
    form = LocalForm.objects.get()
    columns = {f"column_{index}": key for index, key in form.mapping.items()}
    client = client_of(found.village_secretary)
    client.post(form.get_absolute_url(), {"name": form.name, "about": "village", "header_row": 1, **columns})
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("filled_local_form", args=[form.pk]), DAYS).content)
    ).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == [found.village.name]
