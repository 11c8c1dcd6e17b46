"""Lunar month 12 against the published calendar: 2026-02-17, 2025-01-29 and 2023-01-22 were Spring Festivals."""

from datetime import date, timedelta

import pytest

from core.lunar import lunar_year_of, twelfth_month


@pytest.mark.clause("SF-37")
@pytest.mark.parametrize(
    ("lunar_year", "first", "festival"),
    [
        (2025, date(2026, 1, 19), date(2026, 2, 17)),
        (2024, date(2024, 12, 31), date(2025, 1, 29)),
        (2022, date(2022, 12, 23), date(2023, 1, 22)),
        (2019, date(2019, 12, 26), date(2020, 1, 25)),
    ],
)
def test_month_twelve_ends_on_the_eve_of_the_spring_festival(lunar_year, first, festival):
    month = twelfth_month(lunar_year)
    assert (month.first_day, month.last_day) == (first, festival - timedelta(days=1))
    assert (first in month, month.last_day in month, festival in month) == (True, True, False)


def test_a_lunar_year_lasts_until_the_eve_of_the_spring_festival():
    assert [lunar_year_of(date(2026, 2, day)) for day in (16, 17)] == [2025, 2026]
