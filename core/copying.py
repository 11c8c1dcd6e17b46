"""Writing many rows by COPY: a constant number of statements, with the triggers that keep the history."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
CARRY_CONTEXT = "SET LOCAL jiedui.writing = 'copy'"


def field_text(value: object) -> str:
    """A value in the text format of COPY."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | tuple):
        return array_text(value).translate(ESCAPES)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str).translate(ESCAPES)
    return str(value)


def array_text(items: Sequence) -> str:
    quoted = ('"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return "{" + ",".join(quoted) + "}"


class Json:
    """Marks a list for a JSON column: without it a list is written as an array."""

    def __init__(self, content: object):
        self.content = content

    def __str__(self) -> str:
        return json.dumps(self.content, ensure_ascii=False, default=str).translate(ESCAPES)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Keys reserved from the sequence, so that rows can refer to each other before they are written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [quoted(model._meta.db_table), count],
        )
        return [key for (key,) in cursor.fetchall()]


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """One COPY. Columns that a row does not name get the default of their field."""
    if not rows:
        return
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField) or "id" in rows[0]
    ]
    defaults = {field.attname: field.get_default() for field in fields}
    names = [field.attname for field in fields]
    copy_into(
        model._meta.db_table,
        [field.column or field.attname for field in fields],
        ([row[name] if name in row else defaults[name] for name in names] for row in rows),
    )


def copy_into(table: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """COPY goes past Django's execute(): a plain statement before it carries the history's context into the session."""
    text = io.StringIO()
    for row in rows:
        text.write("\t".join(map(field_text, row)) + "\n")
    text.seek(0)
    listed = ", ".join(map(quoted, columns))
    with connection.cursor() as cursor:
        cursor.execute(CARRY_CONTEXT)
        cursor.copy_expert(f"COPY {quoted(table)} ({listed}) FROM STDIN", text)


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Set `columns` of the rows, each named by its "id": COPY into a temporary table, one UPDATE from there."""
    if not rows or not columns:
        return
    table, incoming = quoted(model._meta.db_table), quoted("incoming_rows")
    listed = ", ".join(map(quoted, ["id", *columns]))
    settings = ", ".join(f"{quoted(column)} = {incoming}.{quoted(column)}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {incoming} AS SELECT {listed} FROM {table} WITH NO DATA")  # noqa: S608
        copy_into("incoming_rows", ["id", *columns], ([row["id"], *(row[name] for name in columns)] for row in rows))
        cursor.execute(f"UPDATE {table} SET {settings} FROM {incoming} WHERE {table}.id = {incoming}.id")  # noqa: S608
        cursor.execute(f"DROP TABLE {incoming}")
