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
from office.models import StoredFile
from organisations.kinds import Level
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import DirectoryEntry, Issue, Plan, PlanReference, PublicCommitment, ResponsibilityLetter
from pairing.schemes.words import Nature, PlanKind
from pairing.states import PlanState, Side
from pairing.tests import factories as pairings
from pairing.tests.factories import CHINA, directory
from visits.models import Activity, Diary, DiaryEntry, Finding, FindingAnswer, HouseholdVisit, Participant
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
    round = pairing.round
    idle = people.organisation("青山果业公司", kind="new_economic_org", parent=round.organiser)
    free = people.village(Organisation.objects.get_parent(place.village), "青山县后沟村")
    directory(round)
    away = floating(
        place.village, state=state, leaves_on=LEAVING, registered_at=REGISTERED,
        scheme_version=pairing.round.scheme_version,
    )  # fmt: skip
    subjects = {
        "pairing": pairing,
        "organisation": place.village,
        "floating": away,
        "unit": idle,
        "free": free,
        "organiser": round.organiser,
        "committee": Organisation.objects.get_parent(place.village),
        **people_of(place),
    }
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


def confirmed(world: World, role: str, who: str = "王志远", **fields: Any) -> None:
    place = world.place
    made = Activity.objects.create(
        pairing=place.pairing, unit=place.unit, side=Side.UNIT, words="按计划开展", entered_at=world.at,
        entered_by=place.secretary, state=ActivityState.CONFIRMED, answered_at=world.at,
        answered_by=place.village_secretary, **fields,
    )  # fmt: skip
    Participant.objects.create(activity=made, name=who, role=role)


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


def paired(world: World, duty: Duty) -> None:
    """Whatever of the directory had nobody is paired with the unit that had nobody."""
    round, unit = world.place.pairing.round, world.subjects["unit"]
    for line in DirectoryEntry.objects.filter(directory=round.newest_directory, side=Side.VILLAGE):
        if line.organisation != world.place.village:
            pairings.pairing(round, unit, line.organisation, state="signed")


def talking(world: World) -> None:
    world.subjects["talks"] = pairings.pairing(
        world.place.pairing.round, world.subjects["unit"], world.subjects["free"]
    )


def signed(world: World, duty: Duty) -> None:
    duty.pairing.state, duty.pairing.signed_on = "signed", world.on
    duty.pairing.save()


def round_before(world: World) -> None:
    """Three pairings were signed in it, one of which ended since."""
    place, round = world.place, world.place.pairing.round
    before = pairings.round(round.organiser, name="第一轮结对", starts_on=date(2023, 1, 1))
    pairings.pairing(before, place.unit, place.village, state="signed")
    pairings.pairing(before, world.subjects["unit"], world.subjects["free"], state="signed")
    round.previous = before
    round.save()


def dated(world: World) -> None:
    """The organiser fills in the days of coverage (AH-04, AH-05)."""
    for key in ("village_coverage", "urban_coverage"):
        world.place.pairing.round.milestones.create(key=key, name=key, on=date(2026, 12, 31))


def letter_signed(world: World, duty: Duty) -> None:
    letter = ResponsibilityLetter.objects.create(
        pairing=world.place.pairing, year=2026, content={}, drawn_by=world.place.cadre
    )
    assert progress_of(duty) == Progress(0, 1)
    letter.state, letter.signed_at = "signed", world.at
    letter.save()


def promised(side: Side) -> Callable[[World, Duty], None]:
    def meet(world: World, duty: Duty) -> None:
        """What the other side promised, or nobody has published, does not count."""
        values = {"pairing": duty.pairing, "year": 2026, "text": "修好水渠", "due_on": duty.due_on}
        published = {"state": "published", "published_at": world.at, "published_by": world.place.organiser}
        other = Side.VILLAGE if side == Side.UNIT else Side.UNIT
        PublicCommitment.objects.create(side=other, **values, **published)
        PublicCommitment.objects.create(side=side, **values)
        assert progress_of(duty).done == 0
        PublicCommitment.objects.create(side=side, **values, **published)

    return meet


def referred(world: World, duty: Duty) -> None:
    file = StoredFile.objects.create(
        name="计划.pdf", kind="document", media_type="application/pdf", size=1, sha256="0" * 64
    )
    kind = str(duty.rule.plan) if duty.rule else ""
    PlanReference.objects.create(pairing=world.place.pairing, kind=kind, year=2026, title="工作计划", file=file)


def went_to_the_village(world: World) -> None:
    """At a door, and to an activity on another day."""
    place, household = world.place, world.subjects["household"]
    HouseholdVisit.objects.create(
        round=place.pairing.round, unit=place.unit, village=place.village, target_household=household, met="head",
        on=world.on, recorded_at=world.at, recorded_by=place.cadre,
    )  # fmt: skip
    confirmed(world, Participant.Role.MEMBER, "孙建国", nature=Nature.VISIT, name="走访", on=date(2026, 8, 1))


def diary_written(world: World, duty: Duty) -> None:
    diary = Diary.objects.create(
        member=world.subjects["member"],
        round=duty.round,
        edition="agency",
        begun_at=world.at,
        begun_by=world.place.cadre,
    )
    for day in (world.on, date(2026, 8, 1)):
        assert progress_of(duty).done < 100
        DiaryEntry.objects.create(
            diary=diary, on=day, did="走访", solved="饮水", reflection="要常来", written_at=world.at,
            written_by=world.place.cadre,
        )  # fmt: skip
