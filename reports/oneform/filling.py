"""What is written into which cell of a local form: planned here, written by a child process (reports/oneform/writing).

Where the form names villages (or units), each row is filled in; where it holds none yet, they are listed.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exports import plain
from core.refusals import Refused
from office.child import run_limited
from office.rosters.recognising import Layout, skipped_reason
from office.rosters.spooling import Spooled
from organisations.rosters.directory import name_key, stem_of, village_key
from reports.oneform.asked import About, Asked, Form, Values
from reports.oneform.fields import NAME, PLACE, values_of
from reports.oneform.recognising import SERIAL, read, scale_of, sheet_of

SECONDS, MEGABYTES = 120, 2048
MOST_ROWS = 20_000
KEPT = (NAME, PLACE)  # by which a row is found: they stay as they are typed


@dataclass
class Plan:
    """`cells`: row, column and value. `free`: how many empty rows there are below the headings for the `listed`.
    `unknown`: names in the form that are none of these; `missing`: how many are not in the form."""

    cells: list[tuple[int, int, Any]] = field(default_factory=list)
    filled: int = 0
    unknown: list[str] = field(default_factory=list)
    missing: int = 0
    first: int = 0
    free: int = 0
    listed: int = 0
    empty: list[str] = field(default_factory=list)

    @property
    def inserted(self) -> int:
        return max(self.listed - self.free, 0)


def planned(form: Form, asked: Asked, path: Path, name: str) -> Plan:
    spooled = sheet_of(read(path, name), form.sheet)
    order, found = values_of(asked, set(form.mapping.values()) - {SERIAL})
    if len(order) > MOST_ROWS:
        raise Refused(_("More than %(most)s rows: narrow the area first.") % {"most": MOST_ROWS})
    plan, columns = Plan(), {index: key for index, key in form.mapping.items() if key}
    plan.empty = [heading for index, heading in enumerate(form.headings) if heading and not columns.get(index)]
    named = rows_of(spooled, form)
    if named:
        fill_rows(plan, form, named, order, found, asked.about)
    else:
        list_rows(plan, form, spooled, order, found)
    return plan


def rows_of(spooled: Spooled, form: Form) -> list[tuple[int, str, str]]:
    """The rows that name somebody: number, name, and the area where a column says it."""
    layout = Layout(form.header_rows, form.headings)
    where = {key: index for index, key in form.mapping.items()}
    found = []
    for raw in spooled.rows():
        if raw.number > layout.last_header and not skipped_reason(layout, raw.number, raw.cells):
            texts = [str(cell).strip() for cell in raw.cells]
            name, area = (cell_at(texts, where.get(key)) for key in (NAME, PLACE))
            if name:
                found.append((raw.number, name, area))
    return found


def cell_at(texts: list[str], index: int | None) -> str:
    return texts[index] if index is not None and index < len(texts) else ""


def fill_rows(
    plan: Plan, form: Form, named: list[tuple[int, str, str]], order: list[int], found: Values, about: About
) -> None:
    key_of = village_key if about == About.VILLAGE else name_key
    known: dict[str, list[int]] = defaultdict(list)
    for pk in order:
        known[key_of(found[pk][NAME])].append(pk)
    done = set()
    for number, name, area in named:
        key = one_of(known.get(key_of(name), []), area, found)
        if key is None:
            plan.unknown.append(name)
            continue
        done.add(key)
        write(plan, form, number, found[key], skip=(*KEPT, SERIAL))
    plan.filled, plan.missing = len(done), len(set(order) - done)


def one_of(keys: list[int], area: str, found: Values) -> int | None:
    """The only one of this name; of several that of the township."""
    if len(keys) > 1 and area:
        keys = [pk for pk in keys if stem_of(found[pk][PLACE]) == stem_of(area)]
    return keys[0] if len(keys) == 1 else None


def list_rows(plan: Plan, form: Form, spooled: Spooled, order: list[int], found: Values) -> None:
    last = max(form.header_rows)
    layout = Layout(form.header_rows, form.headings)
    below = [
        raw.number
        for raw in spooled.rows()
        if raw.number > last and skipped_reason(layout, raw.number, raw.cells) in ("total", "signature")
    ]
    numbers = [
        raw.number for raw in spooled.rows()
        if raw.number > last and skipped_reason(layout, raw.number, raw.cells) == "numbers"
    ]  # fmt: skip
    plan.first = max([last, *numbers]) + 1
    plan.free = (min(below) if below else plan.first + len(order)) - plan.first
    plan.listed = plan.filled = len(order)
    for position, pk in enumerate(order):
        write(plan, form, plan.first + position, found[pk] | {SERIAL: position + 1}, skip=())


def write(plan: Plan, form: Form, row: int, values: dict[str, Any], skip: tuple[str, ...]) -> None:
    for index, key in form.mapping.items():
        value = values.get(key)
        if key and key not in skip and value not in (None, ""):
            plan.cells.append((row, index + 1, as_cell(value, scale_of(form.about, key, form.headings[index]))))


def as_cell(value: Any, scale: int) -> Any:
    """As JSON has it; a day as the child makes it one again."""
    value = plain(value)
    if isinstance(value, Decimal):
        scaled = value / scale
        return int(scaled) if scaled == scaled.to_integral_value() else float(scaled)
    return {"day": value.isoformat()} if isinstance(value, date) else value


def filled(form: Form, plan: Plan, path: Path, *, overwrite: bool) -> bytes:
    """The same workbook with these cells: title, merged heads, widths and whatever else stays."""
    payload = {
        "source": str(path.resolve()),
        "sheet": form.sheet,
        "cells": plan.cells,
        "first": plan.first,
        "free": plan.free,
        "listed": plan.listed,
        "overwrite": overwrite,
    }
    return run_limited("reports.oneform.writing.fill", payload, seconds=SECONDS, megabytes=MEGABYTES)
