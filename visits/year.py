"""What was done in a village in one year, month by month: both sides' records, with their pictures."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q

from organisations.models import Organisation, User
from visits.models import Activity, Evidence
from visits.states import ActivityState
from visits.tallies import counted_activities

EARLIEST, LATEST = 2000, 2100
MOST = 200
MOST_PICTURES = 4  # of one activity


@dataclass
class MonthDone:
    first: date
    activities: list[Activity] = field(default_factory=list)


def in_village(user: User, village: Organisation, year: int):
    """What was done there, as far as the user sees it; each once."""
    rows = counted_activities(Activity.objects.visible_to(user))
    return rows.filter(pairing__village=village, on__year=year)


def months(user: User, village: Organisation, year: int) -> list[MonthDone]:
    """The latest month first. Pictures whose file was destroyed are left out."""
    pictures = Evidence.objects.filter(kind=Evidence.Kind.PHOTO, file__destroyed_at=None).order_by("pk")
    rows = in_village(user, village, year).select_related("unit")
    rows = rows.prefetch_related(Prefetch("evidence", pictures, to_attr="pictures")).order_by("-on", "-pk")[:MOST]
    for activity in rows:
        del activity.pictures[MOST_PICTURES:]
    return [MonthDone(first, list(found)) for first, found in groupby(rows, key=lambda each: each.on.replace(day=1))]


def by_month(user: User, village: Organisation, year: int) -> list[int]:
    """How many in each of the twelve months. One statement."""
    numbers = {f"m{month}": Count("pk", filter=Q(on__month=month)) for month in range(1, 13)}
    found = in_village(user, village, year).aggregate(**numbers)
    return [found[f"m{month}"] for month in range(1, 13)]


def years(user: User, village: Organisation, today: date) -> list[int]:
    """Those with something on record, and this one; the latest first."""
    rows = Activity.objects.visible_to(user).filter(pairing__village=village)
    found = rows.exclude(state=ActivityState.CANCELLED).order_by().values_list("on__year", flat=True).distinct()
    return sorted({today.year, *found}, reverse=True)


def year_asked(words: str, today: date) -> int:
    """That of the address; this one where it names none."""
    fits = words.isdecimal() and len(words) == 4 and EARLIEST <= int(words) <= LATEST
    return int(words) if fits else today.year
