"""Aiding units by category (SH-08), and by kind and level (AH-03): one statement each, with their denominators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, QuerySet, Sum, Value, When

from organisations.kinds import CATEGORY_OF_KIND, UNITS, Kind, Level, UnitCategory

LEVELS = (*Level.values, "")
ALWAYS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


@dataclass
class Row:
    """One category or kind: how many units on each level, and their Party members where known."""

    key: str
    label: object
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    members: int = 0

    @property
    def total(self) -> int:
        return sum(self.levels.values())

    @property
    def counts(self) -> list[tuple[str, int]]:
        return list(self.levels.items())


def category_of(path: str = "") -> Case:
    """The category of SH-08 as an expression: a central unit is one whatever its kind. `path` leads to the unit."""
    kinds = [When(**{f"{path}kind": kind}, then=Value(category)) for kind, category in CATEGORY_OF_KIND.items()]
    central = When(**{f"{path}level": Level.CENTRAL}, then=Value(UnitCategory.CENTRAL))
    return Case(central, *kinds, default=Value(UnitCategory.OTHER), output_field=CharField())


def by_category(units: QuerySet) -> list[Row]:
    """All eight and the rest, also those without a unit."""
    rows = units.order_by().annotate(category=category_of()).values_list("category", "level")
    labels = {category.value: category.label for category in UnitCategory}
    return table(labels, rows.annotate(units=Count("pk"), members=Sum("party_members", default=0)))


def by_kind(units: QuerySet) -> list[Row]:
    """Organs and institutions on their levels, enterprises, new economic and social organisations, communities."""
    rows = units.order_by().values_list("kind", "level")
    labels = {kind.value: Kind(kind).label for kind in UNITS}
    return table(labels, rows.annotate(units=Count("pk"), members=Sum("party_members", default=0)))


def table(labels: Mapping[str, object], rows: Iterable[tuple]) -> list[Row]:
    found = {key: Row(key, label) for key, label in labels.items()}
    for key, level, units, members in rows:
        found[key].levels[level] += units
        found[key].members += members
    return list(found.values())


def levels_shown(rows: list[Row]) -> list[str]:
    """The three of AH-03, and those that occur."""
    return [level for level in LEVELS if level in ALWAYS or any(row.levels[level] for row in rows)]


def totals(rows: list[Row], label: object) -> Row:
    summed: dict[str, int] = defaultdict(int)
    for row in rows:
        for level, units in row.counts:
            summed[level] += units
    return Row("", label, dict(summed), sum(row.members for row in rows))
