"""The rosters of a county where teams serve villages and cadres look after households (三送)."""

import pytest
from django.utils import timezone

from members.kinds import EndReason, Hardship, PairKind, PairOrigin, Rank
from members.models import Household, Member, PersonPair
from members.tests import factories
from members.tests.rosters import CADRES, HOUSEHOLDS, TEAMS, doubts, imported, row, sizes, verdicts
from office.models import RosterImport, RosterRow
from office.rosters import actions
from office.rosters.undoing import LaterWork, undo
from office.running import perform
from organisations.models import Organisation, OrganisationLink
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db

TEAM_ROWS = [[1, "第1工作队", "黑桥村、安口村"], [2, "第2工作队", "长屯村；城东社区"]]
CADRE_ROWS = [
    [1, "彭刚", "第1工作队", "科局级", "13900002914"],
    [2, "龚芳", "第2工作队", "县级", "13900006419"],
    [3, "彭刚", "第1工作队", "一般干部", "13900002142"],
]
HOUSEHOLD_ROWS = [
    [1, "黑桥村", "任福", 7, "13900009866", "因残、因病", 1],
    [2, "安口村", "韩康", 2, "13900008747", "", 1],
    [3, "长屯村", "田云", 3, "13900000251", "缺劳力", 2],
    [4, "长屯村", "田云", 5, "13900000777", "", 3],
]


@pytest.fixture
def county():
    return people.county("于都县")


def sheets(households=HOUSEHOLD_ROWS, teams=TEAM_ROWS, cadres=CADRE_ROWS) -> list[tuple[str, list[list]]]:
    return [("联系户", [HOUSEHOLDS, *households]), ("党员干部", [CADRES, *cadres]), ("工作队", [TEAMS, *teams])]


def served() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in OrganisationLink.objects.filter(until=None, kind="served").order_by("member__name"):
        found.setdefault(link.holder.name, []).append(link.member.name)
    return found


@pytest.mark.clause("YD-08", "YD-09", "XY-02")
def test_teams_cadres_and_households_go_in_whatever_the_order_of_their_sheets(tmp_path, county):
    roster = imported(tmp_path, county, *sheets())
    assert verdicts(roster) == {
        "teams": {"created": 2, "skipped": 1},
        "cadres": {"created": 3, "skipped": 1},
        "households": {"created": 4, "skipped": 1},
    }
    assert served() == {"第1工作队": ["安口村", "黑桥村"], "第2工作队": ["城东社区", "长屯村"]}
    assert dict(Organisation.objects.filter(depth=2).values_list("name", "kind")) == {
        "第1工作队": "work_team", "第2工作队": "work_team", "黑桥村": "village", "安口村": "village",
        "长屯村": "village", "城东社区": "community",
    }  # fmt: skip
    assert [plan[1] for plan in roster.planned] == [{"count": 4}]
    cadre = Member.objects.get(number="1")
    assert (cadre.name, cadre.rank, cadre.organisation.name) == ("彭刚", Rank.SECTION, "第1工作队")
    home = Household.objects.get(head="任福")
    assert (home.people, home.is_needy, home.causes) == (7, True, [Hardship.DISABILITY, Hardship.ILLNESS])
    pairs = PersonPair.objects.values_list(
        "helper_member__number", "target_household__phone", "unit__name", "village__name"
    )
    assert set(pairs) == {
        ("1", "13900009866", "第1工作队", "黑桥村"),
        ("1", "13900008747", "第1工作队", "安口村"),
        ("2", "13900000251", "第2工作队", "长屯村"),
        ("3", "13900000777", "第1工作队", "长屯村"),
    }
    assert set(PersonPair.objects.values_list("kind", "origin", "state")) == {
        (PairKind.CADRE_HOUSEHOLD, PairOrigin.ROSTER, "active")
    }
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_a_second_import_changes_nothing_and_one_of_households_alone_finds_its_cadres(tmp_path, county):
    imported(tmp_path, county, *sheets())
    before = sizes()
    again = imported(tmp_path, county, *sheets())
    assert verdicts(again) == {
        "teams": {"unchanged": 2, "skipped": 1},
        "cadres": {"unchanged": 3, "skipped": 1},
        "households": {"unchanged": 4, "skipped": 1},
    }
    alone = imported(tmp_path, county, ("联系户", [HOUSEHOLDS, *HOUSEHOLD_ROWS, [5, "黑桥村", "余春", 1, "", "", 3]]))
    assert verdicts(alone) == {"households": {"unchanged": 4, "created": 1, "skipped": 1}}
    assert PersonPair.objects.get(target_household__head="余春").helper_member.number == "3"
    assert sizes() == [*before[:3], before[3] + 1, before[4] + 1, *before[5:]]


@pytest.mark.parametrize(
    ("cells", "expected", "verdict"),
    [
        (["黑桥村", "任福", 7, "", "", 9], [("cadre_number", "unknown_cadre")], "doubtful"),
        (["白桥村", "任福", 7, "", "", 1], [("village", "unknown")], "rejected"),
        (["黑桥村", "任福", "约7", "", "", 1], [("people", "not_a_number")], "doubtful"),
        (["黑桥村", "任福", 7, "", "因病致贫", 1], [("causes", "unknown_cause")], "doubtful"),
        (["黑桥村", "任福", 7, 1.39e10, "", 1], [("phone", "digits_lost")], "doubtful"),
        (["黑桥村", "", 7, "", "", 1], [("head", "missing")], "rejected"),
        (["黑桥村", "任 福", "7人", "", "/", 1], [], "created"),
    ],
)
def test_each_slip_is_a_doubt_at_its_cell(tmp_path, county, cells, expected, verdict):
    roster = imported(tmp_path, county, *sheets([[1, *cells]]))
    assert (doubts(roster, "households", 2), row(roster, "households", 2).verdict) == (expected, verdict)
    assert Household.objects.filter(head="任福").count() == (verdict == "created")


