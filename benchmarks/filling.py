"""Rows by the hundred thousand, written by the database itself, without triggers and without a history."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

EMPTY = {
    "ArrayField": "'{}'",
    "BooleanField": "false",
    "DateField": "current_date",
    "DateTimeField": "now()",
    "DecimalField": "0",
    "IntegerField": "0",
    "JSONField": "'{}'",
    "PositiveIntegerField": "0",
    "PositiveSmallIntegerField": "0",
    "SmallIntegerField": "0",
    "UUIDField": "gen_random_uuid()",
}


@contextmanager
def without_triggers() -> Iterator[CursorWrapper]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def insert(model: type[models.Model], source: str, given: dict[str, Any] | None = None, **columns: str) -> None:
    """A row for each of `source`, what follows FROM; `columns` are expressions on it, the others stay empty."""
    values = {field.column: EMPTY.get(field.get_internal_type(), "''") for field in required(model)} | columns
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(quoted(values))}) SELECT {', '.join(values.values())} "
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FROM {source}", given or {})


def required(model: type[models.Model]) -> list[Any]:
    """Columns that hold something in every row, and that the database doesn't reckon itself."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not (field.null or field.primary_key or field.generated)]


def quoted(names) -> list[str]:
    return [f'"{name}"' for name in names]
