"""Writing many rows by COPY: a constant number of statements, with the triggers that keep the history."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
SENT_AT_ONCE = 2**20  # characters: in small pieces the database waits for each while another thread computes
MANY = 5_000  # rows that change what a table looks like
CARRY_CONTEXT = "SET LOCAL jiedui.writing = 'copy'"
ENCODER = DjangoJSONEncoder(ensure_ascii=False)


def field_text(value: object) -> str:
    """A value in the text format of COPY."""
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | tuple):
        return escaped(array_text(value))
    return str(value)


def escaped(text: str) -> str:
    """Hardly any text has something to escape; to see that is much faster than to translate it."""
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPES)


def array_text(items: Sequence) -> str:
    words = [str(item) for item in items]
    joined = '","'.join(words)
    if "\\" in joined or joined.count('"') != 2 * (len(words) - 1):
        joined = '","'.join(word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return f'{{"{joined}"}}' if words else "{}"


def json_text(value: object) -> str:
    """What a JSON column holds, in the text format of COPY."""
    if value is None:
        return r"\N"
    if not value and isinstance(value, list | dict):
        return str(value)
    return escaped(ENCODER.encode(value))


def writer_of(field: object) -> Callable[[object], str]:
    return json_text if isinstance(field, models.JSONField) else field_text


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Keys reserved from the sequence, so that rows can refer to each other before they are written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT nextval(sequence.name) FROM generate_series(1, %s),
            (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) AS sequence
            """,
            [count, quoted(model._meta.db_table)],
        )
        return [key for (key,) in cursor.fetchall()]


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """One COPY. Columns that a row does not name get the default of their field; rows without "id" a new key."""
    if not rows:
        return
    fields = [
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField) or rows[0].get("id")
    ]
    columns = [field.column or field.attname for field in fields]
    copy_into(model._meta.db_table, columns, zip(*(column_texts(field, rows) for field in fields), strict=True))


def column_texts(field: models.Field, rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """One column of many rows. A value that all of them share is written once."""
    name, write, default = field.attname, writer_of(field), field.get_default()
    values = [row.get(name, default) for row in rows]
    if len(set(map(id, values))) == 1:
        return repeat(write(values[0]), len(values))
    return map(write, values)


def copy_into(table: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """COPY goes past Django's execute(): a plain statement before it carries the history's context into the session."""
    text = io.StringIO()
    text.writelines("\t".join(row) + "\n" for row in rows)
    text.seek(0)
    listed = ", ".join(map(quoted, columns))
    with connection.cursor() as cursor:
        cursor.execute(CARRY_CONTEXT)
        cursor.copy_expert(f"COPY {quoted(table)} ({listed}) FROM STDIN", text, SENT_AT_ONCE)


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Set `columns` of the rows, each named by its "id": COPY into a temporary table, one UPDATE from there."""
    if not rows or not columns:
        return
    table, incoming = quoted(model._meta.db_table), quoted("incoming_rows")
    writers = [(name, writer_of(model._meta.get_field(name))) for name in ("id", *columns)]
    listed = ", ".join(map(quoted, ["id", *columns]))
    settings = ", ".join(f"{quoted(column)} = {incoming}.{quoted(column)}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {incoming} AS SELECT {listed} FROM {table} WITH NO DATA")  # noqa: S608
        copy_into("incoming_rows", ["id", *columns], ([write(row[name]) for name, write in writers] for row in rows))
        cursor.execute(f"UPDATE {table} SET {settings} FROM {incoming} WHERE {table}.id = {incoming}.id")  # noqa: S608
        cursor.execute(f"DROP TABLE {incoming}")


def refresh_statistics(*written: tuple[type[models.Model], int]) -> None:
    """After thousands of new rows, `(model, number)`: PostgreSQL looks at them by itself only a minute later. Until
    then it plans as if they were not there, and what takes a second may take an hour.
    """
    grown = [model for model, number in written if number >= MANY]
    grown += [model.pgh_event_model for model in grown if hasattr(model, "pgh_event_model")]
    if grown:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(quoted(model._meta.db_table) for model in grown)}")
