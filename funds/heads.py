"""The ends of the chains, kept outside the database: a file that is only ever added to (settings.LEDGER_HEADS).

A line is moment, fund, number and hash, with tabs between. Whoever alters an entry and computes the chain anew, or
restores an old back-up, has the file against them; copy it to where the administrators of the database can't write.
"""

import mmap
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from core.names import normal

Head = tuple[int, int, str]  # fund, number, hash


class Noted(NamedTuple):
    """One line of the file."""

    moment: datetime
    fund: int
    number: int
    hash: str


HEAD_SHOWN = 16  # characters of a hash that a poster prints: enough to compare by eye
PRINTED = re.compile(
    rf"(?<!\d)(\d{{1,9}})\D{{1,16}}?(\d{{1,9}})\D{{1,16}}?(?<![0-9a-f])([0-9a-f]{{{HEAD_SHOWN},64}})(?![0-9a-f])"
)
LINE_AT_MOST = 160  # characters before the fund's number, the moment among them
LOADED = """
    DROP TABLE IF EXISTS pg_temp.heads;
    CREATE TEMPORARY TABLE heads (moment timestamptz, fund bigint, number integer, hash text) ON COMMIT DROP
"""
NOT_NOTED = """
    SELECT id, last_number, head FROM funds_fund f WHERE last_number > 0
    AND NOT EXISTS (SELECT 1 FROM heads h WHERE h.fund = f.id AND h.number = f.last_number AND h.hash = f.head)
    ORDER BY id
"""


def path() -> Path:
    return Path(settings.LEDGER_HEADS)


def note(heads: Iterable[Head], at: datetime) -> None:
    """Add lines; they lie on the disk when this returns. Several processes may write at once."""
    moment = at.astimezone(UTC).isoformat()
    lines = "".join(f"{moment}\t{fund}\t{number}\t{end}\n" for fund, number, end in heads)
    if not lines:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def of_funds(funds: Iterable[int]) -> list[Noted]:
    """All lines of a few funds, the oldest first."""
    keys = "|".join(map(str, funds))
    return list(found(rf"\t({keys})\t(\d+)\t([0-9a-f]{{64}})\n")) if keys else []


def beginning_with(start: str) -> Noted | None:
    """The line whose hash begins with what a poster has printed of it; `start`: hexadecimal digits."""
    return next(found(rf"\t(\d+)\t(\d+)\t({start}[0-9a-f]*)\n"), None)


def found(pattern: str) -> Iterator[Noted]:
    """Lines with fund, number and hash as in `pattern`, read where they lie: half a second for five million."""
    if not path().exists() or not path().stat().st_size:
        return
    with path().open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        for one in re.finditer(pattern.encode(), lines):
            begin = lines.rfind(b"\n", max(one.start() - LINE_AT_MOST, 0), one.start()) + 1
            fund, number, end = (part.decode() for part in one.groups())
            yield Noted(datetime.fromisoformat(lines[begin : one.start()].decode()), int(fund), int(number), end)


def printed_in(text: str) -> list[Head]:
    """Lines as posters print and mails have them, in whatever language: two numbers, then a hash or its beginning."""
    return [(int(fund), int(number), start) for fund, number, start in PRINTED.findall(normal(text))]


def load() -> None:
    """Into the temporary table `heads`, for as long as the transaction lasts; empty where there is no file."""
    with connection.cursor() as cursor:
        cursor.execute(LOADED)
        if path().exists():
            with path().open("rb") as lines, connection.wrap_database_errors:
                cursor.cursor.copy_expert("COPY heads FROM STDIN", lines)
        cursor.execute("ANALYZE heads")


def not_noted() -> list[Head]:
    """Ends that the file does not know: the server died between the commit and the line. After `load`."""
    with connection.cursor() as cursor:
        cursor.execute(NOT_NOTED)
        return cursor.fetchall()
