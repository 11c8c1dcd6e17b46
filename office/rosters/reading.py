"""Reading a file in the child process (office.child): sheets and rows as JSON, or a sentence why it can't be used.

Yields {"sheet": name, "merged": [[row, column, row, column], …]} and after it {"rows": [[number, cells], …]} in chunks.
A cell is a text or a number; a date is the text 2007-03-15. The child needs no settings: sentences are msgids here.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msoffcrypto
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from office.child import N_, Unfit
from office.rosters.package import inspect_package

CHUNK = 500
MOST_ROWS = 500_000
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"mime-version")
ENCODINGS = ("utf-8-sig", "gb18030")
NOT_A_WORKBOOK = N_("This is not a workbook: it can't be opened as .xlsx, .xls, .ods or .csv.")
EMPTY = N_("This workbook is empty: no sheet holds anything.")


def rows_of(payload: dict) -> Iterator[dict]:
    """The function that the child runs. `payload`: the path of the file, and the name that it came with."""
    path, found = Path(payload["path"]), False
    for part in parts_of(path, payload["name"]):
        found = found or bool(part.get("rows"))
        yield part
    if not found:
        raise Unfit(EMPTY)


def parts_of(path: Path, name: str) -> Iterator[dict]:
    with path.open("rb") as file:
        start = file.read(512)
    if not start.strip():
        raise Unfit(EMPTY)
    if start.startswith(COMPOUND):
        refuse_encrypted(path)
        return parts_of_workbook(path)
    if start.startswith(b"PK"):
        inspect_package(path)
        return parts_of_workbook(path)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(MARKUP):
        raise Unfit(N_("This is a web page that is named like a workbook. Open it, save it as .xlsx, then try again."))
    return parts_of_text(path, Path(name).stem)


def refuse_encrypted(path: Path) -> None:
    with path.open("rb") as file:
        try:
            encrypted = msoffcrypto.OfficeFile(file).is_encrypted()
        except Exception as fault:  # the library raises whatever its parsers raise
            raise Unfit(NOT_A_WORKBOOK) from fault
    if encrypted:
        raise Unfit(
            N_("This workbook is protected by a password. Open it, remove the password, save it, then try again.")
        )


def parts_of_workbook(path: Path) -> Iterator[dict]:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, zipfile.BadZipFile) as fault:
        raise Unfit(NOT_A_WORKBOOK) from fault
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield from parts_of_sheet(book, sheet.name)


def parts_of_sheet(book: CalamineWorkbook, name: str) -> Iterator[dict]:
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as fault:
        raise Unfit(
            N_("Sheet “%(sheet)s” is damaged and can't be read. Save the workbook anew."), sheet=name
        ) from fault
    merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or []][:2000]
    yield {"sheet": name, "merged": merged}
    first = sheet.start[0] + 1 if sheet.start else 1
    lead = [""] * (sheet.start[1] if sheet.start else 0)
    rows = ((number, lead + row) for number, row in enumerate(sheet.to_python(skip_empty_area=True), first))
    yield from chunks(rows)


def chunks(rows: Iterable[tuple[int, list]]) -> Iterator[dict]:
    """Rows that hold anything, with their number in the sheet."""
    chunk: list[list] = []
    for number, row in rows:
        if number > MOST_ROWS:
            raise Unfit(N_("This sheet has more than %(most)s rows. Split it."), most=MOST_ROWS)
        cells = [plain(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            chunk.append([number, cells])
        if len(chunk) == CHUNK:
            yield {"rows": chunk}
            chunk = []
    if chunk:
        yield {"rows": chunk}


def plain(cell: object) -> str | int | float:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e18 else cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return cell if isinstance(cell, str | int) else str(cell or "")


def parts_of_text(path: Path, name: str) -> Iterator[dict]:
    text = decoded(path.read_bytes())
    lines = text.splitlines()
    delimiter = max(",\t;", key=lambda sign: sum(line.count(sign) for line in lines[:20]))
    if not any(delimiter in line for line in lines[:20]):
        raise Unfit(NOT_A_WORKBOOK)
    yield {"sheet": name, "merged": []}
    try:
        table = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        yield from chunks((number, [bare(cell) for cell in row]) for number, row in enumerate(table, 1))
    except csv.Error as fault:
        raise Unfit(N_("This .csv file is damaged: %(fault)s. Save it anew as .xlsx."), fault=str(fault)) from fault


def bare(cell: str) -> str:
    """="0857" is how a program keeps a spreadsheet from turning a code into a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def decoded(raw: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, or GB18030 (domain §6.9)."""
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if "\ufffd" in text:
            raise Unfit(
                N_("This text has characters that were lost when it was converted (�). Export it anew as UTF-8.")
            )
        return text
    raise Unfit(NOT_A_WORKBOOK)
