"""Reading what is kept counted of activities: whole rounds by the day, single pairings by the month, whatever the days.

Exactly what counting the activities themselves would say (visits/tests/test_tallies.py).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Field,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, TruncMonth

from core.dates import month_end
from organisations.models import User
from organisations.querysets import lies_in
from pairing.forms.figures import FiguresForm
from pairing.models import Pairing
from visits.models import Activity, ActivityDay, ActivityMonth
from visits.models.tally import NUMBERS, TRIPS, Tally
from visits.querysets.activities import few
from visits.states import RECORDED, ActivityState

Aspect = Tally.Aspect
LISTS = {Aspect.TAG: "tags", Aspect.RESOURCE: "resources", Aspect.RANK: "ranks"}
CONFIRMED = Q(state=ActivityState.CONFIRMED)
Numbers = dict[Any, list[int]]
IN_ALL = None  # the line of all


def counted_activities(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """What was done, once: a correction that waits is the same as what it corrects."""
    return rows.filter(CONFIRMED | Q(state__in=RECORDED, corrects=None))


@dataclass
class Extent:
    """Which pairings the figures look at, and which days: what the user sees, of the round and place asked for."""

    user: User
    asked: FiguresForm

    @cached_property
    def pairings(self) -> QuerySet[Pairing]:
        rows = Pairing.objects.visible_to(self.user).order_by()
        if self.asked.chosen_round:
            rows = rows.filter(round=self.asked.chosen_round)
        if not self.asked.words:
            return rows
        found = rows.filter(self.asked.near("unit", "village", "partners__unit"))
        return Pairing.objects.filter(pk__in=found.values("pk")).order_by()

    @cached_property
    def rounds(self) -> list[int]:
        """Those of which all pairings are looked at: the user organises them, and no place is asked for."""
        if self.asked.words:
            return []
        scopes, chosen = self.user.scopes(), self.asked.chosen_round
        organised = (each for each in self.asked.rounds if any(lies_in(each.organiser.path, path) for path in scopes))
        return [each.pk for each in organised if chosen in (None, each)]

    @cached_property
    def others(self) -> Any:
        """The pairings beside these rounds: their keys where they are few."""
        rows = self.pairings.exclude(round__in=self.rounds)
        keys = few(rows)
        return rows.values("pk") if keys is None else keys

    @cached_property
    def near(self) -> Q:
        """A partner of a consortium may lie elsewhere than the pairing's unit."""
        return self.asked.near("unit", "pairing__unit", "pairing__village")

    @property
    def months(self) -> tuple[date, date]:
        since, until = self.asked.days()
        return since.replace(day=1), until.replace(day=1)

    @property
    def outside(self) -> Q:
        """The days that lie in these months and are not asked for; empty where whole months are."""
        since, until = self.asked.days()
        last = month_end(until.year, until.month)
        before = Q(on__range=(since.replace(day=1), since - timedelta(days=1))) if since.day > 1 else Q()
        after = Q(on__range=(until + timedelta(days=1), last)) if until < last else Q()
        return before | after


def of_months(extent: Extent, pairings, aspect: Aspect) -> QuerySet[ActivityMonth]:
    rows = ActivityMonth.objects.filter(pairing__in=pairings, aspect=aspect, month__range=extent.months)
    return rows.filter(extent.near).order_by()


def of_days(extent: Extent, aspect: Aspect) -> QuerySet[ActivityDay]:
    rows = ActivityDay.objects.filter(round__in=extent.rounds, aspect=aspect)
    return rows.filter(on__range=extent.asked.days()).order_by()


def by_value(extent: Extent, aspect: Aspect) -> Numbers:
    """By kind, tag, resource or rank; `IN_ALL` each activity once. One statement."""
    return summed(
        kept(of_days(extent, aspect), F("value")),
        kept(of_months(extent, extent.others, aspect), F("value")),
        taken_away(extent, extent.others, aspect, line_of(aspect)),
        *in_all(extent, CharField()),
    )


