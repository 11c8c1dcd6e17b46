"""What a cell means: one meaning is read and noted, several are a doubt."""

from datetime import date
from decimal import Decimal

import pytest

from core.roster import Column, Holds
from office.rosters.headings import heading_of
from office.rosters.recognising import Layout, recognise
from office.rosters.sheets import described_sheets
from office.rosters.values import read


def column(holds: Holds, **more) -> Column:
    return Column("key", "标题", holds, **more)


@pytest.mark.parametrize(
    ("holds", "cell", "value"),
    [
        (Holds.COUNT, "23人", 23),
        (Holds.COUNT, "１２", 12),
        (Holds.COUNT, "1,032", 1032),
        (Holds.COUNT, 840, 840),
        (Holds.DATE, "2007-03-15", date(2007, 3, 15)),
        (Holds.DATE, "2007/3/15", date(2007, 3, 15)),
        (Holds.DATE, "2007.3.15", date(2007, 3, 15)),
        (Holds.DATE, "20070315", date(2007, 3, 15)),
        (Holds.DATE, "2007年3月15日", date(2007, 3, 15)),
        (Holds.DATE, "二〇〇七年三月十五日", date(2007, 3, 15)),
        (Holds.DATE, 39156, date(2007, 3, 15)),
        (Holds.TERM, "三年", 3),
        (Holds.TERM, "36个月", 3),
        (Holds.YES, "√", True),
        (Holds.YES, "×", False),
        (Holds.PHONE, 13900003455, "13900003455"),
        (Holds.PHONE, "139 0000 3455", "13900003455"),
        (Holds.PHONE, "0857-4222222", "0857-4222222"),
        (Holds.DIVISION_CODE, 522423115215, "522423115215"),
        (Holds.USCC, "91350100M000100Y43", "91350100M000100Y43"),
        (Holds.LIST, "修路，水利；技术、修路", ["修路", "水利", "技术"]),
        (Holds.NAME, "\u3000毕节 地区林业局 ", "毕节地区林业局"),
        (Holds.TEXT, "", None),
    ],
)
def test_one_meaning_is_read(holds, cell, value):
    found = read(column(holds), cell)
    assert (found.value, list(found.doubts)) == (value, [])


@pytest.mark.parametrize(
    ("holds", "cell", "code", "suggestions"),
    [
        (Holds.COUNT, "约300", "not_a_number", ("300",)),
        (Holds.COUNT, "三百", "not_a_number", ()),
        (Holds.COUNT, 2.5, "not_whole", ()),
        (Holds.COUNT, "—", "dash", ("", "0")),
        (Holds.DATE, "07.3.15", "not_a_date", ("2007-03-15",)),
        (Holds.DATE, "2007年3月", "not_a_date", ("2007-03-01",)),
        (Holds.DATE, "2007-02-30", "not_a_date", ()),
        (Holds.TERM, "半年", "not_a_term", ()),
        (Holds.YES, "二类", "not_yes_or_no", ("是", "否")),
        (Holds.PHONE, "1.39E+10", "digits_lost", ()),
        (Holds.PHONE, 13900000000, "digits_lost", ()),
        (Holds.PHONE, "139000034", "not_a_phone", ()),
        (Holds.USCC, "91350100M000100Y4Z", "uscc_check", ("91350100M000100Y43",)),
        (Holds.USCC, "91350100M000100Y44", "uscc_check", ("91350100M000100Y43",)),
        (Holds.USCC, 115224230000000000, "digits_rounded", ()),
        (Holds.DIVISION_CODE, "52242311521", "division_code", ()),
    ],
)
def test_several_meanings_are_a_doubt(holds, cell, code, suggestions):
    found = read(column(holds), cell)
    assert found.value is None
    assert [(doubt.code, doubt.suggestions) for doubt in found.doubts] == [(code, suggestions)]


@pytest.mark.parametrize(
    ("cell", "scale", "value"),
    [
        (2.23, "10000", "22300.00"),
        ("2.3万元", "10000", "23000.00"),
        ("20000元", "10000", "20000.00"),
        ("￥1,500", "1", "1500.00"),
        ("3千元", "1", "3000.00"),
    ],
)
def test_the_unit_of_the_cell_comes_before_the_unit_of_the_heading(cell, scale, value):
    assert read(column(Holds.MONEY), cell, scale).value == Decimal(value)


def test_a_bare_amount_under_a_bare_heading_is_a_doubt():
    found = read(column(Holds.MONEY), 2.2)
    assert found.value is None
    assert found.doubts[0].suggestions == ("2.2万元", "2.2元")


def test_an_amount_far_too_large_for_its_unit_is_a_doubt():
    found = read(column(Holds.MONEY, most=100_000_000), 23000, "10000")
    assert [doubt.code for doubt in found.doubts] == ["very_large"]


@pytest.mark.parametrize(
    ("text", "unit"), [("收入(万元)", "10000"), ("收入（单位：万元）", "10000"), ("收入（元）", "1"), ("收入", "")]
)
def test_a_heading_says_its_unit(text, unit):
    assert heading_of(text).unit == unit


def recognised(*rows: list, merged=()) -> Layout:
    numbered = [(number, row) for number, row in enumerate(rows, 1) if row]
    return recognise("Sheet1", numbered, merged, described_sheets())


def test_a_sheet_is_known_by_what_its_headings_mean():
    villages = recognised(
        ["某县各村情况"], ["填表日期：2012年6月2日"], ["序号", "所属乡镇", "行政村名称", "总户数", "总人口"]
    )
    assert (villages.described, villages.header_rows) == ("villages", (3,))
    assert villages.mapping == {1: "township", 2: "name", 3: "households", 4: "population"}
    assert villages.titles == ["Sheet1", "某县各村情况", "填表日期：2012年6月2日"]
    assert recognised(["部门名称", "单位性质", "联络员", "手机号码"]).described == "units"
    assert recognised(["援助单位", "结对村", "签约时间"]).described == "pairings"


def test_headings_over_two_merged_rows_are_read_together():
    upper = ["乡镇", "村名", "基本情况", "", "联系人"]
    lower = ["", "", "户数", "人口", ""]
    layout = recognised(["村情况表"], upper, lower, ["东镇", "甲村", 3, 9, "张三"], merged=[[1, 2, 1, 3]])
    assert layout.header_rows == (2, 3)
    assert layout.mapping == {0: "township", 1: "name", 2: "households", 3: "population", 4: "contact_name"}


@pytest.mark.parametrize(
    "headings",
    [
        ["序号", "姓名", "性别", "所在单位", "联系电话"],
        ["序号", "姓名", "职务", "联系村"],
        ["序号", "机关党员", "所在单位", "农村党员", "乡镇", "所在村"],
        ["序号", "村", "户主姓名", "人口", "联系电话"],
    ],
)
def test_rosters_of_persons_are_told_from_rosters_of_organisations(headings):
    layout = recognised(["名册"], headings)
    assert layout.described not in ("organisations", "units", "villages", "pairings", "counterparts")
