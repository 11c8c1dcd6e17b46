"""The periods in which something is due: months, quarters, half-years, years, and month 12 of a lunar year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.dates import month_end
from core.lunar import lunar_year_of, twelfth_month

AGREEMENT_YEAR, LUNAR_YEAR, TURN = "A", "L", "T"  # how their keys begin


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole days, both ends counted. `key` sorts and is never the same for two periods of one kind."""

    first_day: date
    last_day: date
    key: str

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def months(since: date, until: date) -> Iterator[Period]:
    return _parts_of_years(since, until, 12, "{year}-{part:02}")


def quarters(since: date, until: date) -> Iterator[Period]:
    return _parts_of_years(since, until, 4, "{year}Q{part}")


def half_years(since: date, until: date) -> Iterator[Period]:
    return _parts_of_years(since, until, 2, "{year}H{part}")


def years(since: date, until: date) -> Iterator[Period]:
    return _parts_of_years(since, until, 1, "{year}")


def lunar_twelfth_months(since: date, until: date) -> Iterator[Period]:
    """腊月, by lunar year: it begins twice in 2024 and not at all in 2025."""
    for lunar_year in range(lunar_year_of(since), until.year + 1):
        month = twelfth_month(lunar_year)
        if max(month.first_day, since) <= min(month.last_day, until):
            yield Period(month.first_day, month.last_day, f"{LUNAR_YEAR}{lunar_year}")


def before_july(since: date, until: date, days: int) -> Iterator[Period]:
    """七一前夕: the `days` days before 1 July of each year; keyed by the year."""
    for year in range(since.year, until.year + 1):
        july = date(year, 7, 1)
        first, last = july - timedelta(days=days), july - timedelta(days=1)
        if max(first, since) <= min(last, until):
            yield Period(first, last, str(year))


def _parts_of_years(since: date, until: date, parts: int, key: str) -> Iterator[Period]:
    """All that share a day with the stretch; none where it ends before it begins."""
    length = 12 // parts
    for year in range(since.year, until.year + 1):
        for part in range(1, parts + 1):
            first, last = date(year, (part - 1) * length + 1, 1), month_end(year, part * length)
            if max(first, since) <= min(last, until):
                yield Period(first, last, key.format(year=year, part=part))


def words_of(key: str) -> str:
    """A period as a person reads it; nothing where there is but one."""
    words = {"year": key[:4], "part": key[5:].lstrip("0"), "number": key[1:].lstrip("0")}
    if key.startswith(AGREEMENT_YEAR):
        return _("agreement year %(number)s") % words
    if key.startswith(TURN):
        return _("turn %(number)s") % words
    if key.startswith(LUNAR_YEAR):
        return _("lunar month 12 of %(number)s") % words
    sentences = {
        "": _("year %(year)s"),
        "-": _("%(year)s, month %(part)s"),
        "Q": _("quarter %(part)s of %(year)s"),
        "H": _("first half of %(year)s") if words["part"] == "1" else _("second half of %(year)s"),
    }
    return sentences[key[4:5]] % words if key else ""
