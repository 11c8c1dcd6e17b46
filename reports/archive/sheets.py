"""Workbooks within a package: of the same rows always the same bytes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core.exports import write_sheets

MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_sheets(str(path), [(title, header, rows)], made=MADE)
        return path.read_bytes()
