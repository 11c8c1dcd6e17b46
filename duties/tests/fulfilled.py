"""A small place under a shipped scheme, where everybody owes something, and the records that meet it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from duties.counting.count import Progress, progress
from duties.models import Duty
from members.kinds import Mark, PairKind, Rank
from members.models import (
    FloatingContact,
    FloatingDeed,
    FloatingForum,
    FloatingRecord,
    GreetingBatch,
    GreetingLetter,
    HalfYearReport,
    HardshipPlan,
)
from members.states import FloatingState
from members.tests import factories
from members.tests.floating import floating
from organisations.kinds import Level
from organisations.models import Organisation
from pairing.models import Issue, Plan
from pairing.schemes.words import Nature, PlanKind
from pairing.states import PlanState, Side
from pairing.tests.factories import CHINA
from visits.models import Activity, Finding, FindingAnswer, HouseholdVisit, Participant
from visits.states import ActivityState
from visits.tests.playing import Place, place_under

LEAVING = date(2026, 9, 20)
REGISTERED = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)


@dataclass
class World:
    place: Place
    subjects: dict[str, Any]
    on: date

    @property
    def floating(self) -> FloatingRecord:
        return self.subjects["floating"]

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on, time(9), tzinfo=CHINA)


def under(scheme: str, on: date) -> World:
    """A pairing from 1 January 2026 to the end of 2028; a member of its village leaves on 20 September 2026."""
    place = place_under(scheme)
    pairing = place.pairing
    pairing.signed_on, pairing.ends_on = date(2026, 1, 1), date(2028, 12, 31)
    pairing.save()
    place.unit.level = Level.COUNTY
    place.unit.save()
    state = FloatingState.DEPARTED if on >= LEAVING else FloatingState.REGISTERED
    away = floating(
        place.village, state=state, leaves_on=LEAVING, registered_at=REGISTERED,
        scheme_version=pairing.round.scheme_version,
    )  # fmt: skip
    subjects = {"pairing": pairing, "organisation": place.village, "floating": away, **people_of(place)}
    return World(place, subjects, on)


def people_of(place: Place) -> dict[str, Any]:
    """A household in need, a cadre of the unit who has to help, and a pair in which they help."""
    household = factories.household(place.village, "赵水生")
    cadre = factories.member(place.unit, "孙建国", rank=Rank.SUB_SECTION, user=place.cadre)
    round = place.pairing.round
    needy = factories.member(place.village, "吴老根", rank="", marks=[Mark.NEEDY])
    pair = factories.helps(
        factories.member(place.unit), needy, PairKind.MEMBER_PERSON, round=round, since=date(2026, 2, 1)
    )
    return {"household": household, "member": cadre, "person_pair": pair}


def progress_of(duty: Duty) -> Progress:
    return progress([duty]).get(duty.pk, Progress())


def activities(world: World, nature: Nature, role: str, number: int) -> None:
    """So many, one a day, each confirmed by the other side."""
    for each in range(number):
        confirmed(world, role, nature=nature, name=nature.label, on=world.on - timedelta(days=each))


def confirmed(world: World, role: str, **fields: Any) -> None:
    place = world.place
    made = Activity.objects.create(
        pairing=place.pairing, unit=place.unit, side=Side.UNIT, words="按计划开展", entered_at=world.at,
        entered_by=place.secretary, state=ActivityState.CONFIRMED, answered_at=world.at,
        answered_by=place.village_secretary, **fields,
    )  # fmt: skip
    Participant.objects.create(activity=made, name="王志远", role=role)


def each_heading(world: World, duty: Duty) -> None:
    """One activity of each heading of the scheme."""
    kinds = {kind.group: kind for kind in world.place.pairing.round.rules.activity_kinds if kind.nature}
    for kind in kinds.values():
        confirmed(world, Participant.Role.MEMBER, kind=kind.key, name=kind.name, nature=kind.nature, on=world.on)


def plan_confirmed(world: World, kind: PlanKind, period: str) -> None:
    place = world.place
    Plan.objects.create(
        pairing=place.pairing, kind=kind, year=int(period) if period else None, written_side=Side.UNIT,
        state=PlanState.CONFIRMED, unit_confirmed_at=world.at, unit_confirmed_by=place.secretary,
        village_confirmed_at=world.at, village_confirmed_by=place.village_secretary,
    )  # fmt: skip


def floating_has(**fields: Any) -> Callable[[World, Duty], None]:
    def meet(world: World, duty: Duty) -> None:
        FloatingRecord.objects.filter(pk=world.floating.pk).update(**fields)

    return meet


def reported_in(world: World, duty: Duty) -> None:
    floating_has(
        state=FloatingState.REPORTED_IN, reported_in_on=world.on, reported_in_where="社区", placement="territory",
        placement_rule="属地",
    )(world, duty)  # fmt: skip


def half_year_report(world: World, duty: Duty) -> None:
    HalfYearReport.objects.create(
        record=world.floating, year=2027, half=1, channel="phone", work="在杭州做工", reported_on=world.on
    )


def good_deed(world: World, duty: Duty) -> None:
    secretary = world.place.village_secretary
    FloatingDeed.objects.create(
        record=world.floating, kind="good_deed", on=world.on, words="捐书", confirmed_at=world.at,
        confirmed_by=secretary,
    )  # fmt: skip


def greeting_letter(world: World, duty: Duty) -> None:
    """Written is not yet sent."""
    made_by, record = world.place.village_secretary, world.floating
    batch = GreetingBatch.objects.create(
        place=world.place.village, year=2027, plans="思路", tasks="任务", results="成效", made_by=made_by,
        window_starts_on=duty.starts_on, window_ends_on=duty.due_on,
    )  # fmt: skip
    letter = GreetingLetter.objects.create(batch=batch, record=record, member=record.member, year=2027)
    assert progress_of(duty) == Progress(0, 0)
    letter.channel, letter.sent_on, letter.noted_by = "letter", world.on, made_by
    letter.save()


def forum_held(world: World, duty: Duty) -> None:
    """The township may hold it for its villages; planned is not yet held."""
    forum = FloatingForum.objects.create(
        place=Organisation.objects.get_parent(world.place.village),
        lunar_year=2026,
        made_by=world.place.village_secretary,
    )
    assert progress_of(duty) == Progress(0, 0)
    forum.held_on = world.on
    forum.save()


def contacted(world: World, duty: Duty) -> None:
    FloatingContact.objects.create(
        record=world.floating, on=world.on, desk="origin", channel="phone", noted_by=world.place.village_secretary
    )


def households_helped(world: World, duty: Duty) -> None:
    """Two of a sub-section cadre; who has left needs no helper and does not count."""
    for each in range(duty.least):
        household = factories.household(world.place.village, left_on=None if each else world.on)
        factories.helps(duty.member, household, PairKind.CADRE_HOUSEHOLD)
    assert progress_of(duty).done == duty.least - 1
    factories.helps(duty.member, world.subjects["household"], PairKind.CADRE_HOUSEHOLD)


def helped_in_the_village(world: World, duty: Duty) -> None:
    """A cadre from outside is no helper within the village, nor is one who has left."""
    factories.helps(world.subjects["member"], duty.household, PairKind.CADRE_HOUSEHOLD)
    gone = factories.member(world.place.village, left_on=world.on)
    factories.helps(gone, duty.household, PairKind.CHAIN)
    assert progress_of(duty).done == 0
    factories.helps(factories.member(world.place.village), duty.household, PairKind.CHAIN)


def villager_helped(world: World, duty: Duty) -> None:
    factories.helps(duty.member, factories.person(world.place.village), PairKind.MEMBER_PERSON)


def member_helped(world: World, duty: Duty) -> None:
    needy = factories.member(world.place.village, rank="", marks=[Mark.NEEDY])
    factories.helps(duty.member, needy, PairKind.MEMBER_PERSON)


def hardship_plan(world: World, duty: Duty) -> None:
    HardshipPlan.objects.create(
        pair=world.subjects["person_pair"], number=1, content="缺技术", measures="教嫁接", leaves_on=date(2027, 12, 31)
    )


def visit(world: World, duty: Duty, **fields: Any) -> HouseholdVisit:
    place = world.place
    values = {"asks": ["situation", "livelihood", "wishes"], "met": "head", "on": world.on, **fields}
    return HouseholdVisit.objects.create(
        round=place.pairing.round, unit=place.unit, village=place.village, target_household=duty.household,
        recorded_at=world.at, recorded_by=place.cadre, **values,
    )  # fmt: skip


def household_visited(world: World, duty: Duty) -> None:
    """A first visit is incomplete until all three questions are answered (XY-08)."""
    found = visit(world, duty, answered=["situation", "wishes"])
    visit(world, duty, took_place=False, met="", asks=[], missed_words="外出")
    assert progress_of(duty).done == 0
    found.answered = found.asks
    found.save()


def difficulty_solved(world: World, duty: Duty) -> None:
    """An issue that answers what a visit at this door found, once it is closed."""
    place = world.place
    finding = Finding.objects.create(
        visit=visit(world, duty, answered=["livelihood"]), topic="livelihood", pairing=place.pairing,
        found_on=world.on, due_on=world.on, noted_at=world.at, noted_by=place.cadre,
    )  # fmt: skip
    issue = Issue.objects.create(
        pairing=place.pairing, organisation=place.village, title="饮水管道", kind=Issue.Kind.OTHER, owner=place.unit,
        raised_at=world.at, due_on=world.on, state="confirmed", claimed_at=world.at, claimed_by=place.secretary,
    )  # fmt: skip
    FindingAnswer.objects.create(finding=finding, issue=issue, given_at=world.at, given_by=place.cadre)
    assert progress_of(duty).done == 0
    issue.state, issue.closed_at = "closed", world.at
    issue.save()
