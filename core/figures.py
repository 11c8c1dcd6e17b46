"""A table of figures: each number with what it is out of and the list behind it; the same rows as a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

LINES = 50  # on a page; a workbook holds all of them


@dataclass(frozen=True)
class Column:
    """`out_of` names the denominator, where the figures have one. `as_printed`: a workbook keeps the number and, beside
    it, the words that a page shows: “4000余万元”."""

    title: str
    out_of: str = ""
    as_printed: bool = False


@dataclass(frozen=True)
class Figure:
    """`url` leads to the list behind the number; `is_late` where a number above zero should not be; `words` are shown
    on a page in place of the number."""

    number: int | float | Decimal | None
    of: int | Decimal | None = None
    url: str = ""
    is_late: bool = False
    words: str = ""

    @property
    def shown(self) -> str:
        """As text, for paper."""
        said = self.words or ("—" if self.number is None else str(self.number))
        return said if self.of is None else f"{said} / {self.of}"


@dataclass(frozen=True)
class Fact:
    """What stands above the table: a number, what it is out of, and the list behind it."""

    title: str
    value: int | float | Decimal | None
    of: int | Decimal | None = None
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """`key` tells lines of one name apart, where two tables are laid side by side."""

    name: str
    figures: Sequence[Figure]
    url: str = ""
    key: object = None


@dataclass
class Table:
    """`subject` heads the names. Where the total is not the sum of the lines, `total_note` says why."""

    subject: str
    columns: Sequence[Column]
    lines: list[Line] = field(default_factory=list)
    total: Line | None = None
    total_note: str = ""

    def page(self, request: HttpRequest) -> Page:
        return Paginator(self.lines, LINES).get_page(request.GET.get("page"))

    @property
    def header(self) -> list[str]:
        return [self.subject, *(title for each in self.columns for title in titles(each))]

    def rows(self) -> Iterator[list]:
        for line in [*self.lines, *([self.total] if self.total else [])]:
            cells: list = [line.name]
            for column, figure in zip(self.columns, line.figures, strict=True):
                cells += [figure.number, figure.of] if column.out_of else [figure.number]
                cells += [figure.words] if column.as_printed else []
            yield cells


def titles(column: Column) -> list[str]:
    """What heads the cells of a column in a workbook."""
    beside = [column.out_of] if column.out_of else []
    return [column.title, *beside, *([_("as printed")] if column.as_printed else [])]


def in_all(figures: Sequence[Figure]) -> Line:
    return Line(_("In all"), figures)


def address(path: str, **given) -> str:
    """Of the list behind a number, narrowed by what is given."""
    asked = {key: value for key, value in given.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path
