"""The workbooks of two counties as offices keep them: every row goes in, or its slip is reported at its cell."""

from collections import Counter
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from members.kinds import HEALTH, Mark, PairKind, Rank
from members.models import FloatingRecord, Household, Member, PersonPair
from members.tests.rosters import sizes
from office.models import RosterImport, RosterRow
from office.rosters.undoing import undo
from pairing.models import Pairing

pytestmark = pytest.mark.django_db

DEMONSTRATION = settings.BASE_DIR / "demonstration"
TIDY = DEMONSTRATION / "黔西县结对帮扶名册.xlsx"
IN_NEED = DEMONSTRATION / "黔西县困难户名册.xlsx"
XINCHENG = DEMONSTRATION / "新城区七联互帮互助名册.xlsx"
RAW = settings.BASE_DIR / "office/tests/data/黔西县结对帮扶名册(原始表).xlsx"


@pytest.fixture(autouse=True)
def schemes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    call_command("load_schemes", stdout=StringIO())


def run(path: Path) -> RosterImport:
    with suppress(SystemExit):
        call_command("import_roster", str(path), "--commit", "--year", "2012", stdout=StringIO())
    return RosterImport.objects.latest("pk")


def of_people(roster: RosterImport) -> list[dict]:
    keys = ("members", "leaders", "member_pairs")
    return [sheet.counts for sheet in roster.sheets.filter(described__in=keys)]


@pytest.mark.clause("QX-02")
def test_the_tidy_workbook_goes_in_and_again_changes_nothing_and_out_again():
    before = sizes()
    first = run(TIDY)
    assert of_people(first) == [
        {"created": 1032, "skipped": 2},
        {"created": 2135, "skipped": 2},
        {"created": 2135, "skipped": 2},
    ]
    assert Counter(Member.objects.values_list("rank", flat=True)) == {
        "": 2135, Rank.GENERAL: 500, Rank.SUB_SECTION: 320, Rank.SECTION: 180, Rank.COUNTY: 32,
    }  # fmt: skip
    assert Member.objects.marked(Mark.NEEDY).count() == 239
    assert PersonPair.objects.filter(kind=PairKind.MEMBER_MEMBER).count() == 2135
    paired = Exists(Pairing.objects.standing().filter(unit=OuterRef("unit"), village=OuterRef("village")))
    assert set(PersonPair.objects.filter(paired)) == set(PersonPair.objects.exclude(pairing=None))
    assert PersonPair.objects.filter(pairing__unit=F("unit"), pairing__village=F("village")).count() == 22
    assert FloatingRecord.objects.away().count() == 608
    held = sizes()
    assert of_people(run(TIDY)) == [
        {"unchanged": 1032, "skipped": 2},
        {"unchanged": 2135, "skipped": 2},
        {"unchanged": 2135, "skipped": 2},
    ]
    assert sizes() == held
    undo(first, at=timezone.now())
    assert sizes() == before


def test_of_the_raw_workbook_every_row_goes_in_or_says_why_not_and_the_tidy_one_mends_the_rest():
    roster = run(RAW)
    agency, rural, pairs = of_people(roster)
    assert agency == {"created": 1019, "doubtful": 12, "rejected": 1, "skipped": 5}
    assert rural == {"created": 2031, "doubtful": 104, "skipped": 5}
    assert pairs["created"] == PersonPair.objects.count() == 2005
    unclear = RosterRow.objects.filter(sheet__roster=roster, verdict__in=["doubtful", "rejected"])
    assert not unclear.filter(doubts=[]).exists()
    people = unclear.filter(sheet__described__in=["members", "member_pairs"])
    codes = Counter(doubt["code"] for found in people for doubt in found.doubts)
    assert codes["unknown"] == 1
    assert set(codes) == {"unknown", "waits"}
    former = unclear.get(sheet__described="members", verdict="rejected")
    [doubt] = former.doubts
    assert (former.number, doubt["column"], doubt["suggestions"]) == (12, "unit", ["黔西县粮食局"])
    waiting = people.filter(sheet__described="member_pairs", verdict="doubtful")
    assert waiting.filter(doubts__contains=[{"column": "helper", "code": "waits", "params": {"row": "12"}}]).exists()
    blank = RosterRow.objects.filter(sheet__roster=roster, sheet__name="机关党员", notes__has_key="person")
    assert blank.exists()
    assert all(each.verdict == "created" and " " not in each.notes["person"] for each in blank)
    run(TIDY)
    assert Member.objects.count() == 1032 + 2135
    assert PersonPair.objects.filter(kind=PairKind.MEMBER_MEMBER).count() == 2135


def test_the_leaders_of_xincheng_look_after_their_villages():
    roster = run(XINCHENG)
    assert of_people(roster) == [{"created": 32, "skipped": 2}]
    pairs = PersonPair.objects.filter(kind=PairKind.LEADER_VILLAGE)
    assert (pairs.count(), pairs.values("village").distinct().count()) == (32, 26)
    assert of_people(run(XINCHENG)) == [{"unchanged": 32, "skipped": 2}]


def test_the_households_in_need_of_the_county_go_in_with_their_reserved_phones_only():
    run(TIDY)
    roster = run(IN_NEED)
    assert roster.sheets.get(described="households").counts == {"created": 1813, "skipped": 2}
    assert Household.objects.filter(is_needy=True).values("village").distinct().count() == 82
    assert not Household.objects.exclude(phone="").exclude(phone__startswith="1390000").exists()
    assert not Household.objects.filter(causes__overlap=list(HEALTH)).exists()
