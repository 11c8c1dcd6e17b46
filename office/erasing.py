"""Taking the words that tell who somebody is out of imports, messages and background work; their workbooks go.

What was imported stays imported: only the copies of what was read lose these words. A row that still waits for a
decision is left out, or it would bring the person back.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Left

from office import files
from office.models import Job, Message, RosterChange, RosterImport, RosterRow, RosterSheet, StoredFile
from office.rosters.states import RosterState

GONE = "（已删除）"
ROW_COLUMNS = ("cells", "edits", "notes", "doubts", "changes")
SETTLED = (RosterState.APPLIED, RosterState.UNDONE, RosterState.DISCARDED)


@dataclass(frozen=True)
class Struck:
    """How much was touched: imports, files destroyed, messages, pieces of background work."""

    imports: int
    files: int
    messages: int
    jobs: int

    def __add__(self, other: "Struck") -> "Struck":
        return Struck(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


def strike_out(*, words: Sequence[str], area: str, at: datetime) -> Struck:
    """`area` is the tree path below which the words are looked for.

    A constant number of statements. Whoever happens to be called alike in a copy of an import loses the name there
    too, never in a roster.
    """
    if not words:
        return Struck(0, 0, 0, 0)
    imports = RosterImport.objects.filter(Q(place=None) | Q(place__path__startswith=area))
    rows = RosterRow.objects.filter(sheet__roster__in=imports.order_by().values("pk"))
    changes = RosterChange.objects.filter(roster__in=imports.order_by().values("pk"))
    holding = {*with_words(rows, ROW_COLUMNS, words).values_list("sheet__roster", flat=True).distinct()}
    holding |= {*with_words(changes, ("updated", "deleted"), words).values_list("roster", flat=True).distinct()}
    waiting = rows.exclude(sheet__roster__state__in=SETTLED).order_by()
    RosterRow.objects.filter(pk__in=with_words(waiting, ROW_COLUMNS, words).values("pk")).update(left_out=True)
    replace(RosterRow.objects.filter(sheet__roster__in=holding), ROW_COLUMNS, words)
    replace(RosterSheet.objects.filter(roster__in=holding), ("titles", "headings"), words)
    replace(RosterChange.objects.filter(roster__in=holding), ("updated", "deleted"), words)
    here = Q(organisation=None) | Q(organisation__path__startswith=area)
    return Struck(
        imports=len(holding),
        files=files.destroy(
            StoredFile.objects.filter(Q(pk__in=file_keys(holding)) | Q(kind=StoredFile.Kind.PACKAGE)), at=at
        ),
        messages=replace(Message.objects.filter(here), ("params",), words),
        jobs=replace(Job.objects.filter(here), ("title", "message", "error", "arguments", "result"), words),
    )


def file_keys(rosters: set[int]) -> QuerySet:
    return RosterImport.objects.order_by().filter(pk__in=rosters, file__isnull=False).values("file")


def with_words(rows: QuerySet, columns: Sequence[str], words: Sequence[str]) -> QuerySet:
    """Those in which one of the columns holds one of the words."""
    found = Q()
    for column in columns:
        rows = rows.alias(**{f"{column}_words": Cast(column, TextField())})
        found |= Q(**{f"{column}_words__regex": pattern(rows.model, column, words)})
    return rows.filter(found)


def replace(rows: QuerySet, columns: Sequence[str], words: Sequence[str]) -> int:
    """How many rows held one of the words; none does afterwards."""
    keys = list(with_words(rows.order_by(), columns, words).values_list("pk", flat=True))
    without = {column: without_words(rows.model, column, words) for column in columns}
    rows.model._default_manager.filter(pk__in=keys).update(**without)
    return len(keys)


def without_words(model: type[Model], column: str, words: Sequence[str]):
    field: Any = model._meta.get_field(column)
    told = Value(pattern(model, column, words))
    text = Func(Cast(F(column), TextField()), told, Value(GONE), Value("g"), function="regexp_replace")
    if isinstance(field, JSONField):
        return Cast(text, JSONField())
    return Left(text, field.max_length, output_field=TextField()) if field.max_length else text


def pattern(model: type[Model], column: str, words: Sequence[str]) -> str:
    """Any of the words as a regular expression; of two that begin alike PostgreSQL takes the longer one."""
    return "|".join(re.escape(spelt(model, column, word)) for word in words)


def spelt(model: type[Model], column: str, word: str) -> str:
    """The word as the column spells it: inside JSON some characters are escaped."""
    is_json = isinstance(model._meta.get_field(column), JSONField)
    return json.dumps(word, ensure_ascii=False)[1:-1] if is_json else word
