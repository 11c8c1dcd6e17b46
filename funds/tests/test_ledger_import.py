"""Ledgers kept in a workbook: read row by row, faults told at their cells, entered once, undone by counter-entries."""

import uuid
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from core.refusals import Refused
from funds import heads, verifying
from funds.actions import reversing
from funds.models import Entry, Fund
from funds.rosters import LEDGER
from funds.tests.playing import Place, entered
from funds.tests.playing import place as make_place
from funds.tests.projects import planned as planned_project
from funds.tests.projects import second_pairing
from office.models import Message, RosterImport, RosterRow
from office.rosters.reporting import planned, said
from office.rosters.staging import Choices, stage
from office.rosters.states import RosterState
from office.rosters.undoing import LaterWork, undo
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
HEADINGS = [
    "帮扶单位", "结对村", "日期", "收支类型", "收入（元）", "支出（元）", "余额（元）", "资金来源", "用途", "付款人/收款人", "凭证号", "摘要", "所属项目",
    "物资名称", "数量", "计量单位",
]  # fmt: skip


@pytest.fixture
def place() -> Place:
    return make_place()


def day(days_ago: int) -> str:
    return (timezone.localdate() - timedelta(days=days_ago)).isoformat()


def row(place: Place, days_ago: int, income="", expense="", balance="", **changes) -> list:
    cells = {
        "unit": place.unit.name, "village": place.village.name, "on": day(days_ago), "kind": "", "income": income,
        "expense": expense, "balance": balance, "source": "财政资金" if income else "",
        "use": "基础设施" if expense else "", "party": "", "voucher": "", "words": "", "project": "",
    }  # fmt: skip
    return list((cells | changes).values())


def book(place: Place, **changes) -> list[list]:
    """A ledger with an opening balance, as a village keeps it."""
    return [
        row(place, 90, 5000, "", 5000, kind="期初余额", source="自有资金"),
        row(place, 80, 20000.5, "", 25000.5, words="修路款"),
        row(place, 70, "", 8000, 17000.5, party="宏达建材店", voucher="记-0012", words="水泥"),
        row(place, 60, "", 500, 16500.5, **changes),
        ["合计", "", "", "", 25000.5, 8500, 16500.5],
    ]


def imported(place: Place, folder: Path, rows: list[list], *, apply: bool = True, by=None) -> RosterImport:
    path = folder / "资金台账.xlsx"
    workbook = Workbook()
    page = workbook.active
    page.title = "帮扶资金台账"
    for cells in (HEADINGS, *rows):
        page.append(cells)
    workbook.save(path)
    roster = RosterImport.objects.create(
        name=path.name, place=place.county, year=2026, started_by=by or place.organiser
    )
    stage(roster, path, Choices(apply_at=timezone.now() if apply else None))
    if not apply:
        RosterImport.objects.filter(pk=roster.pk).update(state=RosterState.READY)
    roster.refresh_from_db()
    return roster


def counts(roster: RosterImport) -> dict:
    return {verdict: count for verdict, count in roster.sheets.get().counts.items() if verdict != "skipped"}


def faults(roster: RosterImport, number: int) -> list[tuple[str, str, str]]:
    """Column, code and sentence of what is wrong with a row."""
    found = RosterRow.objects.get(sheet__roster=roster, number=number).doubts
    return [(doubt["column"], doubt["code"], said(doubt, "wrong")) for doubt in found]


