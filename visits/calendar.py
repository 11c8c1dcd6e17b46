"""The activities of a month, day by day: what is planned, what could not take place, what was done."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from core.months import Month, empty_month
from visits.models import Activity
from visits.states import ActivityState
from visits.tallies import counted_activities

SHOWN = 3  # of one day, where a day has many
FIRST = (ActivityState.PLANNED, ActivityState.MISSED)  # what nobody has done yet stands on top


def in_calendar(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """What is planned, what was missed, and what was done, each once."""
    return counted_activities(rows) | rows.filter(state__in=FIRST)


def month_of(rows: QuerySet[Activity], first: date, today: date) -> Month:
    """Of each day the first few, and how many there are. Three statements."""
    month = empty_month(first, "planned", "overdue", "missed", "done")
    rows = in_calendar(rows).filter(on__range=(first, month.last)).order_by()
    for state, on, number in rows.values_list("state", "on").annotate(number=Count("pk")):
        month.day(on).number += number
        month.counts[word_of(state, on, today)] += number
    undone: Any = Case(When(state__in=FIRST, then=Value(0)), default=Value(1), output_field=IntegerField())
    place = Window(RowNumber(), partition_by=F("on"), order_by=[undone.asc(), F("pk").asc()])
    first_few = list(rows.annotate(place=place).filter(place__lte=SHOWN).values_list("pk", flat=True))
    shown = Activity.objects.filter(pk__in=first_few).select_related("unit", "pairing__village").order_by(undone, "pk")
    for activity in shown:
        month.day(activity.on).items.append(activity)
    return month


def word_of(state: str, on: date, today: date) -> str:
    """Planned; overdue, where the day is past and nobody has said what became of it; missed; done."""
    if state == ActivityState.PLANNED:
        return "planned" if on >= today else "overdue"
    return "missed" if state == ActivityState.MISSED else "done"
