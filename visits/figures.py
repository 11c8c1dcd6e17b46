"""Statistics of visits and diaries (T6) by unit, village, rank or month: each figure with what it is out of."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce, Concat, TruncMonth
from django.utils.translation import gettext_lazy as _

from members.kinds import Rank
from members.models import Member
from organisations.kinds import Resource
from organisations.models import User
from pairing.forms.figures import FiguresForm
from pairing.models import Pairing
from pairing.schemes import tags
from pairing.schemes.words import Nature
from pairing.states import STANDING
from visits.models import Activity, DiaryEntry, HouseholdVisit, Participant
from visits.states import RECORDED, ActivityState

TRIPS = (Nature.VISIT, Nature.SURVEY_TRIP, Nature.GOODWILL_VISIT)


class By(TextChoices):
    UNIT = "unit", _("by unit")
    VILLAGE = "village", _("by village")
    RANK = "rank", _("by rank")
    MONTH = "month", _("by month")
    KIND = "kind", _("by kind, as the scheme calls it")
    TAG = "tag", _("by tag")
    RESOURCE = "resource", _("by resource")


OF_ACTIVITIES = (By.KIND, By.TAG, By.RESOURCE)  # of which a diary knows nothing
SEVERAL = (By.RANK, By.TAG, By.RESOURCE)  # one activity may stand in several lines


def each_of(column: str) -> Func:
    """One row for each element of the list."""
    return Func(F(column), function="unnest", output_field=CharField())


class Key(NamedTuple):
    """What a line is about, in the order of the lines; `value` narrows the list behind its numbers."""

    order: Any
    value: Any
    name: Any


@dataclass
class Counted:
    """`recorded` activities, of them `confirmed`, of those `trips` to the village; `people` who went; visits at the
    `door` and how many `households` they reached."""

    recorded: int = 0
    confirmed: int = 0
    trips: int = 0
    people: int = 0
    door: int = 0
    households: int | None = 0
    entries: int = 0
    unreviewed: int = 0


@dataclass
class Reach:
    """How many of the standing pairings and their villages have a confirmed activity in these days."""

    pairings: int = 0
    of_pairings: int = 0
    villages: int = 0
    of_villages: int = 0


COLUMNS = {By.KIND: F("activity__name"), By.TAG: each_of("activity__tags"), By.RESOURCE: each_of("activity__resources")}
ORGANISATIONS = {  # which column leads to the organisation of a line: of who took part, an entry, a pairing or visit
    By.UNIT: ("activity__unit", "diary__member__organisation", "unit"),
    By.VILLAGE: ("activity__pairing__village", "village", "village"),
}
WRITTEN = {"entries": Count("pk"), "unreviewed": Count("pk", filter=Q(reviewed_at=None))}
CALLED = {"door": Count("pk"), "households": Count("target_household", distinct=True)}


def counted_activities(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """What was done, once: a correction that waits is the same as what it corrects."""
    return rows.filter(Q(state=ActivityState.CONFIRMED) | Q(state__in=RECORDED, corrects=None))


@dataclass
class Sources:
    """What the lines and their sum are both counted from, each looked up once."""

    user: User
    asked: FiguresForm

    @cached_property
    def people(self) -> QuerySet[Participant]:
        """Those who took part in activities that count."""
        activities = activities_of(self.user, self.asked).order_by()
        return Participant.objects.filter(activity__in=activities.values("pk"))

    @cached_property
    def pairings(self) -> list[tuple]:
        """Village and columns of the line, of each standing pairing."""
        _people, _entry, organisation = ORGANISATIONS.get(By(self.asked.chosen_by), ("", "", ""))
        columns = columns_of(organisation) if organisation else ()
        return list(pairings_of(self.user, self.asked).order_by().values_list("village", *columns))


def activities_of(user: User, asked: FiguresForm) -> QuerySet[Activity]:
    since, until = asked.days()
    rows = counted_activities(Activity.objects.all_visible_to(user)).filter(on__range=(since, until))
    if asked.chosen_round:
        rows = rows.filter(pairing__round=asked.chosen_round)
    return rows.filter(asked.near("unit", "pairing__unit", "pairing__village"))


def entries_of(user: User, asked: FiguresForm) -> QuerySet[DiaryEntry]:
    rows = DiaryEntry.objects.visible_to(user).filter(on__range=asked.days())
    if asked.chosen_round:
        rows = rows.filter(diary__round=asked.chosen_round)
    return rows.filter(asked.near("diary__member__organisation", "village"))


def visits_of(user: User, asked: FiguresForm) -> QuerySet[HouseholdVisit]:
    """Those at a door that took place; with the rank of the visitor."""
    rows = HouseholdVisit.objects.visible_to(user).paid().filter(on__range=asked.days())
    if asked.chosen_round:
        rows = rows.filter(round=asked.chosen_round)
    rank = Coalesce("recorded_by__member__rank", Value(""), output_field=CharField())
    return rows.filter(asked.near("unit", "village")).annotate(rank=rank)


def pairings_of(user: User, asked: FiguresForm) -> QuerySet[Pairing]:
    rows = Pairing.objects.visible_to(user).standing()
    if asked.chosen_round:
        rows = rows.filter(round=asked.chosen_round)
    return rows.filter(asked.near("unit", "village"))


def ranked(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """Adds `rank`: what the roster of the unit says of somebody of this name; empty where it says nothing."""
    roster = Member.objects.present().filter(organisation=OuterRef("activity__unit"), name=OuterRef("name"))
    of_name = Subquery(roster.order_by("pk").values("rank")[:1])
    return rows.annotate(rank=Coalesce(of_name, Value(""), output_field=CharField()))


def of_this_rank(rows: QuerySet[Participant], rank: str) -> QuerySet[Participant]:
    return ranked(rows).filter(Q(("rank", rank)))


def of_rank(rows: QuerySet[Activity], rank: str) -> QuerySet[Activity]:
    """Those in which somebody of this rank took part."""
    went = Participant.objects.filter(activity=OuterRef("pk")).exclude(role=Participant.Role.VILLAGE)
    return rows.filter(Exists(of_this_rank(went, rank)))


def columns_of(organisation: str) -> tuple[str, str, str]:
    return f"{organisation}__path", organisation, f"{organisation}__name"


def grouped(rows: QuerySet, by: By, organisation: str, day: str, rank: str, numbers: dict) -> dict[Key, list[int]]:
    """One statement: a key for each line, and its numbers."""
    if by in ORGANISATIONS:
        columns: Sequence[str] = columns_of(organisation)
    elif by == By.MONTH:
        rows, columns = rows.annotate(month=TruncMonth(day)), ("month",)
    elif by in OF_ACTIVITIES:
        rows, columns = rows.annotate(line=COLUMNS[by]), ("line",)
    else:
        columns = (rank,)
    found = rows.order_by().values_list(*columns).annotate(**numbers)
    named = tags.names() if by == By.TAG else {}
    return {key_of(by, row[: len(columns)], named): list(row[len(columns) :]) for row in found}


def key_of(by: By, values: Sequence, named: dict[str, str]) -> Key:
    value = values[0]
    if by in ORGANISATIONS:
        return Key(value or "", values[1], values[2])
    if by == By.RANK:
        return Key(Rank.values.index(value) if value else len(Rank), value, Rank(value).label if value else "")
    if by == By.RESOURCE:
        return Key(Resource.values.index(value), value, Resource(value).label)
    return Key(value, value, named.get(value, value))


def numbers_of_people() -> dict[str, Any]:
    """Counted from those who took part, each activity once; people are told apart by unit and name."""
    confirmed = Q(activity__state=ActivityState.CONFIRMED)
    person = Concat(F("activity__unit"), Value("|"), F("name"), output_field=CharField())
    went = confirmed & ~Q(role=Participant.Role.VILLAGE)
    return {
        "recorded": Count("activity", distinct=True),
        "confirmed": Count("activity", distinct=True, filter=confirmed),
        "trips": Count("activity", distinct=True, filter=confirmed & Q(activity__nature__in=TRIPS)),
        "people": Count(person, distinct=True, filter=went),
    }


def lines(sources: Sources) -> list[tuple[Key, Counted]]:
    """Also of units and villages that are paired and have nothing on record."""
    user, asked, by = sources.user, sources.asked, By(sources.asked.chosen_by)
    people, of_entry, of_pairing = ORGANISATIONS.get(by, ("", "", ""))
    found: dict[Key, Counted] = {}
    if of_pairing:
        found |= {key_of(by, columns, {}): Counted() for _village, *columns in sources.pairings}
    rows = sources.people
    if by == By.RANK:
        rows = ranked(rows.exclude(role=Participant.Role.VILLAGE))
    for key, numbers in grouped(rows, by, people, "activity__on", "rank", numbers_of_people()).items():
        counted = found.setdefault(key, Counted())
        counted.recorded, counted.confirmed, counted.trips, counted.people = numbers
    if by in OF_ACTIVITIES:
        return in_order(found)
    entries = grouped(entries_of(user, asked), by, of_entry, "on", "diary__member__rank", WRITTEN)
    for key, (number, unreviewed) in entries.items():
        counted = found.setdefault(key, Counted())
        counted.entries, counted.unreviewed = number, unreviewed
    for key, (number, households) in grouped(visits_of(user, asked), by, of_pairing, "on", "rank", CALLED).items():
        counted = found.setdefault(key, Counted())
        counted.door, counted.households = number, households
    return in_order(found)


def in_order(found: dict[Key, Counted]) -> list[tuple[Key, Counted]]:
    return sorted(found.items(), key=lambda line: line[0].order)


def totals(sources: Sources, found_lines: list[tuple[Key, Counted]]) -> tuple[Counted, Reach]:
    """Each activity and each person once, whatever the lines. An entry and a visit at a door stand in one line only.

    A household may have been visited from two units or in two months: it is summed by village alone.
    """
    reached = Q(activity__state=ActivityState.CONFIRMED, activity__pairing__state__in=STANDING)
    found = sources.people.aggregate(
        **numbers_of_people(),
        pairings=Count("activity__pairing", distinct=True, filter=reached),
        villages=Count("activity__pairing__village", distinct=True, filter=reached),
    )
    for name in ("entries", "unreviewed", "door"):
        found[name] = sum(getattr(counted, name) for _key, counted in found_lines)
    is_whole = By(sources.asked.chosen_by) == By.VILLAGE
    found["households"] = sum(counted.households or 0 for _key, counted in found_lines) if is_whole else None
    found |= {"of_pairings": len(sources.pairings), "of_villages": len({row[0] for row in sources.pairings})}
    return Counted(**only(found, Counted)), Reach(**only(found, Reach))


def only(found: dict[str, int], kind: type) -> dict[str, int]:
    return {each.name: found[each.name] for each in fields(kind)}
