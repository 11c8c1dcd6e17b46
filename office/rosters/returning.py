"""The returned copy: the workbook as it came, with an error column and a comment at each doubtful cell."""

from pathlib import Path

from django.utils.translation import gettext as _

from core.roster import Verdict
from office.child import run_limited
from office.models import RosterImport, RosterRow, RosterSheet
from office.rosters.reporting import heading_of_column, index_of_column, said

SECONDS, MEGABYTES = 120, 3072
KEEPS_ITS_LOOK = (".xlsx", ".xlsm")


def marked_copy(roster: RosterImport, source: Path) -> bytes:
    """The bytes of an .xlsx file. Of another kind of file the rows come back, without their look."""
    sheets = list(roster.sheets.exclude(described=""))
    payload = {
        "source": str(source.resolve()) if Path(roster.name).suffix.lower() in KEEPS_ITS_LOOK else "",
        "sheets": [marks_of(sheet) for sheet in sheets],
        "rows": {},
    }
    if not payload["source"]:
        payload["rows"] = {sheet.name: list(sheet.rows.values_list("number", "cells")) for sheet in sheets}
    return run_limited("office.rosters.marking.mark", payload, seconds=SECONDS, megabytes=MEGABYTES)


def marks_of(sheet: RosterSheet) -> dict:
    """Where the error column stands and what is written at which cell."""
    rows = sheet.rows.filter(verdict__in=[Verdict.DOUBTFUL.value, Verdict.REJECTED.value])
    return {
        "name": sheet.name,
        "header": max(sheet.header_rows, default=1),
        "headings": sheet.headings,
        "rows": [marks_of_row(sheet, row) for row in rows.iterator(chunk_size=1000)],
    }


def marks_of_row(sheet: RosterSheet, row: RosterRow) -> dict:
    sentences, cells = [], []
    for doubt in row.doubts:
        words = f"{said(doubt, 'wrong')}{said(doubt, 'remedy')}"
        if doubt["suggestions"]:
            offers = " / ".join(suggestion or _("(empty)") for suggestion in doubt["suggestions"])
            words += _("Suggestion: %(offers)s") % {"offers": offers}
        sentences.append(f"{heading_of_column(sheet, doubt['column'])}：{words}")
        index = index_of_column(sheet, doubt["column"])
        if index is not None:
            cells.append([index, words, doubt["fatal"]])
    return {"number": row.number, "sentence": "\n".join(sentences), "cells": cells}
