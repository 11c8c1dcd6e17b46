"""Statistics of visits and diaries (T6) by unit, village, rank or month: each figure with what it is out of.

Activities are read as they are kept counted (visits/tallies.py); diaries and visits at the door are counted.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, TextChoices, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from members.kinds import Rank
from organisations.kinds import Resource
from organisations.models import Organisation, User
from pairing.forms.figures import FiguresForm, near
from pairing.models import Pairing
from pairing.schemes import tags
from pairing.states import STANDING
from visits import tallies
from visits.models import ActivityMonth, DiaryEntry, HouseholdVisit
from visits.models.tally import NUMBERS
from visits.querysets.activities import few
from visits.tallies import Aspect, Extent


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
ORGANISATIONS = {  # which column leads to the organisation of a line: of an activity, an entry, a pairing or visit
    By.UNIT: ("unit", "diary__member__organisation", "unit"),
    By.VILLAGE: ("pairing__village", "village", "village"),
}
RANKS = ("ranks", "diary__member__rank", "recorded_by__member__rank")
IN_ALL = "in all"


class Key(NamedTuple):
    """What a line is about, in the order of the lines; `value` narrows the list behind its numbers."""

    order: Any
    value: Any
    name: Any


@dataclass
class Counted:
    """`recorded` activities, of them `confirmed`, of those `trips` to the village; person-times of those who `went`;
    visits at the `door` and how many `households` they reached."""

    recorded: int = 0
    confirmed: int = 0
    trips: int = 0
    went: int = 0
    door: int = 0
    households: int = 0
    entries: int = 0
    unreviewed: int = 0


@dataclass
class Reach:
    """How many of the standing pairings and their villages have a confirmed activity in these days."""

    pairings: int = 0
    of_pairings: int = 0
    villages: int = 0
    of_villages: int = 0


@dataclass
class Sources:
    """What the lines and their sum are both counted from, each looked up once."""

    user: User
    asked: FiguresForm
    in_all: dict[str, Sequence[int]] = field(default_factory=dict)  # found together with the lines

    @cached_property
    def by(self) -> By:
        return By(self.asked.chosen_by)

    @cached_property
    def extent(self) -> Extent:
        return Extent(self.user, self.asked)

    @cached_property
    def entries(self) -> QuerySet[DiaryEntry]:
        rows = DiaryEntry.objects.visible_to(self.user).filter(on__range=self.asked.days())
        if self.asked.chosen_round:
            rows = rows.filter(diary__round=self.asked.chosen_round)
        return rows.filter(self.asked.near("diary__member__organisation", "village")).order_by()

    @cached_property
    def visits(self) -> QuerySet[HouseholdVisit]:
        """Those at a door that took place."""
        rows = HouseholdVisit.objects.visible_to(self.user).paid().filter(on__range=self.asked.days())
        if self.asked.chosen_round:
            rows = rows.filter(round=self.asked.chosen_round)
        return rows.filter(self.asked.near("unit", "village")).order_by()


def places(sources: Sources) -> list[int] | None:
    """The organisations of the lines, in their order: all that are paired, and whoever else has something on record.
    None where the lines are no organisations."""
    if sources.by not in ORGANISATIONS:
        return None
    of_activity, of_entry, of_pairing = ORGANISATIONS[sources.by]
    extent = sources.extent
    beside = Q(pairing__in=extent.pairings.exclude(state__in=STANDING).values("pk"))
    if sources.by == By.UNIT:
        beside |= Q(pairing__in=extent.pairings.filter(partners__isnull=False).values("pk"))
    done = ActivityMonth.objects.filter(beside, extent.near, aspect=Aspect.WHOLE, month__range=extent.months)
    found = (  # united: as conditions of one question, each would be asked anew for each organisation
        extent.pairings.filter(state__in=STANDING).values_list(of_pairing),
        done.values_list(of_activity),
        sources.entries.values_list(of_entry),
        sources.visits.values_list(of_pairing),
    )
    keys = found[0].order_by().union(*(each.order_by() for each in found[1:]))
    rows = Organisation.objects.filter(pk__in=keys)
    return list(rows.order_by("path").values_list("pk", flat=True))


def lines(sources: Sources, shown: Collection[int] | None, *, is_first: bool = True) -> list[tuple[Key, Counted]]:
    """Of these organisations; all, where the lines are none. Entries that name no village stand on the first page."""
    keys = keys_of(sources.by, shown)
    found: dict[Any, Counted] = {value: Counted() for value in shown or ()}
    numbers_of = activities(sources, shown)
    sources.in_all["activities"] = numbers_of.pop(tallies.IN_ALL, [0] * len(NUMBERS))
    for value, (recorded, confirmed, trips, went) in numbers_of.items():
        found[value] = Counted(recorded, confirmed, trips, went)
    for what, value, *numbers in written(sources, shown, is_first=is_first):
        if what.startswith(IN_ALL):
            sources.in_all[what] = numbers
        elif what == "door":
            found[value] = replace(found.get(value, Counted()), door=numbers[0], households=numbers[1])
        else:
            found[value] = replace(found.get(value, Counted()), entries=numbers[0], unreviewed=numbers[1])
    return sorted(((keys(value), counted) for value, counted in found.items()), key=lambda line: line[0].order)


def keys_of(by: By, shown: Collection[int] | None) -> Callable[[Any], Key]:
    if shown is not None:
        rows = Organisation.objects.filter(pk__in=shown).order_by().values_list("pk", "path", "name")
        known = {pk: Key(path, pk, name) for pk, path, name in rows}
        return lambda value: known.get(value, Key("", None, None))
    named = tags.names() if by == By.TAG else {}
    return partial(key_of, by, named)


def key_of(by: By, named: dict[str, str], value: Any) -> Key:
    if by == By.RANK:
        return Key(Rank.values.index(value) if value else len(Rank), value, Rank(value).label if value else "")
    if by == By.RESOURCE:
        return Key(Resource.values.index(value), value, Resource(value).label)
    return Key(value, value, named.get(value, value))


def activities(sources: Sources, shown: Collection[int] | None) -> tallies.Numbers:
    if sources.by == By.MONTH:
        return tallies.by_month(sources.extent)
    if shown is None:
        return tallies.by_value(sources.extent, Aspect(sources.by.value))
    return tallies.by_organisation(sources.extent, ORGANISATIONS[sources.by][0], shown)


def written(sources: Sources, shown: Collection[int] | None, *, is_first: bool) -> Iterable[tuple]:
    """Entries of diaries and visits at a door, by the line and in all: what, line, two numbers. One statement."""
    if sources.by in OF_ACTIVITIES:
        return ()
    _activity, of_entry, of_visit = ORGANISATIONS.get(
        sources.by, ("", "diary__member__rank", "recorded_by__member__rank")
    )
    entries = {"first": Count("pk"), "second": Count("pk", filter=Q(reviewed_at=None))}
    visits = {"first": Count("pk"), "second": Count("target_household", distinct=True)}
    parts = []
    for what, rows, column, numbers in (
        ("entries", sources.entries, of_entry, entries),
        ("door", sources.visits, of_visit, visits),
    ):
        line: Any = TruncMonth("on") if sources.by == By.MONTH else F(column)
        if sources.by == By.RANK:
            line = Coalesce(line, Value(""), output_field=CharField())
        own = rows
        if shown is not None:
            nowhere = Q(**{f"{column}__isnull": True}) if is_first else Q()
            own = rows.filter(Q(**{f"{column}__in": shown}) | nowhere)
        parts.append(counted(own, what, line, numbers))
        parts.append(counted(rows, f"{IN_ALL} {what}", Value(None, output_field=CharField()), numbers))
    first, *more = parts
    return first.union(*more, all=True)


def counted(rows: QuerySet, what: str, line: Any, numbers: dict[str, Count]) -> QuerySet:
    named = rows.annotate(what=Value(what), line=line).values_list("what", "line")
    return named.annotate(**numbers)


def totals(sources: Sources) -> tuple[Counted, Reach]:
    """Each activity and each household once, whatever the lines; after `lines`."""
    recorded, confirmed, trips, went = sources.in_all["activities"]
    door, households = sources.in_all.get(f"{IN_ALL} door", (0, 0))
    entries, unreviewed = sources.in_all.get(f"{IN_ALL} entries", (0, 0))
    return Counted(recorded, confirmed, trips, went, door, households, entries, unreviewed), reach(sources.extent)


def reach(extent: Extent) -> Reach:
    """By village first, so that whether a pairing was reached is asked once."""
    of_village = extent.pairings.filter(state__in=STANDING).values("village").annotate(
        standing=Count("pk"), reached=Count("pk", filter=tallies.reached(extent))
    )  # fmt: skip
    found = of_village.aggregate(
        pairings=Sum("reached", default=0),
        of_pairings=Sum("standing", default=0),
        villages=Count("village", filter=Q(reached__gt=0)),
        of_villages=Count("village"),
    )
    return Reach(**found)


def is_narrow(user: User, asked: Mapping[str, str]) -> bool:
    """Whether it is about so few pairings that the people of their activities can be listed."""
    if asked.get("unit") or asked.get("village"):
        return True
    rows = Pairing.objects.visible_to(user)
    return (
        few(rows.filter(near(user, asked.get("place", ""), "unit", "village", "partners__unit")).distinct()) is not None
    )
