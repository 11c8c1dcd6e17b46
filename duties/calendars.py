"""Duties by the day on which they are due: one's own, or how many below; on the page, and as iCalendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from core.feeds import WholeDay, as_ics
from core.months import Month, empty_month
from duties.counting.count import with_progress
from duties.fulfilling import Owed
from duties.models import Duty
from duties.querysets import DutyQuerySet
from duties.states import TONES, Standing, open_standing
from organisations.models import User

SHOWN = 3  # of one day, where a day has many
LOOKING_BACK = timedelta(days=92)
NUMBERS = {"number": Count("pk"), "met": Count("pk", filter=Q(done__gte=F("least")))}


def owned(user: User) -> DutyQuerySet:
    return Duty.objects.owed_by(user).open()


def below(user: User) -> DutyQuerySet:
    return Duty.objects.visible_to(user).open().filter(round__isnull=False)


def next_due(duties: DutyQuerySet, month: Month) -> date | None:
    """The first day after the month on which something is due."""
    days = duties.filter(due_on__gt=month.last).order_by("due_on")
    return days.values_list("due_on", flat=True).first()


def of_owner(duties: DutyQuerySet, first: date, today: date) -> Month:
    """What one owes, the first few of each day. Three statements."""
    month = empty_month(first, *Standing.values)
    rows = duties.filter(due_on__range=(first, month.last)).order_by()
    for on, number, met in rows.values_list("due_on").annotate(**NUMBERS):
        month.day(on).number = number
        tally(month, on, number, met, today)
    place = Window(RowNumber(), partition_by=F("due_on"), order_by=F("pk").asc())
    shown = rows.annotate(place=place).filter(place__lte=SHOWN).related().order_by("due_on", "pk")
    for duty in with_progress(list(shown)):
        month.day(duty.due_on).items.append(Owed(duty, today))
    return month


@dataclass(frozen=True)
class Below:
    """The duties of a round that are due on a day: how many, and how many of them are met as counted last."""

    on: date
    round_pk: int
    round: str
    number: int
    met: int
    today: date

    @property
    def tone(self) -> str:
        return TONES[Standing.MET if self.met == self.number else open_standing(self.on, self.today)]

    @property
    def url(self) -> str:
        return f"{reverse('round_duties', args=[self.round_pk])}?due={self.on}"


def of_staff(duties: DutyQuerySet, first: date, today: date) -> Month:
    """How many are due on each day in the rounds that one sees. One statement."""
    month = empty_month(first, *Standing.values)
    rows = duties.filter(due_on__range=(first, month.last))
    grouped = rows.order_by("due_on", "round").values_list("due_on", "round", "round__name").annotate(**NUMBERS)
    for on, pk, name, number, met in grouped:
        month.day(on).items.append(Below(on, pk, name, number, met, today))
        month.day(on).number += 1
        tally(month, on, number, met, today)
    return month


def tally(month: Month, on: date, number: int, met: int, today: date) -> None:
    """Those of a day stand in the counts of the month as well, as counted last."""
    month.counts[Standing.MET] += met
    month.counts[open_standing(on, today)] += number - met


def feed(user: User, *, today: date, host: str, base: str) -> bytes:
    """What the user owes now and what was due of late, as iCalendar: duties and places, never a person's name."""
    return as_ics(str(_("My duties")), days_of(user, today), host=host, base=base)


def days_of(user: User, today: date) -> Iterator[WholeDay]:
    rows = owned(user).filter(due_on__gte=today - LOOKING_BACK).related()
    for duty in rows.order_by("due_on", "pk"):
        met = f"[{Standing.MET.label}] " if duty.is_met else ""
        words = " · ".join(filter(None, [duty.period_words, f"{duty.done}/{duty.least}"]))
        stamp = datetime.combine(duty.planned_on, time(), UTC)
        summary = f"{met}{duty.name}（{duty.where}）"
        yield WholeDay(f"duty-{duty.pk}", duty.due_on, summary, duty.get_absolute_url(), stamp, words=words)
