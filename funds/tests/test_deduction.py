"""The deduction of gifts, case by case (domain P-25, P-26)."""

from datetime import date
from decimal import Decimal

import pytest

from funds.deduction import Bar, Carried, Gift, TaxYear, Used, deduct, limit_of, years_needed

pytestmark = pytest.mark.clause("SH-50")
YUAN = Decimal


def gift(on: date, amount: str, *, channel: bool = True, receipt: str = "0001", relief: bool = False) -> Gift:
    return Gift(on, YUAN(amount), channel, receipt, relief)


def sheet(gifts: list[Gift], profits: dict[int, str], until: int) -> TaxYear:
    return deduct(gifts, {year: YUAN(profit) for year, profit in profits.items()}, until)[-1]


@pytest.mark.parametrize(
    ("profit", "limit"),
    [
        ("1000000", "120000.00"),
        ("0", "0.00"),
        ("-500000", "0.00"),
        ("0.04", "0.00"),
        ("0.05", "0.01"),
        ("1000000000.00", "120000000.00"),
    ],
)
def test_twelve_per_cent_of_the_profit_and_nothing_of_a_loss(profit, limit):
    assert limit_of(YUAN(profit)) == YUAN(limit)


def test_what_stays_below_the_limit_is_deducted_whole():
    line = sheet([gift(date(2024, 5, 1), "100000")], {2024: "1000000"}, 2024)
    assert (line.limit, line.deducted, line.carried_on, line.lost, line.limit_left) == (120000, 100000, 0, 0, 20000)


def test_exactly_the_limit_leaves_nothing_over():
    line = sheet([gift(date(2024, 5, 1), "120000")], {2024: "1000000"}, 2024)
    assert (line.deducted, line.carried, line.limit_left) == (120000, [], 0)


@pytest.mark.parametrize("year", [2010, 2013, 2015])
def test_before_2016_what_is_above_the_limit_is_lost(year):
    gifts = [gift(date(year, 6, 1), "200000")]
    line = sheet(gifts, {year: "1000000"}, year)
    assert (line.deducted, line.lost, line.carried) == (120000, 80000, [])
    later = sheet(gifts, {year: "1000000", year + 1: "1000000"}, year + 1)
    assert later.deducted == 0


def test_gifts_until_the_end_of_august_2016_are_not_carried_and_those_from_september_are():
    gifts = [gift(date(2016, 8, 31), "70000"), gift(date(2016, 9, 1), "90000")]
    line = sheet(gifts, {2016: "500000"}, 2016)
    assert (line.limit, line.deducted, line.lost) == (60000, 60000, 10000)
    assert line.carried == [Carried(2016, YUAN("90000.00"), 2019)]
    after = sheet(gifts, {2016: "500000", 2017: "1000000"}, 2017)
    assert after.used == [Used(2016, YUAN("90000.00"))]


def test_what_is_above_is_carried_for_three_years_and_lost_then():
    gifts = [gift(date(2020, 3, 1), "100000")]
    profits = {2020: "0", 2021: "-1", 2022: "100000", 2023: "200000", 2024: "9000000"}
    lines = deduct(gifts, {year: YUAN(profit) for year, profit in profits.items()}, 2024)
    assert [(line.year, line.deducted, line.carried_on, line.lost) for line in lines] == [
        (2020, 0, 100000, 0),
        (2021, 0, 100000, 0),
        (2022, 12000, 88000, 0),
        (2023, 24000, 0, 64000),
        (2024, 0, 0, 0),
    ]


def test_the_oldest_is_deducted_first_and_all_of_it_within_the_limit_of_the_year():
    gifts = [gift(date(2021, 1, 1), "50000"), gift(date(2022, 1, 1), "50000"), gift(date(2023, 1, 1), "50000")]
    line = sheet(gifts, {2021: "0", 2022: "0", 2023: "1000000"}, 2023)
    assert line.used == [Used(2021, YUAN(50000)), Used(2022, YUAN(50000)), Used(2023, YUAN(20000))]
    assert (line.within_limit, line.carried) == (120000, [Carried(2023, YUAN(30000), 2026)])


@pytest.mark.parametrize(("year", "deducted"), [(2018, 12000), (2019, 300000), (2025, 300000), (2026, 12000)])
def test_gifts_against_poverty_are_deducted_in_full_from_2019_to_2025(year, deducted):
    line = sheet([gift(date(year, 12, 31), "300000", relief=True)], {year: "100000"}, year)
    assert line.deducted == deducted


def test_gifts_against_poverty_leave_the_limit_to_the_others():
    gifts = [gift(date(2023, 2, 1), "300000", relief=True), gift(date(2023, 3, 1), "150000")]
    line = sheet(gifts, {2023: "1000000"}, 2023)
    assert (line.in_full, line.within_limit, line.deducted, line.carried_on) == (300000, 120000, 420000, 30000)


def test_in_a_year_of_loss_gifts_against_poverty_are_deducted_all_the_same():
    line = sheet([gift(date(2020, 2, 1), "80000", relief=True)], {2020: "-1000000"}, 2020)
    assert (line.limit, line.deducted) == (0, 80000)


@pytest.mark.parametrize(
    ("given", "bar"),
    [
        (gift(date(2024, 1, 1), "1", channel=False), Bar.CHANNEL),
        (gift(date(2024, 1, 1), "1", channel=False, receipt=""), Bar.CHANNEL),
        (gift(date(2024, 1, 1), "1", receipt=" "), Bar.RECEIPT),
        (gift(date(2024, 1, 1), "1"), None),
    ],
)
def test_without_an_eligible_channel_or_a_receipt_nothing_is_deducted(given, bar):
    assert given.bar == bar
    line = sheet([given], {2024: "1000000"}, 2024)
    assert (line.given, line.deducted, line.barred) == ((1, 0, 1) if bar else (1, 1, 0))
    assert line.carried == []


def test_a_relief_gift_handed_straight_to_the_village_is_not_deducted_either():
    line = sheet([gift(date(2024, 1, 1), "100", channel=False, relief=True)], {2024: "1000000"}, 2024)
    assert (line.in_full, line.deducted, line.barred) == (0, 0, 100)


def test_cents_add_up_exactly():
    gifts = [gift(date(2024, 1, 1), "0.10"), gift(date(2024, 1, 2), "0.20")]
    line = sheet(gifts, {2024: "1"}, 2024)
    assert (line.limit, line.deducted, line.carried_on) == (YUAN("0.12"), YUAN("0.12"), YUAN("0.18"))


def test_every_year_since_the_first_gift_has_to_be_known():
    gifts = [gift(date(2021, 1, 1), "1"), gift(date(2027, 1, 1), "1")]
    assert years_needed(gifts, 2024) == [2021, 2022, 2023, 2024]
    assert years_needed([], 2024) == [2024]
    with pytest.raises(KeyError):
        deduct(gifts, {2024: YUAN(1)}, 2024)
