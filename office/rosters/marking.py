"""Writing marks into a workbook, in the child process (office.child): it opens what strangers handed in."""

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

DOUBTFUL = PatternFill("solid", fgColor="FFF2CC")
REJECTED = PatternFill("solid", fgColor="F8CBAD")
AUTHOR = "结对"
ERRORS = "导入问题"


def mark(payload: dict) -> bytes:
    """The function that the child runs; see office.rosters.returning for the payload."""
    book = opened(payload["source"]) if payload["source"] else book_of(payload["rows"])
    for sheet in payload["sheets"]:
        if sheet["name"] in book.sheetnames:
            mark_sheet(book[sheet["name"]], sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(path: str) -> openpyxl.Workbook:
    """By its content: the file is stored under its checksum, without an ending."""
    with open(path, "rb") as file:
        return openpyxl.load_workbook(file)


def book_of(sheets: dict) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name[:31])
        for number, cells in rows:
            for column, value in enumerate(cells, 1):
                page.cell(number, column).value = value
    return book


def mark_sheet(page: Worksheet, sheet: dict) -> None:
    column = error_column(page, sheet)
    page.cell(sheet["header"], column).value = ERRORS
    for row in sheet["rows"]:
        page.cell(row["number"], column).value = row["sentence"]
        for index, words, fatal in row["cells"]:
            cell = page.cell(row["number"], index + 1)
            cell.fill = REJECTED if fatal else DOUBTFUL
            cell.comment = Comment(words, AUTHOR)


def error_column(page: Worksheet, sheet: dict) -> int:
    """After the last heading; the column of an earlier marked copy is emptied and used again."""
    if ERRORS not in sheet["headings"]:
        return max(len(sheet["headings"]), 1) + 1
    column = sheet["headings"].index(ERRORS) + 1
    for number in range(sheet["header"] + 1, page.max_row + 1):
        page.cell(number, column).value = None
    return column
