"""Looking into a zipped workbook before a reader is let loose on it (in the child process)."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from office.child import N_, Unfit

LARGEST_UNPACKED = 1024**3
BOMB_FROM = 20 * 1024**2
BOMB_RATIO = 150
BLOCK = 4 * 1024**2
OVERLAP = 64 * 1024
FAR_COLUMN = re.compile(rb'<c r="([A-Z]{3}\d+)"')
ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
UNVALUED = re.compile(rb'<c [^>]*?r="([A-Z]+\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
SPREADSHEETS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def inspect_package(path: Path) -> None:
    """Raise Unfit for what would harm or mislead: bombs, far cells, formulas without stored values."""
    try:
        with zipfile.ZipFile(path) as package:
            refuse_bomb(package)
            if not any(name in package.NameToInfo for name in SPREADSHEETS):
                raise Unfit(N_("This is not a workbook: it can't be opened as .xlsx, .xls, .ods or .csv."))
            for member, sheet in sheets_in(package):
                inspect_sheet(package, member, sheet)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise Unfit(
            N_("This workbook is damaged or was not copied completely. Save it anew, then try again.")
        ) from fault


def refuse_bomb(package: zipfile.ZipFile) -> None:
    unpacked = sum(member.file_size for member in package.infolist())
    packed = sum(member.compress_size for member in package.infolist()) or 1
    if unpacked > LARGEST_UNPACKED or (unpacked > BOMB_FROM and unpacked / packed > BOMB_RATIO):
        raise Unfit(
            N_("Unpacked, this workbook would be %(size)s MB large: that is no roster. It was not opened."),
            size=unpacked // 1024**2,
        )


def sheets_in(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets of an .xlsx file: where they are stored, and their names."""
    if "xl/workbook.xml" not in package.NameToInfo or "xl/_rels/workbook.xml.rels" not in package.NameToInfo:
        return
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    targets = {
        attribute(tag, "Id"): attribute(tag, "Target") for tag in re.findall(r"<Relationship\b[^>]*>", relations)
    }
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        target = targets.get(attribute(tag, "r:id"), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member in package.NameToInfo:
            yield member, attribute(tag, "name")


def attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else ""


def blocks(package: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The text of a member, piece by piece, each beginning with the end of the one before."""
    with package.open(member) as file:
        tail, unpacked = b"", 0
        while block := file.read(BLOCK):
            unpacked += len(block)
            if unpacked > LARGEST_UNPACKED:
                raise Unfit(N_("This workbook is larger than it says: it was not opened."))
            yield tail + block
            tail = block[-OVERLAP:]


def inspect_sheet(package: zipfile.ZipFile, member: str, sheet: str) -> None:
    rows, last = 0, 0
    for block in blocks(package, member):
        if far := FAR_COLUMN.search(block):
            refuse_far(sheet, far[1].decode())
        if b"<f" in block and (formula := UNVALUED.search(block)):
            raise Unfit(
                N_(
                    "Sheet “%(sheet)s”, cell %(cell)s holds a formula whose result was never stored."
                    " Open the workbook in Excel or WPS, save it, then try again."
                ),
                sheet=sheet,
                cell=formula[1].decode(),
            )
        rows += block.count(b"<row ")
        numbers = ROW.findall(block[-OVERLAP:]) or ROW.findall(block)
        last = max([last, *map(int, numbers)])
    if last > 10 * rows + 10_000:
        refuse_far(sheet, f"A{last}")


def refuse_far(sheet: str, cell: str) -> None:
    raise Unfit(
        N_(
            "Sheet “%(sheet)s” claims to reach as far as cell %(cell)s, with nothing in between."
            " Delete the columns or rows beyond the table, save it, then try again."
        ),
        sheet=sheet,
        cell=cell,
    )
