"""A month on the page, day by day: what every calendar shares."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core.dates import month_end

EARLIEST, LATEST = 2000, 2100


@dataclass
class Day:
    """`items`: what is shown of it; `number`: how many there are."""

    on: date
    items: list[Any] = field(default_factory=list)
    number: int = 0

    @property
    def more(self) -> int:
        return self.number - len(self.items)


@dataclass
class Month:
    """`counts`: how many there are, by their state. `offset`: how many days of the week lie before its first day, and
    one; a week begins on Monday."""

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

    def day(self, on: date) -> Day:
        return self.days[on.day - 1]


def empty_month(first: date, *counted: str) -> Month:
    """Every day of it with nothing; `counted` are the states that will be counted."""
    days = [Day(first + timedelta(days=number)) for number in range(calendar.monthrange(first.year, first.month)[1])]
    return Month(first, days, dict.fromkeys(counted, 0))


def month_asked(words: str, today: date) -> date:
    """Its first day, from 2026-11; that of today where the words name no month."""
    year, _between, month = words.partition("-")
    fits = year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2
    if fits and EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)
