"""Writing into a local form, in the child process (office.child): it opens what strangers handed in."""

import io
from copy import copy
from datetime import date

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet


def fill(payload: dict) -> bytes:
    """The function that the child runs; see reports.oneform.filling for the payload."""
    with open(payload["source"], "rb") as file:
        book = openpyxl.load_workbook(file)
    page = book[payload["sheet"]]
    if payload["listed"] > payload["free"]:
        make_room(page, payload["first"] + payload["free"], payload["listed"] - payload["free"])
    if payload["listed"]:
        look_alike(page, payload["first"], payload["listed"])
    for row, column, value in payload["cells"]:
        put(page.cell(row, column), value, payload["overwrite"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def put(cell, value, overwrite: bool) -> None:
    """A formula stays, and so does what somebody typed unless it is to be written over."""
    if isinstance(cell, MergedCell) or cell.data_type == "f" or (cell.value not in (None, "") and not overwrite):
        return
    if isinstance(value, dict):
        cell.value = date.fromisoformat(value["day"])
        if cell.number_format == "General":
            cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is no formula


def make_room(page: Worksheet, at: int, number: int) -> None:
    """Rows are put in before row `at`; openpyxl moves the cells, merged ones and heights are moved here."""
    below = [each for each in page.merged_cells.ranges if each.min_row >= at]
    for each in below:
        page.merged_cells.remove(each)
    heights = {row: one.height for row, one in page.row_dimensions.items() if row >= at and one.height}
    page.insert_rows(at, number)
    for each in below:
        each.shift(row_shift=number)
        page.merged_cells.add(each)
    for row in heights:
        page.row_dimensions[row].height = None
    for row, height in heights.items():
        page.row_dimensions[row + number].height = height


def look_alike(page: Worksheet, first: int, number: int) -> None:
    """Borders, fonts and formats as in the first row below the headings."""
    for column in range(1, page.max_column + 1):
        model = page.cell(first, column)
        if isinstance(model, MergedCell) or not model.has_style:
            continue
        for row in range(first + 1, first + number):
            cell = page.cell(row, column)
            if not isinstance(cell, MergedCell) and not cell.has_style:
                cell._style = copy(model._style)
