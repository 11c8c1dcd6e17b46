"""Empty templates with dropdowns, and exports in the same columns, which read back without a change."""

from collections.abc import Iterable, Iterator, Mapping
from tempfile import NamedTemporaryFile

import xlsxwriter
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import OPTIONS, XLSX, workbook_response
from core.masking import mask_phone
from core.roster import Column, Holds, Sheet
from office.rosters.sheets import described_sheets
from office.rosters.values import shown
from office.rosters.views import importers_only
from organisations.requests import Request
from organisations.rosters.placing import places_for

ROWS_WITH_DROPDOWNS = 2000


def known_sheet(key: str) -> Sheet:
    sheet = next((sheet for sheet in described_sheets() if sheet.key == key), None)
    if sheet is None:
        raise Http404
    return sheet


@require_safe
@importers_only
def template(request: Request, key: str) -> FileResponse:
    """An empty workbook: text columns, dropdowns where there is a choice."""
    sheet = known_sheet(key)
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_template(file.name, sheet)
    name = _("Template: %(roster)s") % {"roster": sheet.name}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_template(path: str, sheet: Sheet, offers: Mapping[str, list[str]] | None = None) -> None:
    """`offers`: what may be chosen in further columns, by their key."""
    given = offers or {}
    with xlsxwriter.Workbook(path, OPTIONS | {"constant_memory": False}) as book:
        page = book.add_worksheet(sheet.heading)
        lists = book.add_worksheet("可选项")
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        page.freeze_panes(1, 0)
        for index, column in enumerate(sheet.printed):
            page.set_column(index, index, 6 + 2 * len(column.heading), text)
            page.write_string(0, index, column.heading, bold)
            if options := given.get(column.key) or offered(column):
                lists.write_column(0, index, options)
                letter = xlsxwriter.utility.xl_col_to_name(index)
                source = f"=可选项!${letter}$1:${letter}${len(options)}"
                page.data_validation(1, index, ROWS_WITH_DROPDOWNS, index, {"validate": "list", "source": source})


def offered(column: Column) -> list[str]:
    if column.holds is Holds.YES:
        return ["是", "否"]
    return [words[0] for words in column.choices.values()]


@require_safe
@importers_only
def export(request: Request, key: str) -> FileResponse:
    """Everything of one kind under a place (`?place=`), in the columns of the roster."""
    sheet = known_sheet(key)
    places = {str(place.pk): place for place in places_for(request.user)}
    place = places.get(request.GET.get("place", "")) or next(iter(places.values()), None)
    if place is None:
        raise Http404
    in_full = sheet.guard is not None and sheet.guard(request.user, place)
    headings = [column.heading for column in sheet.printed]
    rows = cells(sheet, sheet.export(place), in_full=in_full)
    return workbook_response(sheet.heading, headings, rows, f"{place.name}{sheet.heading}")


def cells(sheet: Sheet, rows: Iterable[Mapping[str, object]], *, in_full: bool) -> Iterator[list]:
    """Phone numbers are masked unless `in_full`; read back, a masked one changes nothing."""
    masked = frozenset() if in_full else frozenset(c.key for c in sheet.columns if c.holds is Holds.PHONE)
    for row in rows:
        hidden = {key: mask_phone(str(row.get(key) or "")) for key in masked}
        yield [cell(column, hidden.get(column.key, row.get(column.key))) for column in sheet.printed]


def cell(column: Column, value: object) -> object:
    """Numbers as numbers, everything else as the text that reads back to it."""
    if value is None or value == "":
        return None
    if column.choices:
        return column.choices[str(value)][0] if value in column.choices else None
    if column.holds in (Holds.COUNT, Holds.MONEY, Holds.YEAR) or column.holds is Holds.DATE:
        return value
    return shown(value)
