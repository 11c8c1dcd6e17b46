"""A roster of villages carries both incomes, the tier and the reasons of a lagging village, there and back."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from office.models import RosterImport
from office.tests.test_roster_pages import desk, done, hand_in, organiser, place, workbook
from organisations.models import Organisation

assert desk, organiser
assert place
pytestmark = pytest.mark.django_db

ROWS: list[list] = [
    ["乡镇", "村名", "是否软弱涣散村", "村集体年收入（元）", "农民人均纯收入(万元)", "村党组织状态", "软散懒瘫乱", "致贫原因"],
    ["东镇", "甲村", "是", "20000", "0.45", "后进", "软散、乱", "土地贫瘠、缺劳力"],
    ["东镇", "乙村", "否", "30000", "0.52", "领跑状态", "", ""],
]  # fmt: skip


def imported(desk, rows) -> RosterImport:
    roster = hand_in(desk, workbook(("村", rows)))
    desk.post(f"/imports/{roster.pk}/apply/", {"part": "all"})
    return done(RosterImport.objects.get(pk=roster.pk))


def facts_of(name: str):
    return Organisation.objects.get(name=name).facts.get()


@pytest.mark.clause("XY-14", "TC-06", "TN-13", "QX-14")
def test_the_columns_are_read_whatever_they_are_called(desk):
    assert imported(desk, ROWS).state == "applied"
    first, second = facts_of("甲村"), facts_of("乙村")
    assert (first.villagers_income, first.tier, first.lagging_reasons) == (
        Decimal(4500),
        "lagging",
        ["soft", "loose", "chaotic"],
    )
    assert (second.villagers_income, second.tier, second.lagging_reasons) == (Decimal(5200), "leading", [])
    assert first.causes == ["土地贫瘠", "缺劳力"]


def test_what_was_exported_is_read_back_unchanged(desk, tmp_path):
    imported(desk, ROWS)
    content = b"".join(desk.get("/imports/export/villages/").streaming_content)
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    printed = {cell.value: page.cell(2, cell.column).value for cell in page[1]}
    assert (printed["后进表现"], printed["党组织状态"], printed["农民人均纯收入（元）"]) == ("软、散、乱", "后进", 4500)
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert hand_in(desk, workbook(("村", rows))).sheets.get().counts == {"skipped": 1, "unchanged": 2}


@pytest.mark.parametrize(
    ("lagging", "reasons", "code"),
    [("是", "软、穷", "unknown_reason"), ("否", "软", "not_lagging"), ("", "软", "not_lagging")],
)
def test_a_doubt_stands_at_the_reasons_that_do_not_fit(desk, lagging, reasons, code):
    rows = [ROWS[0], ["东镇", "甲村", lagging, "", "", "", reasons, ""]]
    row = hand_in(desk, workbook(("村", rows))).sheets.get().rows.get(verdict="doubtful")
    assert [(doubt["column"], doubt["code"]) for doubt in row.doubts] == [("lagging_reasons", code)]


def test_a_change_is_told_in_words(desk):
    imported(desk, ROWS)
    rows = [ROWS[0], ["东镇", "甲村", "是", "", "", "温水", "懒", ""]]
    row = hand_in(desk, workbook(("村", rows))).sheets.get().rows.get(verdict="updated")
    assert sorted(row.changes) == [["党组织状态", "后进", "温水"], ["后进表现", "软、散、乱", "懒"]]
