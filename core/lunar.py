"""The lunar calendar, as far as offices count by it: 腊月 is month 12 of a lunar year (domain §6.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from lunar_python import LunarMonth, Solar

TWELFTH = 12


@dataclass(frozen=True)
class TwelfthMonth:
    """腊月 of a lunar year: 29 or 30 days around January and February of the year after."""

    lunar_year: int
    first_day: date
    last_day: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def twelfth_month(lunar_year: int) -> TwelfthMonth:
    month = LunarMonth.fromYm(lunar_year, TWELFTH)
    first = Solar.fromJulianDay(month.getFirstJulianDay())
    day = date(first.getYear(), first.getMonth(), first.getDay())
    return TwelfthMonth(lunar_year, day, day + timedelta(days=month.getDayCount() - 1))


def lunar_year_of(day: date) -> int:
    """The lunar year in which a day lies: until the eve of the Spring Festival still the one before."""
    year: int = Solar.fromYmd(day.year, day.month, day.day).getLunar().getYear()
    return year
