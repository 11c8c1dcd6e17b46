"""The returned copy: the workbook as it came, with an error column and a comment at each doubtful cell."""

from pathlib import Path

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from core.roster import Verdict
from office.models import RosterImport, RosterRow, RosterSheet
from office.rosters.reporting import heading_of_column, index_of_column, said

MARK = PatternFill("solid", fgColor="FFF2CC")
REJECTED = PatternFill("solid", fgColor="F8CBAD")
AUTHOR = "结对"
ERROR_HEADINGS = ("导入问题",)


def write_marked_copy(roster: RosterImport, source: Path, target: Path) -> None:
    """Keeps everything else of the workbook. A file that is not .xlsx comes back as one, with its rows as text."""
    book = opened(roster, source)
    for sheet in roster.sheets.exclude(described=""):
        if sheet.name in book.sheetnames:
            mark_sheet(book[sheet.name], sheet)
    book.save(target)


def opened(roster: RosterImport, source: Path) -> openpyxl.Workbook:
    if Path(roster.name).suffix.lower() in (".xlsx", ".xlsm"):
        return openpyxl.load_workbook(source)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in roster.sheets.all():
        page = book.create_sheet(sheet.name[:31])
        for row in sheet.rows.iterator():
            for column, value in enumerate(row.cells, 1):
                page.cell(row.number, column, value)
    return book


def mark_sheet(page: Worksheet, sheet: RosterSheet) -> None:
    column = error_column(page, sheet)
    page.cell(max(sheet.header_rows), column, ERROR_HEADINGS[0])
    rows = sheet.rows.filter(verdict__in=[Verdict.DOUBTFUL.value, Verdict.REJECTED.value])
    for row in rows.iterator(chunk_size=1000):
        mark_row(page, sheet, row, column)


def error_column(page: Worksheet, sheet: RosterSheet) -> int:
    """The column of an earlier marked copy is used again."""
    known = [index for index, heading in enumerate(sheet.headings) if heading in ERROR_HEADINGS]
    if known:
        for number in range(max(sheet.header_rows) + 1, page.max_row + 1):
            page.cell(number, known[0] + 1).value = None
        return known[0] + 1
    return max(len(sheet.headings), 1) + 1


def mark_row(page: Worksheet, sheet: RosterSheet, row: RosterRow, column: int) -> None:
    sentences = []
    for doubt in row.doubts:
        words = f"{said(doubt, 'wrong')}{said(doubt, 'remedy')}"
        offers = [suggestion or _("(empty)") for suggestion in doubt["suggestions"]]
        if offers:
            words += _(" Suggestion: %(offers)s") % {"offers": " / ".join(offers)}
        sentences.append(f"{heading_of_column(sheet, doubt['column'])}：{words}")
        index = index_of_column(sheet, doubt["column"])
        if index is not None:
            cell = page.cell(row.number, index + 1)
            cell.fill = REJECTED if doubt["fatal"] else MARK
            cell.comment = Comment(words, AUTHOR)
    page.cell(row.number, column, "\n".join(sentences))
