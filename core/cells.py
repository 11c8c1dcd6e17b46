"""What a list gives to a workbook, row by row: how each column is read is found out once, not for every cell.

The same as `BoundRow.get_cell_value`, which looks at fields and signatures anew for each of a million cells. Where all
columns are fields, nothing but these is read (`Plain`); else whole records are (`WrittenColumn`).
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partialmethod
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, QuerySet
from django.utils.html import strip_tags
from django_tables2 import A, Column, ManyToManyColumn, Table
from django_tables2.columns.base import BoundColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

Give = Callable[[Any], Any]  # from a value to what stands in the cell


@dataclass(frozen=True)
class Plain:
    """A column whose cells come of one field or annotation alone."""

    path: str
    give: Give


def rows_of(table: Table, columns: Sequence[BoundColumn], chunk: int) -> Iterator[list]:
    rows, found = table.data.data, [plain(table, column) for column in columns]
    if isinstance(rows, QuerySet) and all(found):
        known = [each for each in found if each]
        gives = [each.give for each in known]
        for values in rows.values_list(*(each.path for each in known)).iterator(chunk_size=chunk):
            yield [give(value) for give, value in zip(gives, values, strict=True)]
    else:
        yield from rows_from(table, columns, rows.iterator(chunk_size=chunk))


def rows_from(table: Table, columns: Sequence[BoundColumn], records: Iterable) -> Iterator[list]:
    """Of records that somebody has read."""
    written = [WrittenColumn(table, column) for column in columns]
    for record in records:
        yield [column.cell(record) for column in written]


def stripped(value: Any) -> Any:
    return strip_tags(value) if isinstance(value, str) and "<" in value else value


def plain(table: Table, bound: BoundColumn) -> Plain | None:
    """None where the cells need more than the value of a field."""
    give, words = given(bound), {}
    path, rows = str(bound.accessor), table.data.data
    if give is None or not isinstance(rows, QuerySet):
        return None
    if path not in rows.query.annotations:
        field = field_at(rows.model, path.split("__"))
        if field is None:
            return None
        words = {value: str(label) for value, label in field.flatchoices} if field.choices else {}
    empty = bound.column.empty_values

    def cell(value: Any) -> Any:
        shown = words.get(value, value) if words else value
        return None if shown in empty else stripped(give(shown))

    return Plain(path, cell)


def field_at(model: Any, bits: Sequence[str]) -> Field | None:
    """At the end of columns that lead from one record to another; None where there is another thing or a record."""
    field = None
    for bit in bits:
        try:
            field = model._meta.get_field(bit)
        except (AttributeError, FieldDoesNotExist):
            return None
        if not field.concrete or field.many_to_many:
            return None
        model = field.related_model
    if field is None or field.is_relation:
        return None
    return field if not field.choices or is_shown_as_usual(field) else None


def is_shown_as_usual(field: Field) -> bool:
    display = inspect.getattr_static(field.model, f"get_{field.name}_display", None)
    return isinstance(display, partialmethod) and display.func is Model._get_FIELD_display  # type: ignore[attr-defined]


def given(bound: BoundColumn) -> Give | None:
    """What the column makes of a value; None where that needs more than the value."""
    give = maker(bound)
    if getattr(give, "__func__", None) is Column.render:
        return lambda value: value
    return give if signature(give) == (("value",), None) else None


def maker(bound: BoundColumn) -> Callable:
    """What makes the cells: `Column.value` only calls `render`."""
    return bound.render if getattr(bound.value, "__func__", None) is Column.value else bound.value


SPECIAL = (BaseLinkColumn, ManyToManyColumn)  # left to the library


class WrittenColumn:
    """What a table says of a cell of one column; signature and words of choices are looked up once."""

    def __init__(self, table: Table, column: BoundColumn):
        self.table, self.bound, self.column = table, column, column.column
        self.is_special = isinstance(self.column, SPECIAL)
        self.function = maker(column)
        self.is_plain = getattr(self.function, "__func__", None) is Column.render
        self.wanted, self.takes_all = signature(self.function)
        way, _, last = column.accessor.rpartition(A.SEPARATOR)
        self.way, self.last, self.display = way.split(A.SEPARATOR) if way else [], last, f"get_{last}_display"
        self.displayed: dict[type, bool] = {}
        self.words: dict[Any, str] = {}

    def cell(self, record: Any):
        value = (
            BoundRow(record, table=self.table).get_cell_value(self.bound.name) if self.is_special else self.of(record)
        )
        return stripped(value)

    def of(self, record: Any):
        value = self.value(record)
        if value in self.column.empty_values:
            return None
        if self.is_plain:
            return value
        about = {
            "value": value,
            "record": record,
            "column": self.column,
            "bound_column": self.bound,
            "bound_row": BoundRow(record, table=self.table),
            "table": self.table,
        }
        return self.function(**(about if self.takes_all else {name: about[name] for name in self.wanted}))

    def value(self, record: Any):
        """The words of a choice, asked once a choice; else what the accessor leads to, or nothing."""
        holder = record
        for step in self.way:
            holder = getattr(holder, step, None)
        kind = type(holder)
        if kind not in self.displayed:
            self.displayed[kind] = issubclass(kind, Model) and hasattr(holder, self.display)
        if self.displayed[kind]:
            key = getattr(holder, self.last)
            if key not in self.words:
                self.words[key] = getattr(holder, self.display)()
            return self.words[key]
        value = getattr(holder, self.last, None) if issubclass(kind, Model) else None
        return self.bound.accessor.resolve(record, quiet=True) if value is None or callable(value) else value
