"""Periods: which share a day with a stretch, how their keys sort, and how a person reads them."""

from datetime import date
from itertools import pairwise

import pytest

from core import periods


def keys(found) -> list[str]:
    return [period.key for period in found]


@pytest.mark.parametrize(
    ("year", "begun"),
    [(2023, []), (2024, [2023, 2024]), (2025, []), (2026, [2025])],
)
def test_lunar_month_12_begins_twice_in_2024_and_not_at_all_in_2025(year, begun):
    found = periods.lunar_twelfth_months(date(year, 1, 1), date(year, 12, 31))
    assert [period.key for period in found if period.first_day.year == year] == [f"L{each}" for each in begun]


def test_a_lunar_month_12_that_reaches_over_new_year_is_found_from_both_years():
    of_2024 = list(periods.lunar_twelfth_months(date(2025, 1, 1), date(2025, 12, 31)))
    assert [(each.first_day, each.last_day, each.key) for each in of_2024] == [
        (date(2024, 12, 31), date(2025, 1, 28), "L2024")
    ]
    assert keys(periods.lunar_twelfth_months(date(2024, 12, 31), date(2024, 12, 31))) == ["L2024"]
    assert keys(periods.lunar_twelfth_months(date(2025, 1, 29), date(2026, 1, 18))) == []


def test_every_quarter_that_shares_a_day_with_the_stretch_is_there_as_a_whole():
    found = list(periods.quarters(date(2026, 3, 31), date(2026, 7, 1)))
    assert keys(found) == ["2026Q1", "2026Q2", "2026Q3"]
    assert (found[0].first_day, found[-1].last_day) == (date(2026, 1, 1), date(2026, 9, 30))
    assert [period.days for period in found] == [90, 91, 92]
    assert keys(periods.quarters(date(2026, 4, 1), date(2026, 6, 30))) == ["2026Q2"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (periods.years, 4),
        (periods.half_years, 8),
        (periods.quarters, 15),
        (periods.months, 41),
        (periods.lunar_twelfth_months, 3),
    ],
)
def test_keys_sort_as_the_days_do_and_none_comes_twice(kind, expected):
    """An agreement signed in March 2010 that ends in July 2013 (domain §6.2)."""
    found = list(kind(date(2010, 3, 24), date(2013, 7, 31)))
    assert keys(found) == sorted(set(keys(found)))
    assert found == sorted(found)
    assert all(earlier.last_day < later.first_day for earlier, later in pairwise(found))
    assert len(found) == expected


def test_nothing_is_due_in_a_stretch_that_ends_before_it_begins():
    assert keys(periods.months(date(2026, 7, 2), date(2026, 7, 1))) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2026", "2026年"),
        ("2026H1", "2026年上半年"),
        ("2026H2", "2026年下半年"),
        ("2026Q3", "2026年第3季度"),
        ("2026-07", "2026年7月"),
        ("2026-12", "2026年12月"),
        ("L2026", "2026年农历腊月"),
        ("A2", "协议第2年"),
        ("A02", "协议第2年"),
        ("A10", "协议第10年"),
        ("", ""),
    ],
)
def test_a_period_reads_as_people_say_it(key, words):
    assert periods.words_of(key) == words
