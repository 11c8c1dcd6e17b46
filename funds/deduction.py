"""What an enterprise may deduct from its taxable income for what it gave, year by year (SH-50, domain P-26).

All amounts in yuan. The rules go by the tax year (= the calendar year):

- At most 12 per cent of the accounting profit of the year is deducted; a loss leaves nothing to deduct from.
- What is above it was lost until 2016. Since 2017 it is carried on for three years after the year of the gift, the
  oldest first, within the 12 per cent of each of those years; gifts from 1 September 2016 on take part.
- Gifts against poverty to the places on the list of the state are deducted in full from 2019 to the end of 2025,
  beside the 12 per cent. Whether that is prolonged is not known: from 2026 on they count as any other gift.
- Only what went through an eligible channel (SH-49) and has a receipt with its number (P-25) is deducted at all.

Nothing here reads or keeps anything: profits are handed in, and forgotten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from core.money import rounded

FIRST_YEAR = 2008  # the law on the income tax of enterprises holds since then
PART_OF_PROFIT = Decimal("0.12")
CARRIED_SINCE = date(2016, 9, 1)
FIRST_CARRYING_YEAR = 2017
YEARS_CARRIED = 3
RELIEF_YEARS = range(2019, 2026)
NOTHING = Decimal(0)


class Bar(Enum):
    """Why a gift is not deducted."""

    CHANNEL = "channel"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class Gift:
    """`is_eligible_channel`: it went through one of the channels of SH-49. `is_relief`: against poverty, to a place on
    the list of the state, and used there."""

    on: date
    amount: Decimal
    is_eligible_channel: bool
    receipt_number: str = ""
    is_relief: bool = False
    name: str = ""

    @property
    def bar(self) -> Bar | None:
        if not self.is_eligible_channel:
            return Bar.CHANNEL
        return None if self.receipt_number.strip() else Bar.RECEIPT

    @property
    def is_deducted_in_full(self) -> bool:
        return self.is_relief and self.on.year in RELIEF_YEARS


@dataclass
class Carried:
    """What is left of the gifts of one year; `last_year`: the last tax year in which it may be deducted."""

    year: int
    left: Decimal
    last_year: int


@dataclass(frozen=True)
class Used:
    """What was deducted of the gifts of one year."""

    year: int
    amount: Decimal


@dataclass
class TaxYear:
    """One line of the sheet. `used`: what was deducted within the limit, the oldest gifts first; `lost`: what can no
    longer be deducted after this year; `carried`: what can, by the year of the gift."""

    year: int
    profit: Decimal
    limit: Decimal
    given: Decimal
    in_full: Decimal
    barred: Decimal
    used: list[Used] = field(default_factory=list)
    lost: Decimal = NOTHING
    carried: list[Carried] = field(default_factory=list)

    @property
    def within_limit(self) -> Decimal:
        return sum((each.amount for each in self.used), NOTHING)

    @property
    def deducted(self) -> Decimal:
        return self.within_limit + self.in_full

    @property
    def carried_on(self) -> Decimal:
        return sum((each.left for each in self.carried), NOTHING)

    @property
    def limit_left(self) -> Decimal:
        return self.limit - self.within_limit


def limit_of(profit: Decimal) -> Decimal:
    """Of a loss nothing."""
    return rounded(max(profit, NOTHING) * PART_OF_PROFIT)


def last_year_of(on: date) -> int:
    """The last tax year in which a gift of this day may be deducted."""
    return on.year + YEARS_CARRIED if on >= CARRIED_SINCE else on.year


def years_needed(gifts: Iterable[Gift], until: int) -> list[int]:
    """The years whose profit has to be known for the sheet of the year `until`: from the first gift on, without gaps.

    What was deducted of a gift in one year decides what is left of it in the next.
    """
    years = [gift.on.year for gift in gifts if FIRST_YEAR <= gift.on.year <= until]
    return list(range(min(years, default=until), until + 1))


def deduct(gifts: Iterable[Gift], profits: Mapping[int, Decimal], until: int) -> list[TaxYear]:
    """The sheet up to the tax year `until`. KeyError where a profit of `years_needed` is missing."""
    given = list(gifts)
    found: list[TaxYear] = []
    carried: list[Carried] = []
    for year in years_needed(given, until):
        line = deduct_year(year, profits[year], [gift for gift in given if gift.on.year == year], carried)
        carried = line.carried
        found.append(line)
    return found


def deduct_year(year: int, profit: Decimal, gifts: Sequence[Gift], before: Sequence[Carried]) -> TaxYear:
    """`before`: what earlier years left. Gifts of other years are none of this one."""
    valid = [gift for gift in gifts if gift.bar is None]
    line = TaxYear(
        year=year,
        profit=profit,
        limit=limit_of(profit),
        given=total(gifts),
        in_full=total(gift for gift in valid if gift.is_deducted_in_full),
        barred=total(gift for gift in gifts if gift.bar is not None),
    )
    ordinary = sorted((gift for gift in valid if not gift.is_deducted_in_full), key=lambda gift: gift.on)
    waiting = [Carried(each.year, each.left, each.last_year) for each in before]
    waiting += [Carried(year, gift.amount, last_year_of(gift.on)) for gift in ordinary]
    left = line.limit
    for each in waiting:
        part = min(each.left, left)
        left -= part
        each.left -= part
        use(line, each.year, part)
    line.lost = sum((each.left for each in waiting if each.last_year <= year), NOTHING)
    line.carried = merged(
        each for each in waiting if each.left and each.last_year > year and year + 1 >= FIRST_CARRYING_YEAR
    )
    return line


def use(line: TaxYear, year: int, part: Decimal) -> None:
    if not part:
        return
    if line.used and line.used[-1].year == year:
        line.used[-1] = Used(year, line.used[-1].amount + part)
    else:
        line.used.append(Used(year, part))


def merged(waiting: Iterable[Carried]) -> list[Carried]:
    """One line for each year of gifts."""
    found: dict[int, Carried] = {}
    for each in waiting:
        known = found.setdefault(each.year, Carried(each.year, NOTHING, each.last_year))
        known.left += each.left
    return list(found.values())


def total(gifts: Iterable[Gift]) -> Decimal:
    return sum((gift.amount for gift in gifts), NOTHING)
