"""A small place under a shipped scheme, where everybody owes something, and the records that meet it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models

from duties.counting.count import Progress, progress
from duties.models import Duty
from members.models import (
    FloatingContact,
    FloatingDeed,
    FloatingForum,
    FloatingRecord,
    GreetingBatch,
    GreetingLetter,
    HalfYearReport,
)
from members.states import FloatingState
from members.tests.floating import floating
from organisations.kinds import Level
from organisations.models import Organisation
from pairing.models import Plan
from pairing.schemes.words import Nature, PlanKind
from pairing.states import PlanState, Side
from pairing.tests.factories import CHINA
from visits.models import Activity, Participant
from visits.states import ActivityState
from visits.tests.playing import Place, place_under

LEAVING = date(2026, 9, 20)
REGISTERED = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)


@dataclass
class World:
    place: Place
    subjects: dict[str, models.Model]
    on: date

    @property
    def floating(self) -> FloatingRecord:
        found = self.subjects["floating"]
        assert isinstance(found, FloatingRecord)
        return found

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
    return World(place, {"pairing": pairing, "organisation": place.village, "floating": away}, on)


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
