"""The description of a roster sheet in plain data, and what is said about each of its rows.

An app describes its sheets (columns, their other names, what a cell may hold) and gives three functions:
`check` says of each row what would become of it, `apply` does it, `export` writes what is stored in the same columns.
Reading workbooks, finding doubts, previewing and undoing are the work of the office.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Holds(StrEnum):
    """What the cells of a column hold. MONEY is read into yuan; TERM into years.

    IDENTITY is kept as a keyed hash only. UNKEPT is read past: data minimisation, not even the staged row keeps it.
    """

    TEXT = "text"
    NAME = "name"
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    TERM = "term"
    YES = "yes"
    PHONE = "phone"
    USCC = "uscc"
    DIVISION_CODE = "division_code"
    CHOICE = "choice"
    LIST = "list"
    SERIAL = "serial"
    IDENTITY = "identity"
    UNKEPT = "unkept"


class Verdict(StrEnum):
    """What becomes of a row. Nothing is lost silently: what is passed over says why."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True, eq=False)
class Column:
    """`heading` is what our own templates print; `synonyms` is how else offices head it (compared after folding).

    `choices` maps a stored value to the words that mean it. `unit` is the scale that bare numbers of a MONEY column
    have where neither heading nor cell says it; without one such a number is a doubt. `most` is the largest number
    that nobody questions.
    """

    key: str
    heading: str
    holds: Holds = Holds.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    yes_words: tuple[str, ...] = ()
    most: int | None = None
    longest: int | None = None
    personal: bool = False


@dataclass(frozen=True)
class Doubt:
    """Something about one cell that a person has to decide. `wrong` and `remedy` are msgids, `params` fill both.

    A suggestion is a text that may stand in the cell instead. With `may_keep` the cell may also stay as typed.
    A `fatal` doubt can't be decided without changing the cell: the row is rejected.
    """

    column: str
    code: str
    wrong: str
    remedy: str
    params: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    may_keep: bool = False
    fatal: bool = False


@dataclass
class Line:
    """One row of a sheet: as typed, as read, and what is to be said about it.

    `kept` holds what a person has settled by keeping the cell ("column:code"); `plan` is what `apply` will need.
    """

    number: int
    typed: dict[str, str]
    values: dict[str, object] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    if_new: list[Doubt] = field(default_factory=list)
    kept: frozenset[str] = frozenset()
    verdict: Verdict | None = None
    target: int | None = None
    changes: list[list[str]] = field(default_factory=list)
    plan: Any = None

    def doubt(self, column: str, code: str, wrong: str, remedy: str, **more) -> None:
        """Raise a doubt, unless a person has decided to keep the cell as typed."""
        if not (more.get("may_keep") and f"{column}:{code}" in self.kept):
            self.doubts.append(Doubt(column, code, wrong, remedy, **more))

    def judge(self, otherwise: Verdict) -> None:
        """The verdict: `otherwise`, where nothing is in doubt. Some doubts matter only where a record is new."""
        if otherwise is Verdict.CREATED:
            self.doubts += self.if_new
        if any(doubt.fatal for doubt in self.doubts):
            self.verdict = Verdict.REJECTED
        elif self.doubts:
            self.verdict = Verdict.DOUBTFUL
        else:
            self.verdict = otherwise


@dataclass
class Changes:
    """What an import did to one table, enough to undo it: new keys, and rows before and after."""

    created: list[int] = field(default_factory=list)
    updated: list[dict] = field(default_factory=list)
    deleted: list[dict] = field(default_factory=list)


@dataclass
class Work:
    """One run over the sheets of a workbook, lowest first, shared by the functions of the apps.

    `place` is the organisation under which the rows go; None while `new_place` is only a name that will be created.
    `planned` tells, as (msgid, params), what will be created beside the rows. `memory` is where an app keeps what the
    next sheet has to know.
    """

    place: Any
    new_place: str = ""
    year: int = 0
    by: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    sheet: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    planned: list[tuple[str, dict]] = field(default_factory=list)
    changes: dict[str, Changes] = field(default_factory=dict)

    def plan(self, msgid: str, **params) -> None:
        if (msgid, params) not in self.planned:
            self.planned.append((msgid, params))

    def changed(self, model: str) -> Changes:
        """The changes of a model, named "app.model", in the order in which the models were first touched."""
        return self.changes.setdefault(model, Changes())


@dataclass(frozen=True, eq=False)
class Ask:
    """Something to be chosen before reading: `offers` gives the choices of a user as (value, words)."""

    key: str
    label: object
    offers: Callable[[Any], Iterable[tuple[str, str]]]


Check = Callable[[Work, list[Line]], None]
Apply = Callable[[Work, list[Line]], None]
Export = Callable[[Any], Iterable[Mapping[str, object]]]
Survey = Callable[[Work, Iterable[Mapping[str, str]]], None]
Close = Callable[[Work], None]
Guard = Callable[[Any, Any], bool]
CounterRecords = Callable[..., None]  # the rows of the import, `by` whom and `at` which moment


@dataclass(frozen=True, eq=False)
class Sheet:
    """`strangers` are headings which say that the rows are about something else (persons, households).
    `survey` sees all rows as typed before `check` judges the first; `close` comes after the last `apply`; `export`
    takes the place. One of the columns `any_of` has to be there. `guard` takes a user and a place before personal
    data of the place is exported: it records who takes it out and answers True; answers False, and phones leave masked;
    or refuses. Without one they are masked. `counters`: by "app.model", records that are never deleted nor changed, and
    what takes them back where the import is undone.

    Sheets are read in ascending `order`: what a pairing refers to comes before it.
    """

    key: str
    name: object
    heading: str
    order: int
    columns: tuple[Column, ...]
    check: Check
    apply: Apply
    export: Export
    strangers: tuple[str, ...] = ()
    survey: Survey | None = None
    close: Close | None = None
    asks: tuple[Ask, ...] = ()
    any_of: frozenset[str] = frozenset()
    guard: Guard | None = None
    counters: Mapping[str, CounterRecords] = field(default_factory=dict)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns of our own templates and exports."""
        return tuple(column for column in self.columns if column.holds is not Holds.UNKEPT)

    @property
    def required(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns if column.required)
