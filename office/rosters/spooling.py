"""Rows on their way from the child process to the database, in a temporary file: read twice, never all at once."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from office.child import stream_limited
from office.rosters.lines import Raw
from office.rosters.recognising import SEARCHED_ROWS

SECONDS, MEGABYTES = 120, 2048
MOST_SHEETS = 60


@dataclass
class Spooled:
    """One sheet of a file: its first rows, where cells are merged, and a file of all its rows."""

    name: str
    merged: list
    file: IO[bytes]
    head: list = field(default_factory=list)
    count: int = 0

    def add(self, chunk: list) -> None:
        if self.count < SEARCHED_ROWS:
            self.head += [(number, cells) for number, cells in chunk[: SEARCHED_ROWS - self.count]]
        self.file.write(json.dumps(chunk, ensure_ascii=False).encode() + b"\n")
        self.count += len(chunk)

    def rows(self) -> Iterator[Raw]:
        self.file.seek(0)
        for line in self.file:
            for number, cells in json.loads(line):
                yield Raw(number, cells)


def spool(path: Path, name: str) -> list[Spooled]:
    """All sheets of a file. Raises Refused with a sentence where it can't be read."""
    sheets: list[Spooled] = []
    parts = stream_limited(
        "office.rosters.reading.rows_of",
        {"path": str(path.resolve()), "name": name},
        seconds=SECONDS,
        megabytes=MEGABYTES,
    )
    for part in parts:
        if "sheet" in part:
            file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the rows are needed
            sheets.append(Spooled(part["sheet"], part["merged"], file))
        elif sheets:
            sheets[-1].add(part["rows"])
    return sheets[:MOST_SHEETS]
