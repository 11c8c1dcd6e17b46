"""What a page counted, remembered as long as nobody writes to the tables that it was counted from.

Each change of a tracked table leaves an event whose key is larger than all before: the newest keys are a mark that
moves on with every change. While a transaction that may leave an event is still open, nothing new is remembered: its
key may be smaller than one that was seen already. So what is remembered is never out of date.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache as once
from hashlib import sha256
from typing import TypeVar

from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet

KEPT_SECONDS = 3600
NAME = re.compile(r'"(\w+)"')
# Writing takes this lock before it takes a key, and holds it until the end of the transaction.
QUESTION = """
    SELECT own.oid, NOT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE database = own.oid AND mode = 'RowExclusiveLock' AND relation = ANY (ARRAY[{names}]::regclass[])
    ), {newest}
    FROM pg_database own WHERE own.datname = current_database()
"""
NEWEST = '(SELECT COALESCE(MAX("{key}"), 0) FROM "{table}")'
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Mark:
    """`newest`: the newest key by table of events, 0 where there is none. `is_settled`: no older one can appear."""

    database: int
    newest: dict[str, int]
    is_settled: bool

    @property
    def text(self) -> str:
        return f"{self.database} {list(self.newest.values())}"


@dataclass(frozen=True)
class Tracked:
    """The table whose newest key tells of every change, and the columns of whose changes it doesn't tell."""

    table: str
    key: str
    silent: frozenset[str]


@once
def tracked_tables() -> dict[str, Tracked | None]:
    """By table; None where nothing tells of a change."""
    return {model._meta.db_table: _tracked(model) for model in apps.get_models()}


def _tracked(model: type[models.Model]) -> Tracked | None:
    event = getattr(model, "pgh_event_model", None)
    if event is not None:
        return Tracked(event._meta.db_table, "pgh_id", columns_of(model) - columns_of(event))
    names = [trigger.name for trigger in getattr(model._meta, "triggers", ())]
    if any(name.endswith("_append_only") for name in names):
        return Tracked(model._meta.db_table, str(model._meta.pk.column), frozenset())
    return None


def columns_of(model: type[models.Model]) -> frozenset[str]:
    return frozenset(str(field.column) for field in model._meta.concrete_fields)


def sql_of(rows: QuerySet) -> str:
    sql, parameters = rows.query.sql_with_params()
    return f"{sql} {parameters}"


def mark_of(statements: Iterable[str]) -> Mark | None:
    """The mark of all that these statements read; None where they read what is not tracked. One statement."""
    tables = tracked_tables()
    names = {name for statement in statements for name in NAME.findall(statement)}
    read = [tables[name] for name in sorted(names & tables.keys())]
    sources = {each.table: each.key for each in read if each is not None}
    if not sources or any(each is None or each.silent & names for each in read):
        return None
    return mark_at(sources)


def mark_of_models(*models: type[models.Model]) -> Mark:
    """The mark of all rows of these models, as far as events tell of them. One statement."""
    tables = tracked_tables()
    read = [tables[model._meta.db_table] for model in models]
    return mark_at({each.table: each.key for each in read if each is not None})


def mark_at(sources: dict[str, str]) -> Mark:
    """`sources`: the tables of events, each with its key."""
    newest = ", ".join(NEWEST.format(table=table, key=key) for table, key in sources.items())
    names = ", ".join(f"'\"{table}\"'" for table in sources)
    with connection.cursor() as cursor:
        cursor.execute(QUESTION.format(names=names, newest=newest))
        database, is_settled, *keys = cursor.fetchone()
    return Mark(database, dict(zip(sources, keys, strict=True)), is_settled)


def remembered_of(models_read: Iterable[type[models.Model]], name: str, compute: Callable[[], Kept]) -> Kept:
    """What `name` says is computed from these models and from nothing else, until one of their rows changes.

    `name` says all that it depends on: who asks, for what, in which language. One statement where it is remembered.
    """
    mark = mark_of_models(*models_read)
    key = f"remembered:{sha256(f'{name} {mark.text}'.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = compute()
        if mark.is_settled:
            cache.set(key, found, KEPT_SECONDS)
    return found


class Remembered:
    """For one page: what is computed from `queries`, and from nothing else, under their common mark."""

    def __init__(self, *queries: QuerySet):
        try:
            self.statements = [sql_of(query) for query in queries]
        except EmptyResultSet:  # there is nothing to count, and that costs nothing
            self.statements = []
        self.mark = mark_of(self.statements) if self.statements else None

    @property
    def is_known(self) -> bool:
        """Whether there is a mark under which something may be remembered."""
        return self.mark is not None and self.mark.is_settled

    def get(self, name: str, compute: Callable[[], Kept]) -> Kept:
        """`name`: what is computed from the queries."""
        if self.mark is None:
            return compute()
        said = " ".join([name, self.mark.text, *self.statements])
        key = f"remembered:{sha256(said.encode()).hexdigest()}"
        found = cache.get(key)
        if found is None:
            found = compute()
            if self.mark.is_settled:
                cache.set(key, found, KEPT_SECONDS)
        return found
