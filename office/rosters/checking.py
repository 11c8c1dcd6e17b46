"""One run over the rows of a roster, in chunks, lowest sheet first: what would become of each - or what has become."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from core.copying import insert_rows, update_rows
from core.roster import Line, Sheet, Verdict, Work
from office.models import RosterImport, RosterRow, RosterSheet
from office.rosters.lines import Raw, Reader, Source, doubts_as_data
from office.rosters.sheets import described_sheet
from office.rosters.values import Cell

CHUNK = 5000
JUDGED = ("verdict", "reason", "notes", "doubts", "changes")
Progress = Callable[[int], None]
Read = tuple[list[Raw], dict[int, str], dict[int, Line]]  # rows, why some hold no data, what the others say


@dataclass
class Part:
    """A sheet and where its rows come from: a file, or what is staged in the database."""

    sheet: RosterSheet
    source: Source
    is_file: bool = False

    @property
    def described(self) -> Sheet | None:
        return described_sheet(self.sheet.described) if self.sheet.described else None


def run(
    work: Work,
    parts: Sequence[Part],
    keep: Callable,
    *,
    applying: bool = False,
    progress: Progress = lambda count: None,
):
    """Check every row - and apply, where asked - handing each chunk to `keep(sheet, results)`."""
    read = [(described, part) for part in parts if (described := part.described)]
    with uncollected():
        for described, part in sorted(read, key=lambda each: (each[0].order, each[1].sheet.position)):
            examine(work, part, described, keep, applying, progress)
        for part in parts:
            if part.described is None:
                keep_unread(part, keep, progress)


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows hold no circles: looking for some among all that is kept, again and again, takes a third of a run."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def examine(work: Work, part: Part, described: Sheet, keep: Callable, applying: bool, progress: Progress) -> None:
    reader = Reader(part.sheet, described)
    work.sheet, work.titles = part.sheet.name, tuple(part.sheet.titles)
    typed = reader.survey(part.source)
    if described.survey:
        described.survey(work, typed)
    for _rest in typed:
        pass
    counts: Counter = Counter()
    chunks = read_chunks(reader, part.source())
    for chunk, reasons, lines in ahead(chunks) if part.is_file else chunks:
        described.check(work, list(lines.values()))
        if applying:
            described.apply(
                work, [line for line in lines.values() if line.verdict in (Verdict.CREATED, Verdict.UPDATED)]
            )
        results = [
            result(raw, lines.get(raw.number), reasons[raw.number], reader.kept(raw, reasons[raw.number]))
            for raw in chunk
        ]
        counts.update(row["verdict"] for row in results)
        keep(part.sheet, results)
        progress(len(chunk))
    if applying and described.close:
        described.close(work)
    part.sheet.counts = dict(counts)


def read_chunks(reader: Reader, rows: Iterator[Raw]) -> Iterator[Read]:
    for chunk in chunked(rows):
        reasons = {raw.number: reader.reasons.get(raw.number, "") for raw in chunk}
        yield chunk, reasons, {raw.number: reader.line(raw) for raw in chunk if not reasons[raw.number]}


def ahead(chunks: Iterator[Read]) -> Iterator[Read]:
    """The next chunk is read while the database writes the one before. Only of a file: in another thread the database
    would answer over a connection that doesn't see this transaction."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = thread.submit(next, chunks, None)
            yield chunk


def keep_unread(part: Part, keep: Callable, progress: Progress) -> None:
    """A sheet that no described roster fits: its rows are kept to be looked at, and passed over."""
    total = 0
    for chunk in chunked(part.source()):
        keep(part.sheet, [result(raw, None, "unread", []) for raw in chunk])
        total += len(chunk)
        progress(len(chunk))
    part.sheet.counts = {Verdict.SKIPPED.value: total} if total else {}


def chunked(rows: Iterator[Raw]) -> Iterator[list[Raw]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def result(raw: Raw, line: Line | None, reason: str, cells: Sequence[Cell]) -> dict:
    """The columns of a RosterRow. Cells of a row that nobody will read again are not kept."""
    return {
        "id": raw.pk,
        "is_as_before": is_as_before(raw, line),
        "number": raw.number,
        "cells": cells,
        "verdict": str(line.verdict.value if line and line.verdict else Verdict.SKIPPED.value),
        "reason": reason,
        "notes": line.notes if line else {},
        "doubts": doubts_as_data(line.doubts) if line else [],
        "changes": line.changes if line else [],
    }


def is_as_before(raw: Raw, line: Line | None) -> bool:
    """Nothing new is to be said about a staged row: it need not be written again."""
    if raw.pk is None or raw.edits or line is None or line.doubts or line.changes:
        return False
    return raw.verdict == line.verdict


def insert_results(sheet: RosterSheet, results: Sequence[dict]) -> None:
    """Rows that are staged for the first time."""
    insert_rows(RosterRow, [row | {"sheet_id": sheet.pk} for row in results])


def update_results(sheet: RosterSheet, results: Sequence[dict]) -> None:
    """Rows that were staged before: what is said about them now."""
    update_rows(RosterRow, JUDGED, [row for row in results if not row["is_as_before"]])


def staged_rows(sheet: RosterSheet) -> Source:
    """The rows of a staged sheet, read in chunks."""

    def rows() -> Iterator[Raw]:
        last = 0
        columns = ("pk", "number", "cells", "edits", "kept", "left_out", "verdict")
        while chunk := list(sheet.rows.filter(number__gt=last).order_by("number").values_list(*columns)[:CHUNK]):
            for pk, number, cells, edits, kept, left_out, verdict in chunk:
                yield Raw(number, cells, edits, frozenset(kept), left_out, pk, verdict)
            last = chunk[-1][1]

    return rows


def staged_parts(roster: RosterImport) -> list[Part]:
    return [Part(sheet, staged_rows(sheet)) for sheet in roster.sheets.all()]


def work_for(roster: RosterImport) -> Work:
    titles = tuple(title for sheet in roster.sheets.all() for title in sheet.titles)
    return Work(roster.place, roster.new_place, roster.year, roster.started_by, dict(roster.options), titles)


def recheck(roster: RosterImport) -> None:
    """Judge every row anew: after a change to a cell, a mapping, the place, or the records themselves."""
    work, parts = work_for(roster), staged_parts(roster)
    run(work, parts, update_results)
    finish(roster, parts, work)


def finish(roster: RosterImport, parts: Sequence[Part], work: Work) -> None:
    RosterSheet.objects.bulk_update([part.sheet for part in parts], ["counts"])
    roster.planned = [list(plan) for plan in work.planned]
    roster.save(update_fields=["planned"])
