"""The acceptance list: each obligation of the texts is planned for whom it concerns, in its days, and met by its record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from duties.models import Duty
from duties.planning import plan
from duties.tests import aided, archived, covered, filed
from duties.tests import fulfilled as records
from duties.tests.fulfilled import World, progress_of, under
from pairing.schemes.words import Nature, PlanKind
from pairing.states import Side
from pairing.tests.test_scheme import shipped
from visits.models import Participant

pytestmark = pytest.mark.django_db

R = Participant.Role
ON = date(2026, 9, 10)
TERM = ("", date(2026, 1, 1), date(2028, 12, 31))
YEAR = ("2026", date(2026, 1, 1), date(2026, 12, 31))
SUMMER = ("2026Q3", date(2026, 7, 1), date(2026, 10, 15))  # fifteen days after its quarter
ALL_YEAR = (YEAR[1], YEAR[2])


# Those that are subjects of a duty in another capacity.
COLUMNS = {"unit": "organisation", "committee": "organisation", "organiser": "organisation", "talks": "pairing"}


def nothing(world: World) -> None:
    """All that is needed is there."""


@dataclass(frozen=True)
class Owed:
    """`window`: period, first and last day of the duty that is looked at; `meet` makes as many records as are owed."""

    oid: str
    scheme: str
    key: str
    subject: str
    window: tuple[str, date, date]
    meet: Callable[[World, Duty], Any]
    clauses: tuple[str, ...]
    on: date = ON
    least: int = 1
    prepare: Callable[[World], Any] = nothing


def activity(nature: Nature, role: str = R.MEMBER) -> Callable[[World, Duty], Any]:
    return lambda world, duty: records.activities(world, nature, role, duty.least)


def plan_of(kind: PlanKind) -> Callable[[World, Duty], Any]:
    return lambda world, duty: records.plan_confirmed(world, kind, duty.period)


def of_pairing(oid: str, scheme: str, key: str, window: tuple, meet: Callable, clause: str, least: int = 1) -> Owed:
    return Owed(oid, scheme, key, "pairing", window, meet, (clause,), least=least)


PAIRINGS = [
    of_pairing("O-05", "shanghai", "principals_visit", TERM, activity(Nature.VISIT, R.PRINCIPAL), "SH-44"),
    of_pairing("O-06", "shanghai", "leaders_visit", YEAR, activity(Nature.SURVEY_TRIP, R.DEPARTMENT), "SH-45", 2),
    of_pairing("O-07", "shanghai", "weak_village_money", YEAR, aided.money_received, "SH-46", 20_000),
    Owed(
        "O-08", "shanghai", "concrete_project", "pairing", TERM, aided.project_accepted, ("SH-47",),
        prepare=aided.no_longer_weak,
    ),
    Owed(
        "O-09", "shanghai", "aid_disclosure", "pairing", SUMMER, aided.all_published, ("SH-53",), least=100,
        prepare=aided.received,
    ),
    Owed(
        "O-10", "shanghai", "fund_feedback", "pairing", SUMMER, aided.told, ("SH-54",), prepare=aided.received,
    ),
    of_pairing("O-11", "shanghai", "assistance_plan", TERM, plan_of(PlanKind.TERM_PLAN), "SH-43"),
    of_pairing("O-12", "anhui", "joint_meeting", YEAR, activity(Nature.JOINT_MEETING), "AH-09"),
    of_pairing("O-13", "anhui", "joint_plan", YEAR, plan_of(PlanKind.JOINT_PLAN), "AH-10"),
    of_pairing("O-14", "anhui", "party_lecture", YEAR, activity(Nature.PARTY_LECTURE), "AH-11"),
    of_pairing("O-15", "anhui", "culture_sports", YEAR, activity(Nature.CULTURE_SPORTS), "AH-12"),
    of_pairing("O-16", "anhui", "volunteer_service", YEAR, activity(Nature.VOLUNTEER_SERVICE), "AH-13"),
    of_pairing("O-17", "anhui", "goodwill_visit", YEAR, activity(Nature.GOODWILL_VISIT), "AH-14"),
    of_pairing("O-32", "town", "party_lecture", YEAR, activity(Nature.PARTY_LECTURE), "TN-07"),
    of_pairing("O-33", "town", "forum", YEAR, activity(Nature.FORUM), "TN-08"),
    Owed(
        "O-38", "town", "aid_archive", "pairing", SUMMER, archived.confirmed_by_the_other, ("TN-25",), least=100,
        prepare=archived.recorded_by_one,
    ),
    of_pairing("O-39", "xincheng", "public_welfare", YEAR, activity(Nature.WELFARE_ACTIVITY), "XC-08"),
    of_pairing("O-40", "xincheng", "seven_links", YEAR, records.each_heading, "XC-01", 7),
    of_pairing(
        "O-44", "qianxi", "survey_trip", ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
        activity(Nature.SURVEY_TRIP), "QX-07",
    ),
    of_pairing(
        "O-45", "qianxi", "training", ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        activity(Nature.TRAINING), "QX-08",
    ),
    of_pairing("O-46", "qianxi", "good_deed", YEAR, activity(Nature.GOOD_DEED), "QX-09"),
    of_pairing("O-47", "qianxi", "members_activity", YEAR, activity(Nature.MEMBERS_ACTIVITY), "QX-12"),
]  # fmt: skip
FLOATING = [
    Owed(
        "O-21", "suifenhe", "certificate", "floating", ("", date(2026, 9, 1), date(2026, 9, 20)),
        records.floating_has(certificate_number="LD-7"), ("SF-30",),
    ),
    Owed(
        "O-22", "suifenhe", "agreement", "floating", ("", date(2026, 9, 1), date(2026, 9, 20)),
        records.floating_has(agreement_signed_on=date(2026, 9, 5)), ("SF-39",),
    ),
    Owed(
        "O-23", "suifenhe", "training", "floating", ("", date(2026, 9, 1), date(2026, 9, 20)),
        records.floating_has(trained_on=date(2026, 9, 5)), ("SF-32",),
    ),
    Owed(
        "O-24", "suifenhe", "report_in", "floating", ("", date(2026, 9, 20), date(2026, 10, 20)),
        records.reported_in, (), on=date(2026, 9, 25),
    ),
    Owed(
        "O-25", "suifenhe", "half_yearly_report", "floating", ("2027H1", date(2027, 1, 1), date(2027, 6, 30)),
        records.half_year_report, ("SF-33",), on=date(2027, 6, 10),
    ),
    Owed(
        "O-26", "suifenhe", "good_deed", "floating", ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        records.good_deed, ("SF-35",), on=date(2027, 6, 10),
    ),
    Owed(
        "O-27", "suifenhe", "greeting_letter", "floating", ("2027", date(2027, 6, 1), date(2027, 6, 30)),
        records.greeting_letter, ("SF-36",), on=date(2027, 6, 10),
    ),
    Owed(
        "O-28", "suifenhe", "lunar_forum", "organisation", ("L2026", date(2027, 1, 8), date(2027, 2, 5)),
        records.forum_held, ("SF-37",), on=date(2027, 1, 20),
    ),
    Owed(
        "O-41", "xincheng", "contact", "floating", ("T2", date(2026, 12, 20), date(2027, 3, 19)),
        records.contacted, ("XC-12",), on=date(2027, 1, 20),
    ),
]  # fmt: skip
PEOPLE = [
    Owed("O-30", "town", "needy_villager", "member", TERM, records.villager_helped, ("TN-03",)),
    Owed("O-30", "town", "needy_member", "member", TERM, records.member_helped, ("TN-03",)),
    Owed(
        "O-31", "town", "hardship_plan", "person_pair", ("", date(2026, 2, 1), date(2028, 12, 31)),
        records.hardship_plan, ("TN-16",),
    ),
    Owed("O-42", "xinyi", "household_visit", "household", TERM, records.household_visited, ("XY-08",)),
    Owed("O-48", "qianxi", "solved_difficulty", "household", YEAR, records.difficulty_solved, ("QX-13",)),
    Owed("O-49", "qianxi", "household_quota", "member", TERM, records.households_helped, ("QX-10",), least=2),
    Owed("O-50", "qianxi", "village_helper", "household", TERM, records.helped_in_the_village, ("QX-16",)),
]  # fmt: skip
DATED = ("", date(2026, 1, 1), date(2026, 12, 31))
ORGANISERS = [
    Owed("O-03", "shanghai", "coverage", "organiser", TERM, records.paired, ("SH-17",), least=100),
    Owed(
        "O-04", "shanghai", "base_number", "organiser", TERM, records.paired, ("SH-18",), least=100,
        prepare=records.round_before,
    ),
    Owed(
        "O-20", "anhui", "village_coverage", "organiser", DATED, records.paired, ("AH-04",), least=100,
        prepare=records.dated,
    ),
    Owed(
        "O-20", "anhui", "urban_coverage", "organiser", DATED, records.paired, ("AH-05",), least=100,
        prepare=records.dated,
    ),
    Owed(
        "O-01", "shanghai", "confirm_intention", "unit", ("", date(2026, 1, 1), date(2026, 4, 30)), records.paired,
        ("SH-31",),
    ),
    Owed(
        "O-02", "shanghai", "sign_agreement", "talks", ("", date(2026, 1, 1), date(2026, 7, 1)), records.signed,
        ("SH-32",), prepare=records.talking,
    ),
    Owed("QX-03", "qianxi", "village_coverage", "organiser", TERM, records.paired, ("QX-03",), least=100),
    Owed("QX-03", "qianxi", "member_coverage", "organiser", TERM, covered.members_helped, ("QX-03",), least=100),
    Owed("O-29", "town", "one_plus_one", "unit", TERM, records.paired, ("TN-01",)),
    Owed(
        "O-43", "xinyi", "diary", "member", ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)), records.diary_written,
        ("XY-20",), least=100, prepare=records.went_to_the_village,
    ),
    of_pairing("O-19", "anhui", "key_points", YEAR, plan_of(PlanKind.KEY_POINTS), "AH-23"),
    of_pairing("O-19", "anhui", "unit_commitment", YEAR, records.promised(Side.UNIT), "AH-23"),
    of_pairing("O-19", "anhui", "village_commitment", YEAR, records.promised(Side.VILLAGE), "AH-23"),
    of_pairing("O-51", "qianxi", "yearly_targets", YEAR, plan_of(PlanKind.YEARLY_PLAN), "QX-05"),
    of_pairing("O-51", "qianxi", "letter", YEAR, records.letter_signed, "QX-05"),
    of_pairing("TN-22", "town", "unit_plan", YEAR, records.referred, "TN-22"),
    of_pairing("TN-22", "town", "branch_plan", YEAR, records.referred, "TN-22"),
]  # fmt: skip
SECOND_HALF = ("2026H2", date(2026, 7, 1), date(2027, 1, 30))  # thirty days after it
FILED = [
    Owed("O-18", "anhui", "arrangement", "organiser", YEAR, filed.handed_in, ()),
    Owed(
        "O-34", "town", "member_report", "member", ("2026Q3", date(2026, 7, 1), date(2026, 10, 10)), filed.handed_in,
        (),
    ),
    Owed(
        "O-35", "town", "unit_report", "unit", ("2026Q3", date(2026, 7, 1), date(2026, 10, 15)), filed.handed_in,
        (),
    ),
    Owed(
        "O-36", "town", "circular", "committee", SECOND_HALF, filed.handed_in, (),
    ),
    Owed(
        "O-37", "town", "committee_report", "committee", SECOND_HALF, filed.handed_in, (),
    ),
    Owed(
        "O-52", "yudu", "satisfaction", "organiser", ("2026", date(2026, 1, 1), date(2027, 1, 31)), filed.handed_in,
        (),
    ),
]  # fmt: skip
OBLIGATIONS = [*PAIRINGS, *FLOATING, *PEOPLE, *ORGANISERS, *FILED]


@pytest.mark.parametrize(
    "owed",
    [pytest.param(each, id=f"{each.oid}-{each.key}", marks=[pytest.mark.clause(clause) for clause in each.clauses])
     for each in OBLIGATIONS],
)  # fmt: skip
def test_it_is_planned_for_whom_it_concerns_and_met_by_its_record(owed: Owed):
    assert any(rule.key == owed.key for rule in shipped(owed.scheme).obligations)
    world = under(owed.scheme, owed.on)
    owed.prepare(world)
    plan(owed.on)
    period, starts_on, due_on = owed.window
    subject = world.subjects[owed.subject]
    duty = Duty.objects.open().get(
        obligation=owed.key, period=period, **{COLUMNS.get(owed.subject, owed.subject): subject}
    )
    assert (duty.starts_on, duty.due_on, duty.least) == (starts_on, due_on, owed.least)
    assert progress_of(duty).done < duty.least
    owed.meet(world, duty)
    assert progress_of(duty).done >= duty.least