def test_a_household_waits_for_the_cadre_and_the_village_whose_own_rows_are_in_doubt(tmp_path, county):
    roster = imported(
        tmp_path, county,
        *sheets(HOUSEHOLD_ROWS[:1], cadres=[[1, "彭刚", "第1工作队", "首长", ""]]),
    )  # fmt: skip
    assert doubts(roster, "cadres", 2) == [("rank", "unknown_choice")]
    assert doubts(roster, "households", 2) == [("cadre_number", "waits_for_cadre")]
    assert row(roster, "households", 2).doubts[0]["params"] == {"sheet": "党员干部", "row": "2"}


def test_two_heads_of_one_name_in_one_village_are_told_apart_or_doubted(tmp_path, county):
    rows = [[1, "黑桥村", "任福", 7, "", "", 1], [2, "黑桥村", "任福", 2, "13900000001", "", 1]]
    roster = imported(tmp_path, county, *sheets(rows))
    assert [doubts(roster, "households", number) for number in (2, 3)] == [[("head", "namesake")]] * 2
    assert not Household.objects.exists()
    rows[0][4] = "13900000002"
    assert verdicts(imported(tmp_path, county, *sheets(rows)))["households"] == {"created": 2, "skipped": 1}
    later = imported(tmp_path, county, *sheets([[1, "黑桥村", "任福", 7, "", "", 1]]))
    assert doubts(later, "households", 2) == [("head", "namesake")]


def test_a_number_that_two_cadres_bear_is_doubted_there_and_where_it_is_used(tmp_path, county):
    cadres = [CADRE_ROWS[0], [1, "龚芳", "第2工作队", "县级", ""]]
    roster = imported(tmp_path, county, *sheets(HOUSEHOLD_ROWS[:1], cadres=cadres))
    assert doubts(roster, "cadres", 3) == [("number", "twice")]
    assert doubts(roster, "households", 2) == [("cadre_number", "several_cadres")]


def test_another_helper_is_a_question_and_kept_ends_the_first_with_a_reason(tmp_path, county):
    imported(tmp_path, county, *sheets())
    changed = [1, "黑桥村", "任福", 7, "13900009866", "因残、因病", 2]
    roster = imported(tmp_path, county, ("联系户", [HOUSEHOLDS, changed]), apply=False)
    assert doubts(roster, "households", 2) == [("cadre_number", "other_helper")]
    organiser, sheet = people.user("organiser", people.organisation_dept(county)), roster.sheets.get()
    RosterImport.objects.filter(pk=roster.pk).update(started_by=organiser)
    actions.keep_as_typed(
        by=organiser, roster=roster, sheet=sheet, column="cadre_number", code="other_helper", number=None
    )
    actions.apply_roster(by=organiser, roster=roster, everything=True, at=timezone.now())
    done(roster)
    pairs = PersonPair.objects.filter(target_household__head="任福").order_by("pk")
    assert [(pair.helper_member.number, pair.state, pair.end_reason, pair.ended_by) for pair in pairs] == [
        ("1", "ended", EndReason.REASSIGNED, organiser),
        ("2", "active", "", None),
    ]
    undo(RosterImport.objects.get(pk=roster.pk), at=timezone.now())
    assert PersonPair.objects.get(target_household__head="任福").state == "active"


def done(roster: RosterImport) -> None:
    roster.refresh_from_db()
    assert roster.job_id is not None
    perform(roster.job_id)


def test_the_list_of_a_team_replaces_the_stored_one_and_undoing_brings_it_back(tmp_path, county):
    imported(tmp_path, county, *sheets())
    roster = imported(tmp_path, county, ("工作队", [TEAMS, [1, "第1工作队", "黑桥村、长屯村"]]))
    assert row(roster, "teams", 2).changes == [["结对村（社区）", "黑桥村、安口村", "黑桥村、长屯村"]]
    assert served()["第1工作队"] == ["长屯村", "黑桥村"]
    undo(roster, at=timezone.now())
    assert served()["第1工作队"] == ["安口村", "黑桥村"]


def test_a_village_that_looks_like_a_known_one_is_a_question(tmp_path, county):
    imported(tmp_path, county, *sheets())
    roster = imported(tmp_path, county, ("工作队", [TEAMS, [3, "第3工作队", "黑桥头村"]]))
    found = row(roster, "teams", 2)
    assert [(doubt["code"], doubt["suggestions"], doubt["may_keep"]) for doubt in found.doubts] == [
        ("village_like", ["黑桥村"], True)
    ]


def test_the_whole_county_is_undone_and_not_where_a_person_has_worked_on_it(tmp_path, county):
    before = sizes()
    roster = imported(tmp_path, county, *sheets())
    helper = factories.helps(Member.objects.get(number="2"), Household.objects.get(head="韩康"))
    with pytest.raises(LaterWork):
        undo(roster, at=timezone.now())
    helper.delete()
    undo(RosterImport.objects.get(), at=timezone.now())
    assert sizes() == before


def test_rows_in_many_chunks_take_no_more_statements_for_the_stored(tmp_path, county, monkeypatch):
    monkeypatch.setattr("office.rosters.checking.CHUNK", 2)
    assert verdicts(imported(tmp_path, county, *sheets()))["households"] == {"created": 4, "skipped": 1}
    assert verdicts(imported(tmp_path, county, *sheets()))["households"] == {"unchanged": 4, "skipped": 1}
    assert RosterRow.objects.filter(verdict="unchanged").count() == 9
