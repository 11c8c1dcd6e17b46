"""Half-years, in which a floating member reports once (SF-33)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

JULY = 7
MONTHS = 6


@dataclass(frozen=True, order=True)
class HalfYear:
    year: int
    half: int  # 1 or 2

    def __str__(self) -> str:
        words = {"year": self.year}
        return _("first half of %(year)s") % words if self.half == 1 else _("second half of %(year)s") % words

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else JULY, 1)

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year - 1, 2) if self.half == 1 else HalfYear(self.year, 1)


def half_of(day: date) -> HalfYear:
    return HalfYear(day.year, 1 if day.month < JULY else 2)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the 28th where the month is too short to be sure of more."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, min(day.day, 28))
