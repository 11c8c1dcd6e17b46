"""Village facts of a year beside those of a baseline year; whether both incomes rose (TN-13 「双增加」)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from organisations.models import VillageFacts

COUNTS = ("households", "population", "party_members")
INCOMES = ("collective_income", "villagers_income")


@dataclass(frozen=True)
class Measure:
    """One figure then and now; None is not known."""

    name: str
    title: object
    is_money: bool
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """With one digit; from nothing there is no percentage."""
        if self.change is None or not self.before:
            return None
        return round(100 * self.change / self.before, 1)

    @property
    def rose(self) -> bool | None:
        return None if self.change is None else self.change > 0


@dataclass(frozen=True)
class Comparison:
    baseline: VillageFacts
    year: VillageFacts
    measures: list[Measure]

    @property
    def incomes(self) -> list[Measure]:
        return [measure for measure in self.measures if measure.name in INCOMES]

    @property
    def both_rose(self) -> bool | None:
        """None where one of the four figures is missing: nothing is said then."""
        answers = [measure.rose for measure in self.incomes]
        return None if None in answers else all(answers)

    @property
    def missing(self) -> list[Measure]:
        return [measure for measure in self.incomes if measure.change is None]

    @property
    def not_risen(self) -> list[Measure]:
        return [measure for measure in self.incomes if measure.rose is False]


def compare(baseline: VillageFacts, year: VillageFacts) -> Comparison:
    return Comparison(baseline, year, [measure(name, baseline, year) for name in (*COUNTS, *INCOMES)])


def measure(name: str, baseline: VillageFacts, year: VillageFacts) -> Measure:
    field: Any = VillageFacts._meta.get_field(name)
    return Measure(name, field.verbose_name, name in INCOMES, getattr(baseline, name), getattr(year, name))


def chosen(facts: Sequence[VillageFacts], baseline: str, year: str) -> Comparison | None:
    """The years that the address names, else the first and the last of those recorded; None with fewer than two."""
    by_year = {str(one.year): one for one in sorted(facts, key=lambda one: one.year)}
    if len(by_year) < 2:
        return None
    years = list(by_year)
    first, last = by_year.get(baseline), by_year.get(year)
    return compare(first or by_year[years[0]], last or by_year[years[-1]])
