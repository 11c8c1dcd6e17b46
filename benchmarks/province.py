"""All of a province in one database: visits, ledgers, a year of duties, people, what was reported and judged."""

from datetime import date, datetime

from django.utils import timezone

from benchmarks import data, funding, owing, populating
from duties.counting.count import count_all
from duties.planning import plan
from organisations.models import User


def build(villages: int, pairings: int, activities: int, entries: int) -> User:
    """Fill an empty database; returns the organiser of the whole."""
    organiser = data.build(villages, pairings)
    owing.prepare(organiser, activities)
    funding.fill(organiser, villages, max(2, entries // min(villages, pairings)))
    populating.populate(organiser)
    data.analyse()
    now: datetime = timezone.now()
    plan(date(now.year, 1, 1))
    plan(date(now.year, 12, 31))
    count_all(now)
    data.analyse()
    return organiser
