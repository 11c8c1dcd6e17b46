"""The catalogue of what is reported because the system can't count it: measures.yaml, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "measures.yaml"
MONEY = "元"


@dataclass(frozen=True)
class Measure:
    """`adds_up`: it is of a stretch of days and several stretches add up; else of a day, and the last one counts."""

    code: str
    name: str
    unit: str
    table: str
    adds_up: bool
    clause: str

    @property
    def words(self) -> str:
        return f"{self.name}（{self.unit}）"


@cache
def measures() -> dict[str, Measure]:
    """By code, in the order of the file."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        code: Measure(code, given["名称"], given["单位"], given["表"], given["性质"] == "期间", given["出处"])
        for code, given in found.items()
    }


def of_table(table: str) -> list[Measure]:
    return [each for each in measures().values() if each.table == table]


def named(name: str) -> Measure | None:
    """The one of this name, with or without its unit behind it."""
    typed = name.strip()
    return next((each for each in measures().values() if typed in (each.name, each.words, each.code)), None)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a form, by table."""
    tables = dict.fromkeys(each.table for each in measures().values())
    return [(table, [(each.code, each.words) for each in of_table(table)]) for table in tables]
