"""Workbooks of what a list shows: written row by row, so that their size costs no memory."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import NamedTemporaryFile

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Text stays text: an identifier keeps its leading zeros, and a name that begins with "=" is no formula.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
    "default_date_format": "yyyy-mm-dd",
}
SheetOf = tuple[str, Sequence[str], Iterable[Sequence]]  # its title, its header, its rows
WIDEST = 40
AS_THEY_ARE = frozenset({str, int, float, Decimal, date, type(None)})  # most cells of a long list
MEASURED_ROWS = 200  # so many decide how wide a column is


def workbook_response(title: str, header: Sequence[str], rows: Iterable[Sequence], name: str = "") -> FileResponse:
    """An .xlsx file of one sheet, streamed from a temporary file. `name` without its ending; else `title`."""
    return sheets_response([(title, header, rows)], name or title)


def sheets_response(sheets: Iterable[SheetOf], name: str) -> FileResponse:
    """The same of several sheets."""
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_sheets(file.name, sheets)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_workbook(path: str, title: str, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """One sheet with a frozen header row and a filter."""
    write_sheets(path, [(title, header, rows)])


def write_sheets(path: str, sheets: Iterable[SheetOf], *, made: datetime | None = None) -> None:
    """Each with a frozen header row and a filter; two of one name are told apart by a number.

    With `made`, a moment that stays, the same rows give the same bytes.
    """
    names: set[str] = set()
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        if made is not None:
            book.set_properties({"created": made})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        as_text = book.add_format({"num_format": "@"})
        for number, (title, header, rows) in enumerate(sheets, start=1):
            called = sheet_name(title)
            called = f"{called[:28]} {number}" if called in names else called
            names.add(called)
            write_sheet(book.add_worksheet(called), header, rows, bold, as_text)


def write_sheet(sheet, header: Sequence[str], rows: Iterable[Sequence], bold, as_text) -> None:
    sheet.freeze_panes(1, 0)
    widths = [6 + 2 * len(words) for words in header]
    for column, words in enumerate(header):
        sheet.write_string(0, column, words, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        write_row(sheet, last, row, as_text)
        if last <= MEASURED_ROWS:
            widths = [max(pair) for pair in zip(widths, map(width, row), strict=True)]
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, min(WIDEST, wide))
    if header:
        sheet.autofilter(0, 0, last, len(header) - 1)


def write_row(sheet, number: int, row: Sequence, as_text) -> None:
    for column, value in enumerate(row):
        cell = value if type(value) in AS_THEY_ARE else plain(value)
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            sheet.write_string(number, column, cell, as_text)
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell)
        else:
            sheet.write_number(number, column, cell)


def width(value: object) -> int:
    """In the digits of a workbook: a Chinese character is as wide as two."""
    return 2 + sum(2 if sign > "\u2e7f" else 1 for sign in str(value)) if isinstance(value, str) else 0


def plain(value):
    """What a cell can hold: numbers and dates as such, everything else as its words."""
    if value is None:
        return None
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, int | float | Decimal | date) and not isinstance(value, bool):
        return value
    return str(value)


def sheet_name(title: str) -> str:
    """At most 31 characters, none of those that a workbook forbids."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in title)[:31].strip() or "Sheet1"
