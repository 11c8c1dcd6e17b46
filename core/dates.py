"""Dates as Chinese offices write them, and deadlines that may or may not count their own day."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language


def chinese_date(day: date) -> str:
    """2010年7月1日"""
    return f"{day.year}年{day.month}月{day.day}日"


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_years(day: date, years: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def localized_date(day: date) -> str:
    return chinese_date(day) if (get_language() or "zh").startswith("zh") else day.isoformat()


@dataclass(frozen=True)
class Deadline:
    """「4月30日前」: the day itself counts unless `inclusive` is False (domain §6.2)."""

    on: date
    inclusive: bool = True

    @property
    def last_day(self) -> date:
        """The last day that counts."""
        return self.on if self.inclusive else self.on - timedelta(days=1)

    def is_met_on(self, day: date) -> bool:
        return day <= self.last_day

    def days_left(self, today: date) -> int:
        """Whole days until the last day that counts; negative once it is past."""
        return (self.last_day - today).days