def by_month(extent: Extent) -> Numbers:
    """By the first day of each month; `IN_ALL` all of them. One statement."""
    return summed(
        kept(of_days(extent, Aspect.WHOLE), TruncMonth("on")),
        kept(of_months(extent, extent.others, Aspect.WHOLE), F("month")),
        taken_away(extent, extent.others, Aspect.WHOLE, TruncMonth("on")),
        *in_all(extent, DateField()),
    )


def by_organisation(extent: Extent, column: str, places: Collection[int]) -> Numbers:
    """Of these units or villages, to which `column` leads; `IN_ALL` those of all. One statement."""
    own = Q(**{f"{column}__in": places})
    pairings = extent.pairings.values("pk")
    rows = of_months(extent, pairings, Aspect.WHOLE).filter(own)
    return summed(
        kept(rows, F(column)),
        taken_away(extent, pairings, Aspect.WHOLE, F(column), own),
        *in_all(extent, BigIntegerField()),
    )


def in_all(extent: Extent, type_of_lines: Field) -> list[QuerySet | None]:
    line = Cast(Value(None), type_of_lines)
    return [
        kept(of_days(extent, Aspect.WHOLE), line),
        kept(of_months(extent, extent.others, Aspect.WHOLE), line),
        taken_away(extent, extent.others, Aspect.WHOLE, line),
    ]


def reached(extent: Extent) -> Q:
    """Pairings with a confirmed activity in these days. Who has one outside of them is asked for each day."""
    rows = ActivityMonth.objects.filter(extent.near, aspect=Aspect.WHOLE, month__range=extent.months)
    if not extent.rounds:  # nearly all of them are looked at anyway, and whose they are is asked outside
        rows = rows.filter(pairing__in=extent.others)
    active = rows.order_by().values("pairing").annotate(number=Sum("confirmed")).filter(number__gt=0)
    found = Q(pk__in=active.values("pairing"))
    if not extent.outside:
        return found
    confirmed = Activity.objects.filter(CONFIRMED, extent.near).order_by()
    within_days = confirmed.filter(pairing=OuterRef("pk"), on__range=extent.asked.days())
    return found & (~Q(pk__in=confirmed.filter(extent.outside).values("pairing")) | Q(Exists(within_days)))


def line_of(aspect: Aspect) -> Any:
    column = LISTS.get(aspect)
    return Func(F(column), function="unnest", output_field=CharField()) if column else F("name")


def kept(rows: QuerySet, line: Any) -> QuerySet:
    sums = {f"sum_{name}": Sum(name, default=0) for name in NUMBERS}
    return rows.annotate(line=line).values_list("line").annotate(**sums)


def taken_away(extent: Extent, pairings, aspect: Aspect, line: Any, own: Q | None = None) -> QuerySet | None:
    """What is counted in a month but lies outside the days asked for; None where whole months are."""
    if not extent.outside:
        return None
    rows = counted_activities(Activity.objects.filter(extent.outside, own or Q(), pairing__in=pairings))
    each = Count("pk", distinct=True, filter=CONFIRMED)
    went: Any = Count("pk", filter=CONFIRMED)
    if aspect != Aspect.RANK:
        went = Sum(Func(F("ranks"), function="cardinality", output_field=IntegerField()), filter=CONFIRMED, default=0)
    numbers = {
        "sum_recorded": -Count("pk", distinct=True),
        "sum_confirmed": -each,
        "sum_trips": -Count("pk", distinct=True, filter=CONFIRMED & Q(nature__in=TRIPS)),
        "sum_went": -went,
    }
    found = rows.filter(extent.near).order_by().annotate(line=line)
    return found.values_list("line").annotate(**numbers)


def summed(*parts: QuerySet | None) -> Numbers:
    """One statement; lines on which nothing is left are left out."""
    first, *more = [part for part in parts if part is not None]
    found: Numbers = defaultdict(lambda: [0] * len(NUMBERS))
    for line, *numbers in first.union(*more, all=True):
        found[line] = [sum(pair) for pair in zip(found[line], numbers, strict=True)]
    return {line: numbers for line, numbers in found.items() if any(numbers)}
