"""`import_roster` over the workbook of Qianxi as a person typed it: every slip is understood or reported at its cell."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from core.roster import Verdict
from office.models import RosterImport, RosterRow, StoredFile
from office.rosters import checking
from office.rosters.undoing import LaterWork, undo
from organisations.models import Alias, Need, Organisation, Strength, VillageFacts
from organisations.tests.factories import appointment, user
from pairing.models import Pairing, Round

DEMONSTRATION = settings.BASE_DIR / "demonstration"
TIDY = DEMONSTRATION / "黔西县结对帮扶名册.xlsx"
XINCHENG = DEMONSTRATION / "新城区七联互帮互助名册.xlsx"
RAW = settings.BASE_DIR / "office/tests/data/黔西县结对帮扶名册(原始表).xlsx"
MODELS = (Organisation, Alias, VillageFacts, Need, Strength, Pairing, Round)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schemes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    call_command("load_schemes", stdout=StringIO())


def run(path: Path, *options: str) -> tuple[str, int]:
    """What the command prints, and its exit code."""
    out, code = StringIO(), 0
    try:
        call_command("import_roster", str(path), *options, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return out.getvalue(), code


def sizes() -> list[int]:
    return [model._base_manager.count() for model in MODELS]


def verdicts(roster: RosterImport) -> dict[str, dict]:
    return {sheet.described: sheet.counts for sheet in roster.sheets.exclude(described="")}


def row(roster: RosterImport, described: str, number: int) -> RosterRow:
    return RosterRow.objects.get(sheet__roster=roster, sheet__described=described, number=number)


def doubts(roster: RosterImport, described: str, number: int) -> list[tuple]:
    found = row(roster, described, number)
    return [(doubt["column"], doubt["code"], tuple(doubt["suggestions"])) for doubt in found.doubts]


@pytest.fixture
def raw() -> RosterImport:
    """The raw workbook, its clean part applied."""
    run(RAW, "--commit")
    return RosterImport.objects.get()


def test_without_commit_nothing_is_changed_and_the_exit_code_tells_of_rejected_rows():
    said, code = run(RAW)
    assert code == 1
    assert "不存在的村" in said
    assert sizes() == [0] * len(MODELS)
    assert (RosterImport.objects.count(), StoredFile.objects.count()) == (0, 0)
    said, code = run(TIDY)
    assert code == 0
    assert sizes() == [0] * len(MODELS)


def test_the_raw_workbook_is_counted_sheet_by_sheet(raw):
    assert verdicts(raw) == {
        "units": {"created": 82, "doubtful": 2, "skipped": 5},
        "villages": {"created": 79, "doubtful": 5, "skipped": 5},
        "pairings": {"created": 77, "doubtful": 5, "rejected": 1, "skipped": 5},
    }
    unread = raw.sheets.filter(described="")
    assert [sheet.name for sheet in unread] == ["机关党员", "农村党员", "党员结对"]
    assert all(sheet.reason for sheet in unread)


@pytest.mark.parametrize(
    ("sheet", "number", "expected"),
    [
        ("units", 11, [("uscc", "uscc_check", ("115224239K6WE948CR",))]),
        ("units", 24, [("name", "twice", ())]),
        ("villages", 9, [("poor_1", "unanswered", ("是", "否"))]),
        ("villages", 15, [("collective_income", "dash", ("", "0"))]),
        ("villages", 26, [("name", "committee", ("石坪冲村",))]),
        ("villages", 44, [("township", "township_of_code", ("锦星乡", "观音洞镇"))]),
        ("villages", 54, [("name", "twice", ())]),
        ("pairings", 9, [("village", "waits", ())]),
        ("pairings", 11, [("unit", "waits", ())]),
        ("pairings", 44, [("village", "waits", ())]),
        ("pairings", 64, [("village", "unknown", ())]),
    ],
)
def test_a_slip_that_could_be_read_wrongly_is_a_doubt_at_its_cell(raw, sheet, number, expected):
    assert doubts(raw, sheet, number) == expected


def test_the_row_that_stands_twice_names_the_other(raw):
    assert row(raw, "units", 24).doubts[0]["params"] == {"row": "23"}
    assert row(raw, "villages", 54).doubts[0]["params"] == {"row": "53"}


@pytest.mark.parametrize(
    ("sheet", "number", "column", "read_as"),
    [
        ("units", 8, "name", "毕节地区林业局"),
        ("units", 13, "party_members", "23"),
        ("units", 16, "contact_phone", "13900003455"),
        ("units", 37, "kind", "机关"),
        ("villages", 7, "poor_1", "是"),
        ("villages", 10, "poor_1", "是"),
        ("villages", 14, "collective_income", "23,000.00 元"),
        ("villages", 19, "division_code", "522423115215"),
        ("pairings", 5, "signed_on", "2007-03-15"),
        ("pairings", 6, "signed_on", "2007-03-15"),
        ("pairings", 7, "signed_on", "2007-03-15"),
    ],
)
def test_a_slip_that_has_one_meaning_is_understood_and_said(raw, sheet, number, column, read_as):
    found = row(raw, sheet, number)
    assert found.verdict == Verdict.CREATED
    assert found.notes[column] == read_as


def test_full_width_digits_are_read():
    run(RAW, "--commit")
    assert Organisation.objects.get(name="黔西县司法局").party_members == 12


def test_totals_signatures_and_titles_are_passed_over_with_their_reason(raw):
    reasons = {number: row(raw, "units", number).reason for number in (1, 2, 3, 89, 90)}
    assert reasons == {1: "title", 2: "title", 3: "header", 89: "total", 90: "signature"}


def test_what_is_stored_is_what_the_workbook_says(raw):
    village = Organisation.objects.villages().get(name="红湾坝村")
    facts = village.facts.get()
    assert (facts.year, facts.households, facts.population, facts.party_members) == (2012, 411, 1849, 51)
    assert facts.collective_income == Decimal("23000.00")
    assert facts.causes == ["缺资金", "资源匮乏"]
    assert set(village.needs.values_list("name", flat=True)) == {"活动场所建设", "沼气改厕"}
    assert village.classes == ["poor_1"]
    assert (village.contact_name, village.contact_phone) == ("朱才", "13900009846")
    pairing = Pairing.objects.get(unit__name="毕节地区农业局")
    assert (pairing.village.name, pairing.signed_on, pairing.ends_on) == (
        "红冲村",
        date(2007, 3, 15),
        date(2010, 3, 14),
    )
    assert (pairing.state, pairing.round.state) == ("signed", "closed")
    assert Organisation.objects.get(name="毕节地区农业局").level == "prefecture"
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_a_second_import_of_the_same_file_changes_nothing():
    run(TIDY, "--commit", "--year", "2012")
    before = sizes()
    run(TIDY, "--commit", "--year", "2012")
    assert sizes() == before
    again = RosterImport.objects.latest("pk")
    assert verdicts(again) == {
        "units": {"unchanged": 83, "skipped": 2},
        "villages": {"unchanged": 83, "skipped": 2},
        "pairings": {"unchanged": 83, "skipped": 2},
    }
    assert not again.made_changes.exists()


def test_the_tidy_workbook_mends_what_the_raw_one_left_open(raw):
    _said, code = run(TIDY, "--commit", "--year", "2012")
    assert code == 0
    levels = Counter(Organisation.objects.units().values_list("level", flat=True))
    assert levels == {"county": 69, "prefecture": 14}  # whom a duty of county units concerns (domain §6.7)
    assert Organisation.objects.villages().count() == 83
    assert Pairing.objects.count() == 83
    assert Round.objects.count() == 1


def test_xincheng_goes_in_with_its_own_headings():
    _said, code = run(XINCHENG, "--commit")
    assert code == 0
    assert Organisation.objects.get(depth=1).name == "新城区"
    assert (Organisation.objects.units().count(), Organisation.objects.villages().count()) == (67, 26)
    assert set(Pairing.objects.values_list("state", "signed_on")) == {("negotiating", None)}
    assert Pairing.objects.count() == 67


def test_an_import_is_undone_as_a_whole():
    run(TIDY, "--commit")
    before = sizes()
    run(XINCHENG, "--commit")
    undo(RosterImport.objects.latest("pk"), at=timezone.now())
    assert sizes() == before
    undo(RosterImport.objects.earliest("pk"), at=timezone.now())
    assert sizes() == [0] * len(MODELS)


def test_undoing_puts_back_what_was_changed_and_deleted():
    run(TIDY, "--commit", "--year", "2012")
    village = Organisation.objects.villages().get(name="东坳村")
    village.needs.filter(name="产业项目").delete()
    village.needs.create(name="修路", note="自己提的")
    VillageFacts.objects.filter(village=village).update(households=1)
    run(TIDY, "--commit", "--year", "2012")
    assert village.facts.get().households == 840
    assert sorted(village.needs.values_list("name", flat=True)) == sorted(["产业项目", "村级班子建设", "沼气改厕"])
    undo(RosterImport.objects.latest("pk"), at=timezone.now())
    assert village.facts.get().households == 1
    assert sorted(village.needs.values_list("name", "note")) == sorted(
        [("修路", "自己提的"), ("村级班子建设", ""), ("沼气改厕", "")]
    )


def test_undoing_is_refused_with_a_list_where_later_work_rests_on_the_rows():
    run(TIDY, "--commit")
    unit = Organisation.objects.get(name="黔西县农机局")
    appointment(user(), "branch_secretary", unit)
    before = sizes()
    with pytest.raises(LaterWork) as refusal:
        undo(RosterImport.objects.get(), at=timezone.now())
    assert "黔西县农机局" in str(refusal.value.sentence)
    assert sizes() == before
    assert RosterImport.objects.get().state == "applied"


def test_rows_in_many_chunks_leave_every_parent_with_its_count_taken_once(monkeypatch):
    monkeypatch.setattr(checking, "CHUNK", 2)
    with CaptureQueriesContext(connection) as asked:
        run(TIDY, "--commit")
    assert sum("SET numchild" in query["sql"] for query in asked) == 2  # units, villages
    found = Counter(path[:-4] for path in Organisation.objects.values_list("path", flat=True))
    assert len(found) > 2
    assert all(node.numchild == found[node.path] for node in Organisation.objects.all())


def test_the_history_knows_every_imported_row_and_by_which_import():
    run(TIDY, "--commit")
    event = next(
        relation.related_model
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.auto_created and getattr(relation.related_model, "pgh_tracked_model", None) is Organisation
    )
    created = event.objects.filter(pgh_label="created")
    assert created.count() == Organisation.objects.count()
    assert set(created.values_list("pgh_context__roster", flat=True)) == {RosterImport.objects.get().pk}


def test_the_marked_copy_has_a_comment_at_each_doubtful_cell(tmp_path):
    target = tmp_path / "marked.xlsx"
    run(RAW, "--errors", str(target))
    book = load_workbook(target)
    assert book["帮扶单位"]["E11"].comment is not None
    assert "115224239K6WE948CR" in book["帮扶单位"]["J11"].value
    assert book["帮扶单位"]["J12"].value is None
    assert book["单位结对"]["D64"].comment is not None
    assert book["党员结对"].max_row == 2141


def test_one_sheet_alone_and_a_sheet_that_is_not_there():
    run(TIDY, "--sheet", "一类贫困村", "--commit")
    assert Organisation.objects.villages().count() == 83
    assert Organisation.objects.units().count() == 0
    with pytest.raises(CommandError):
        run(TIDY, "--sheet", "没有这张表")


def test_a_name_of_nobody_is_refused_before_anything_is_read():
    with pytest.raises(CommandError):
        run(TIDY, "--by", "nobody")
    with pytest.raises(CommandError):
        run(TIDY, "--under", "没有这个县")


def test_rows_go_under_the_place_that_is_named():
    run(TIDY, "--commit", "--sheet", "帮扶单位")
    run(XINCHENG, "--commit", "--under", "黔西县", "--sheet", "村")
    assert Organisation.objects.filter(depth=1).count() == 1
    assert Organisation.objects.villages().count() == 26


def test_a_path_is_taken_from_where_the_person_stands(tmp_path, monkeypatch):
    (tmp_path / "名册.xlsx").write_bytes(XINCHENG.read_bytes())
    monkeypatch.chdir(tmp_path)
    printed, code = run(Path("名册.xlsx"), "--errors", "退回.xlsx")
    assert (code, "新增: 67" in printed, (tmp_path / "退回.xlsx").exists()) == (0, True, True)


@pytest.mark.clause("XC-14")
def test_the_enterprises_that_the_text_names_stand_with_their_villages():
    run(XINCHENG, "--commit")
    named = Pairing.objects.filter(unit__kind="enterprise").values_list("unit__name", "village__name")
    for enterprise, village in (("新奥淳酒业", "保合少村"), ("兴泰置业", "甲兰板村"), ("香岛农业", "古路板村")):
        assert [found for unit, found in named if enterprise in unit] == [village]
