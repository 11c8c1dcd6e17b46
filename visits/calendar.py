"""The activities of a month, day by day: what is planned, what could not take place, what was done."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from core.dates import month_end
from visits.figures import counted_activities
from visits.models import Activity
from visits.states import ActivityState

SHOWN = 3  # of one day, where a day has many
EARLIEST, LATEST = 2000, 2100
FIRST = (ActivityState.PLANNED, ActivityState.MISSED)  # what nobody has done yet stands on top


@dataclass
class Day:
    on: date
    items: list[Activity] = field(default_factory=list)
    number: int = 0

    @property
    def more(self) -> int:
        return self.number - len(self.items)


@dataclass
class Month:
    """`offset`: how many days of the week lie before its first day; a week begins on Monday."""

    first: date
    days: list[Day]
    counts: dict[str, int]

    @property
    def last(self) -> date:
        return month_end(self.first.year, self.first.month)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)

    @property
    def offset(self) -> int:
        return self.first.weekday() + 1

    @property
    def number(self) -> int:
        return sum(self.counts.values())


def month_asked(words: str, today: date) -> date:
    """Its first day, from 2026-11; that of today where the words name no month."""
    year, _between, month = words.partition("-")
    fits = year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2
    if fits and EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def in_calendar(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """What is planned, what was missed, and what was done, each once."""
    return counted_activities(rows) | rows.filter(state__in=FIRST)


def month_of(rows: QuerySet[Activity], first: date, today: date) -> Month:
    """Of each day the first few, and how many there are. Three statements."""
    last = month_end(first.year, first.month)
    rows = in_calendar(rows).filter(on__range=(first, last)).order_by()
    days = [Day(first + timedelta(days=number)) for number in range(calendar.monthrange(first.year, first.month)[1])]
    counts = dict.fromkeys(("planned", "overdue", "missed", "done"), 0)
    for state, on, number in rows.values_list("state", "on").annotate(number=Count("pk")):
        days[on.day - 1].number += number
        counts[word_of(state, on, today)] += number
    undone: Any = Case(When(state__in=FIRST, then=Value(0)), default=Value(1), output_field=IntegerField())
    place = Window(RowNumber(), partition_by=F("on"), order_by=[undone.asc(), F("pk").asc()])
    first_few = list(rows.annotate(place=place).filter(place__lte=SHOWN).values_list("pk", flat=True))
    shown = Activity.objects.filter(pk__in=first_few).select_related("unit", "pairing__village").order_by(undone, "pk")
    for activity in shown:
        days[activity.on.day - 1].items.append(activity)
    return Month(first, days, counts)


def word_of(state: str, on: date, today: date) -> str:
    """Planned; overdue, where the day is past and nobody has said what became of it; missed; done."""
    if state == ActivityState.PLANNED:
        return "planned" if on >= today else "overdue"
    return "missed" if state == ActivityState.MISSED else "done"