def test_a_ledger_comes_in_in_its_order_with_its_opening_balance(place, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        roster = imported(place, tmp_path, book(place))
    assert counts(roster) == {"created": 4}
    fund = place.fund
    assert (fund.receipt, fund.spending, fund.cash) == (Decimal("25000.50"), Decimal("8500.00"), Decimal("16500.50"))
    rows = fund.entries.order_by("number").values_list(
        "kind", "amount", "source", "use", "words", "giver", "entered_by"
    )
    words = "水泥 · 对方：宏达建材店 · 凭证号：记-0012"
    assert list(rows[:3]) == [
        ("receipt", Decimal(5000), "own", "", "期初余额", place.unit.pk, place.organiser.pk),
        ("receipt", Decimal("20000.50"), "fiscal", "", "修路款", place.unit.pk, place.organiser.pk),
        ("spending", Decimal(8000), "", "infrastructure", words, None, place.organiser.pk),
    ]
    assert verifying.verify(timezone.now()).sentences == []
    assert len(heads.path().read_text().splitlines()) == 4
    assert Message.objects.count() == 0


def test_the_totals_of_the_workbook_stand_beside_those_of_the_ledger(place, tmp_path):
    entered(place, "receipt", "100.00")
    rows = book(place)[1:]
    for cells in rows:
        cells[6] = ""
    (sentence,) = planned(imported(place, tmp_path, rows, apply=False))
    for words in ("3 笔", "¥20,000.50", "¥8,500.00", "¥11,500.50", "¥20,100.50", "¥11,600.50"):
        assert words in sentence
    assert Entry.objects.count() == 1


def test_what_a_unit_sent_is_confirmed_by_the_row_over_the_same_amount(place, tmp_path):
    today = timezone.localdate()
    early, sent = (entered(place, "sent", "20000.50", on=today - timedelta(days=ago)) for ago in (300, 82))
    (_totals, sentence) = planned(imported(place, tmp_path, book(place), apply=False))
    assert "其中 1 笔" in sentence
    roster = imported(place, tmp_path, book(place))
    answer = Entry.objects.get(answers__isnull=False)
    assert (answer.answers, answer.kind, answer.amount) == (sent, "receipt", Decimal("20000.50"))
    assert list(Entry.objects.alone().filter(kind="sent")) == [early]
    assert list(Message.objects.open().values_list("key", flat=True)) == [f"entry:{early.pk}:answer"]
    undo(roster, at=timezone.now(), by=place.organiser)
    assert list(Entry.objects.alone().filter(kind="sent").order_by("pk")) == [early, sent]


GOODS = ("goods", "quantity", "measure")


def with_goods(cells: list, *goods: str) -> list:
    return [*cells, *goods]


def test_goods_come_in_with_their_number_and_worth_and_leave_no_more_than_came(place, tmp_path):
    rows = [
        with_goods(row(place, 80, 8000, kind="收到物资", source="自有资金"), "化肥", "10吨", ""),
        with_goods(row(place, 75, 600.5, source="自有资金"), "菜种", "40", "袋"),
        with_goods(row(place, 70, "", 5000), "化肥", "6.5", "吨"),
        row(place, 60, 100, source="自有资金"),
    ]
    rows[2][8] = ""
    assert counts(imported(place, tmp_path, rows)) == {"created": 4}
    fund = place.fund
    assert (fund.goods, fund.handout, fund.cash) == (Decimal("8600.50"), Decimal(5000), Decimal(100))
    lines = fund.entries.order_by("number").values_list(
        "kind", "resources", "lines__name", "lines__quantity", "lines__unit", "lines__value"
    )
    assert list(lines) == [
        ("goods", ["other"], "化肥", Decimal(10), "吨", Decimal(8000)),
        ("goods", ["other"], "菜种", Decimal(40), "袋", Decimal("600.50")),
        ("handout", [], "化肥", Decimal("6.50"), "吨", Decimal(5000)),
        ("receipt", ["funds"], None, None, None, None),
    ]
    assert counts(imported(place, tmp_path, rows)) == {"unchanged": 4}
    exported = list(LEDGER.export(place.county))
    assert [tuple(each[name] for name in GOODS) for each in exported[2:]] == [("化肥", "6.5", "吨"), ("", "", "")]


@pytest.mark.parametrize(("cells", "column", "code"), [
    (("", "10吨", ""), "goods", "goods_missing"),
    (("化肥", "", "吨"), "quantity", "goods_missing"),
    (("化肥", "10", ""), "quantity", "goods_missing"),
    (("化肥", "若干", "吨"), "quantity", "goods_missing"),
    (("化肥", "0", "吨"), "quantity", "goods_missing"),
])  # fmt: skip
def test_goods_without_name_or_number_are_told_at_their_cell_and_enter_nothing(place, tmp_path, cells, column, code):
    received = with_goods(row(place, 80, 8000, kind="收到物资", source="自有资金"), *cells)
    roster = imported(place, tmp_path, [received, row(place, 60, 100, source="自有资金")])
    assert faults(roster, 2) == [(column, code, "没有说明是什么物资、有多少。")]
    assert not Entry.objects.filter(kind="goods").exists()


def test_more_goods_than_came_are_not_handed_out(place, tmp_path):
    rows = [
        with_goods(row(place, 80, 8000, source="自有资金"), "化肥", "10吨", ""),
        with_goods(row(place, 70, "", 8000.01, kind="发放物资"), "化肥", "11吨", ""),
    ]
    rows[1][8] = ""
    roster = imported(place, tmp_path, rows)
    assert faults(roster, 3) == [
        ("expense", "goods_not_received", "到这一行为止，收到的物资只剩价值 ¥8,000.00 的可以发放。")
    ]
    assert not Entry.objects.filter(kind="handout").exists()


def test_undoing_an_import_of_goods_reverses_them(place, tmp_path, django_capture_on_commit_callbacks):
    rows = [
        with_goods(row(place, 80, 8000, source="自有资金"), "化肥", "10吨", ""),
        with_goods(row(place, 70, "", 5000, kind="发放物资"), "化肥", "6吨", ""),
    ]
    rows[1][8] = ""
    with django_capture_on_commit_callbacks(execute=True):
        roster = imported(place, tmp_path, rows)
        undo(roster, by=place.organiser, at=timezone.now())
    assert (place.fund.goods, place.fund.handout, place.fund.entries.count()) == (0, 0, 4)
    assert verifying.verify(timezone.now()).sentences == []


def test_the_same_workbook_again_and_what_was_exported_enter_nothing(place, tmp_path):
    twice = [row(place, 50, "", 10, words="邮费"), row(place, 50, "", 10, words="邮费")]
    rows = [*book(place)[:4], *twice]
    imported(place, tmp_path, rows)
    assert counts(imported(place, tmp_path, rows)) == {"unchanged": 6}
    assert counts(imported(place, tmp_path, [*rows, twice[0]])) == {"unchanged": 6, "created": 1}
    exported = list(LEDGER.export(place.county))
    assert [(each["kind"], each["words"]) for each in exported[:2]] == [("receipt", "期初余额"), ("receipt", "修路款")]
    columns = {"receipt": "income", "spending": "expense"}
    cells = [
        row(place, 0, on=str(each["on"]), words=each["words"], **{columns[each["kind"]]: each["amount"]})
        for each in exported
    ]
    assert counts(imported(place, tmp_path, cells)) == {"unchanged": 7}
    assert Entry.objects.count() == 7


@pytest.mark.parametrize(("changes", "column", "code", "words"), [
    ({"expense": 99999}, "expense", "not_received", "¥17,000.50"),
    ({"balance": 1}, "balance", "balance_differs", "¥16,500.50"),
    ({"on": "2099-01-01"}, "on", "ahead", "还没有到"),
    ({"on": "1949-03-01"}, "on", "before_1949", "1949"),
    ({"on": "1900-01-01"}, "on", "not_a_date", "日期"),
    ({"expense": "-5"}, "expense", "impossible_amount", "不可能"),
    ({"income": 7}, "expense", "two_amounts", "一行只记一笔"),
    ({"kind": "到账"}, "kind", "other_column", "不符"),
    ({"kind": "赠与物资"}, "kind", "unknown_choice", "不认识"),
    ({"use": ""}, "use", "use_missing", "用在"),
    ({"village": "青山县坡头村"}, "village", "unknown", ""),
])  # fmt: skip
def test_a_fault_is_told_at_its_cell_and_the_row_is_not_entered(place, tmp_path, changes, column, code, words):
    rows = book(place)
    names = ("unit", "village", "on", "kind", "income", "expense", "balance", "source", "use")
    cells = dict(zip(names, rows[3], strict=False))
    rows[3] = [*(cells | changes).values(), *rows[3][9:]]
    roster = imported(place, tmp_path, rows)
    found = next((each for each in faults(roster, 5) if each[1] == code), faults(roster, 5)[0])
    assert (found[:2], words in found[2]) == ((column, code), True), found
    assert place.fund.last_number == 3


def test_a_row_may_name_a_project_whose_money_is_followed_row_by_row(place, tmp_path):
    bridge = planned_project(place, title="村口桥改建")
    rows = [
        row(place, 9, 100, words="无项目"), row(place, 8, 60, project="村口桥改建"),
        row(place, 7, "", 60.01, project="村口桥改建"), row(place, 6, "", 60, project=" 村口桥改建 "),
        row(place, 5, "", 1, project="别的桥"),
    ]  # fmt: skip
    roster = imported(place, tmp_path, rows)
    assert [[each[:2] for each in faults(roster, number)] for number in (3, 4, 5, 6)] == [
        [], [("expense", "not_received_for_project")], [], [("project", "no_project")],
    ]  # fmt: skip
    sums = bridge.entries.sums()
    assert (sums.taken, sums.spending, place.fund.cash) == (60, 60, 100)
    assert [each["project"] for each in LEDGER.export(place.county)] == ["", "村口桥改建", "村口桥改建"]
    assert counts(imported(place, tmp_path, rows[:2]))["unchanged"] == 2
    undo(roster, at=timezone.now(), by=place.organiser)
    assert (bridge.entries.sums().cash, place.fund.cash) == (0, 0)


def test_a_spending_is_not_paid_out_of_a_row_that_is_left_in_doubt(place, tmp_path):
    roster = imported(place, tmp_path, [row(place, 9, 100, source=""), row(place, 8, "", 60)])
    assert ([each[1] for each in faults(roster, 2)], [each[1] for each in faults(roster, 3)]) == (
        ["source_missing"], ["not_received"],
    )  # fmt: skip
    assert not Entry.objects.exists()


def test_an_opening_balance_comes_only_into_an_empty_ledger_and_what_looks_alike_is_asked(place, tmp_path):
    entered(place, "receipt", "20000.50", on=timezone.localdate() - timedelta(days=80), words="扶贫款", source="fiscal")
    roster = imported(place, tmp_path, book(place))
    assert [each[1] for each in faults(roster, 2)] == ["opening_late"]
    assert [each[:2] for each in faults(roster, 3)] == [("income", "entered_already")]
    assert place.fund.receipt == Decimal("20000.50")


def test_undoing_reverses_every_entry_and_leaves_the_chain_whole(place, tmp_path):
    roster = imported(place, tmp_path, book(place))
    undo(roster, at=timezone.now(), by=place.organiser)
    assert (roster.state, place.fund.cash, Entry.objects.count()) == ("undone", 0, 8)
    assert not Entry.objects.standing().exists()
    assert set(Entry.objects.exclude(corrects=None).values_list("reason", "entered_by")) == {
        ("撤销导入", place.organiser.pk)
    }  # fmt: skip
    assert [*verifying.chains(), *verifying.sums()] == []
    assert counts(imported(place, tmp_path, book(place))) == {"created": 4}


def test_what_was_spent_since_keeps_an_import_from_being_undone(place, tmp_path):
    roster = imported(place, tmp_path, book(place))
    entered(place, "spending", "16000.00", on=timezone.localdate(), at=timezone.now())
    with pytest.raises(Refused, match="只余"):
        undo(roster, at=timezone.now(), by=place.organiser)
    roster.refresh_from_db()
    assert (roster.state, Entry.objects.count()) == ("applied", 5)


def test_a_disclosed_or_reversed_entry_is_later_work(place, tmp_path):
    roster = imported(place, tmp_path, book(place))
    last = Entry.objects.get(amount=Decimal(500))
    reversing.reverse(by=place.village_secretary, entry=last, reason="记错", key=uuid.uuid4(), at=timezone.now())
    with pytest.raises(LaterWork):
        undo(roster, at=timezone.now(), by=place.organiser)
    assert Entry.objects.count() == 5


def test_who_supervises_no_money_takes_no_ledger_over(place, tmp_path):
    administrator = people.user("administrator", place.county)
    roster = imported(place, tmp_path, book(place), by=administrator)
    assert {faults(roster, number)[0][1] for number in (2, 3, 4, 5)} == {"may_not"}
    assert not Entry.objects.exists()
    applied = imported(place, tmp_path, book(place))
    with pytest.raises(Refused):
        undo(applied, at=timezone.now(), by=administrator)
    assert Entry.objects.count() == 4


def test_many_ledgers_take_as_many_statements_as_one(place, tmp_path):
    other, _unit, _village = second_pairing(place)
    more = [[other.unit.name, other.village.name, *cells[2:]] for cells in book(place)[:4]]
    imported(place, tmp_path, [row(place, 99, 1, words="先热身")])
    with CaptureQueriesContext(connection) as one:
        imported(place, tmp_path, [row(place, 98, 2, words="一笔")])
    with CaptureQueriesContext(connection) as many:
        imported(place, tmp_path, [*more, row(place, 97, "", 1), row(place, 96, "", 1)])
    assert Fund.objects.count() == 2
    assert len(many) <= len(one) + 1  # the second ledger is opened
