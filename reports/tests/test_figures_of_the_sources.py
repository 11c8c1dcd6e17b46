"""Every figure that the nine texts print has a cell in one of the tables, in the shape in which it is printed."""

import csv
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils.translation import override

from organisations.models import User
from reports.statistics.frame import Asked, Sheet, all_statistics, sheet_of
from reports.tests.sources import FIRST, LAST, SOURCES

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("figures.tsv")
FIGURES = 69
PROVED = {
    "XC": ("XC-15", "XC-16", "XC-17"),
    "SF": ("SF-02", "SF-04", "SF-05", "SF-06", "SF-08", "SF-17", "SF-18", "SF-19", "SF-25"),
    "XY": ("XY-16", "XY-17", "XY-22", "XY-25"),
    "YD": ("YD-04", "YD-07", "YD-08", "YD-09"),
    "QX": ("QX-01", "QX-18", "QX-19", "QX-21", "QX-24", "QX-26", "QX-29", "QX-30"),
    "SH": (),
}


def cells() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_figure_has_a_cell():
    assert {int(each["figure"]) for each in cells()} == set(range(1, FIGURES + 1))


@pytest.mark.parametrize(
    "text", [pytest.param(text, marks=[pytest.mark.clause(each) for each in PROVED[text]]) for text in SOURCES]
)
def test_each_figure_of_a_text_stands_in_its_table_as_it_is_printed(text):
    there = SOURCES[text]()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # thousands of rows that the planner does not know of, in one transaction
    sheets: dict[tuple[str, str], Sheet] = {}
    missing = []
    for each in (each for each in cells() if each["text"] == text):
        asked = each["table"], each["asked"]
        sheets.setdefault(asked, sheet(there.organiser, *asked))
        if not any(fnmatchcase(printed, each["printed"]) for printed in printed_in(sheets[asked], each)):
            missing.append((each, printed_in(sheets[asked], each)))
    assert missing == []


def sheet(user: User, table: str, query: str) -> Sheet:
    statistic = all_statistics()[table]
    given = QueryDict(query, mutable=True)
    given.update({"since": str(FIRST), "until": str(LAST)})
    with override("en"):
        form = statistic.form(given, user=user, by=statistic.by)
        return sheet_of(statistic, Asked(user, form, 1))


def printed_in(found: Sheet, cell: dict[str, str]) -> list[str]:
    """What stands in the cells of this line and column."""
    if cell["part"] == "facts":
        return [f"{each.value} / {each.of}" for each in found.facts if each.title == cell["line"]]
    parts = [each.table for each in found.sections if each.title == cell["part"]]
    return [figure for table in parts for figure in column_of(table, cell["line"], cell["column"])]


def column_of(table: Any, line: str, column: str) -> list[str]:
    lines = [*table.lines, *([table.total] if table.total else [])]
    titles = [each.title for each in table.columns]
    return [each.figures[titles.index(column)].shown for each in lines if each.name.startswith(line)]
