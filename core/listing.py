"""Lists: filter, sort, page, choose columns, export - by address, so that a bookmark shows the same."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_tables2 import Table
from django_tables2.columns.base import BoundColumn
from django_tables2.rows import BoundRows

from core.cells import rows_from, rows_of
from core.exports import workbook_response
from core.marks import Remembered
from core.refusals import Refused
from core.requests import HtmxRequest

PAGE_SIZES = (25, 50, 100)
CHUNK = 2000
MOST_COUNTED = 10_000  # what lists of millions give as `most`
MOST_EXPORTED = 200_000  # rows of a list whose rows are counted up to a bound
ONE_YEAR = 365 * 24 * 3600
PART = "parts/list.html"


def render_list(
    request: HtmxRequest,
    *,
    queryset: QuerySet,
    filterset_class: type[FilterSet],
    table_class: type[Table],
    title: str,
    template: str = "parts/list_page.html",
    context: dict | None = None,
    is_long: bool = False,
    plain: QuerySet | None = None,
    most: int | None = None,
    read_from: QuerySet | None = None,
) -> HttpResponseBase:
    """The list page; only its table where htmx asks; a workbook of the same rows for `?export=xlsx`.

    `queryset` is what the user may see: its count is the denominator. `title` names page, sheet and file.
    `is_long`: how many rows there are, and which of them a page shows, is remembered until somebody writes. Those are
    read from `plain`: `queryset` without the conditions and expressions that look at all rows.
    `read_from`: where the rows of a page are read by their keys, so that nothing beside them is carried while sorting.
    `most`: of millions, which are written to all day long: so many are counted and paged through, then it says 10000+.
    """
    filterset = filterset_class(request.GET, queryset=queryset, request=request)
    table = sorted_table(request, table_class, filterset.qs)
    choice = ColumnChoice(request, table)
    if request.GET.get("export") == "xlsx":
        check_length(table, most)
        return workbook_response(title, *shown_rows(table))
    filtered = bool(filterset.form.changed_data)
    rows = table.data.data
    length = RememberedLength(queryset, rows, plain) if is_long else Length(queryset, rows, most)
    paging = partial(paginator(is_long, read_from), table=table, length=length)
    turn_to_page(request, table, paging)
    shown = {
        "title": title,
        "filter": filterset,
        "table": table,
        "filtered": filtered,
        **length.shown(filtered),
        "columns": choice.offered(),
        "page_sizes": PAGE_SIZES,
        "page_size": table.paginator.per_page,
        **(context or {}),
    }
    return choice.remember(render(request, PART if request.htmx.target == "list" else template, shown))


def turn_to_page(request: HtmxRequest, table: Table, paging: Callable[..., Paginator]) -> None:
    table.paginate(page=page_number(request), per_page=page_size(request), paginator_class=paging)
    table.before_render(request)  # as the library's own tag would


def paginator(is_long: bool, read_from: QuerySet | None) -> Callable[..., Paginator]:
    if read_from is not None:
        return partial(KeyedPaginator, read_from=read_from)
    return LongPaginator if is_long else ListPaginator


class ForgivingPaginator(Paginator):
    """A page beyond the last one is the last one: a filter may have shortened the list since."""

    def page(self, number):
        return super().page(min(number, self.num_pages))


class Length:
    """How many rows a list has, all and as filtered; of more than `most` one more than that."""

    def __init__(self, rows: QuerySet, filtered: QuerySet, most: int | None = None):
        self.rows, self.filtered, self.most = rows, filtered, most

    @cached_property
    def total(self) -> int:
        return counted(self.rows, self.most)

    @cached_property
    def found(self) -> int:
        return counted(self.filtered, self.most)

    def shown(self, filtered: bool) -> dict:
        found, total = self.found, self.total if filtered else self.found
        words = {"found_words": self.said(found), "total_words": self.said(total)}
        return {"found": found, "total": total, "is_cut": self.most is not None and found > self.most, **words}

    def said(self, number: int) -> str:
        return str(number) if self.most is None or number <= self.most else f"{self.most}+"


def counted(rows: QuerySet, most: int | None) -> int:
    return rows.count() if most is None else rows.order_by().values("pk")[: most + 1].count()


class ListPaginator(ForgivingPaginator):
    """No page lies beyond the bound: of millions nobody reads them, and the database would go through all before it."""

    def __init__(self, rows, per_page: int, *, table: Table, length: Length, **options):
        super().__init__(rows, per_page, **options)
        self.table, self.length = table, length

    @cached_property
    def count(self) -> int:
        found, most = self.length.found, self.length.most
        return found if most is None else min(found, most)


class KeyedPaginator(ListPaginator):
    """Which rows stand on a page is found by their keys alone; then these are read from there."""

    def __init__(self, rows, per_page: int, *, read_from: QuerySet, **options):
        super().__init__(rows, per_page, **options)
        self.read_from = read_from

    def page(self, number):
        number = self.validate_number(min(number, self.num_pages))
        start = (number - 1) * self.per_page
        keys = list(self.length.filtered.values_list("pk", flat=True)[start : start + self.per_page])
        read = self.read_from.order_by().in_bulk(keys)
        return Page(BoundRows(data=[read[pk] for pk in keys if pk in read], table=self.table), number, self)


def check_length(table: Table, most: int | None) -> None:
    if most is not None and counted(table.data.data, MOST_EXPORTED) > MOST_EXPORTED:
        raise Refused(
            _("A workbook holds %(most)s rows at most. Narrow the list by its filter first.") % {"most": MOST_EXPORTED}
        )


class RememberedLength(Length):
    """Of a long list: how many rows it has, and which of them stand on a page."""

    def __init__(self, rows: QuerySet, filtered: QuerySet, plain: QuerySet | None):
        super().__init__(rows, filtered)
        self.plain = rows if plain is None else plain
        self.remembered = Remembered(filtered.values("pk"))
        self.computed = [name for name in filtered.query.annotations if name not in self.plain.query.annotations]

    @cached_property
    def total(self) -> int:
        """Under a mark of its own where a filter looks at what changes without telling."""
        remembered = self.remembered if self.remembered.mark else Remembered(self.rows.values("pk"))
        return remembered.get("total", self.rows.count)

    @cached_property
    def found(self) -> int:
        return self.remembered.get("found", self.filtered.count)

    def on_page(self, start: int, end: int) -> QuerySet | list:
        """Read by their keys where it is remembered which they are."""
        if not self.remembered.is_known:
            return self.filtered[start:end]
        rows = self.filtered.values_list("pk", *self.computed)[start:end]
        found = self.remembered.get(f"page {start} {end} {self.computed}", lambda: list(rows))
        read = self.plain.order_by().in_bulk([pk for pk, *_given in found])
        for pk, *given in found:
            if pk in read:
                vars(read[pk]).update(zip(self.computed, given, strict=True))
        return [read[pk] for pk, *_given in found if pk in read]


class LongPaginator(ListPaginator):
    length: RememberedLength

    def page(self, number):
        number = self.validate_number(min(number, self.num_pages))
        start = (number - 1) * self.per_page
        rows = self.length.on_page(start, start + self.per_page)
        return Page(BoundRows(data=rows, table=self.table), number, self)


def page_number(request: HtmxRequest) -> int:
    given = request.GET.get("page", "")
    return max(int(given), 1) if given.isdecimal() and len(given) < 8 else 1


def page_size(request: HtmxRequest) -> int:
    given = request.GET.get("per_page", "")
    return int(given) if given in map(str, PAGE_SIZES) else PAGE_SIZES[0]


class ColumnChoice:
    """Which columns this reader wants to see: from the address, else as remembered for this list."""

    def __init__(self, request: HtmxRequest, table: Table):
        self.table = table
        kind = type(table)
        self.cookie = f"columns-{kind.__module__.partition('.')[0]}-{kind.__name__}-{request.user.pk or 0}"
        names = list(table.columns.names())
        self.always = set(getattr(table, "always", ())) | set(names[:1])
        given = request.GET.getlist("columns")
        self.is_new = bool(given)
        self.chosen = set(given or request.COOKIES.get(self.cookie, "").split(".")) & set(names)
        if self.chosen:
            self.apply(names)

    def apply(self, names: list[str]) -> None:
        for name in names:
            change = self.table.columns.show if name in self.chosen | self.always else self.table.columns.hide
            change(name)

    def offered(self) -> list[dict]:
        return [
            {"name": column.name, "title": column.header, "shown": column.visible, "fixed": column.name in self.always}
            for column in self.table.columns.iterall()
        ]

    def remember(self, response: HttpResponse) -> HttpResponse:
        if self.is_new:
            value = ".".join(sorted(self.chosen))
            response.set_cookie(self.cookie, value, max_age=ONE_YEAR, samesite="Lax", httponly=True)
        return response


def sorted_table(request: HtmxRequest, table_class: type[Table], queryset: QuerySet) -> Table:
    """The table in the order asked for. Equal rows keep one order, or a page would repeat what another one showed."""
    table = table_class(queryset, order_by=request.GET.getlist("sort") or None)
    table.request = request  # given to the constructor, it would count the rows for a page of its own
    if table.order_by:
        rows = table.data.data
        table.data.data = rows.order_by(*rows.query.order_by, "pk")
    return table


def shown_rows(table: Table) -> tuple[list[str], Iterator[list]]:
    """Header and rows of the columns on show, in the order on show; rows are read in chunks."""
    columns = written_columns(table)
    return [str(column.header) for column in columns], rows_of(table, columns, CHUNK)


def written_rows(table: Table, records: Iterable) -> tuple[list[str], Iterator[list]]:
    """The same of `records`, which somebody has read already."""
    columns = written_columns(table)
    return [str(column.header) for column in columns], rows_from(table, columns, records)


def written_columns(table: Table) -> list[BoundColumn]:
    return [column for column in table.columns.itervisible() if not column.column.exclude_from_export]
