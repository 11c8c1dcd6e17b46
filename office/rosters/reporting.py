"""What is said about an import in plain text: counts of each sheet, and each doubt with its remedy."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.masking import mask_phones_in
from core.roster import Holds, Verdict
from office.models import RosterImport, RosterRow, RosterSheet
from office.models.rosters import VERDICTS
from office.rosters.headings import is_serial
from office.rosters.recognising import SKIPPED
from office.rosters.sheets import described_sheet
from office.rosters.values import as_typed

PASSING = {
    Holds.UNKEPT: N_("Columns that are read past and not kept, as little about people is stored as the work needs"),
    Holds.IDENTITY: N_("Columns of which only a key is kept that tells people apart; the workbook itself is not kept"),
}


def said(doubt: Mapping, part: str) -> str:
    """The `wrong` or the `remedy` of a doubt, in the reader's language."""
    return _(doubt[part]) % doubt["params"]


def heading_of_column(sheet: RosterSheet, key: str) -> str:
    """How the sheet heads a column; the name of the column where the sheet lacks it."""
    index = index_of_column(sheet, key)
    return sheet.headings[index] if index is not None else described_sheet(sheet.described).column(key).heading


def index_of_column(sheet: RosterSheet, key: str) -> int | None:
    return next((int(index) for index, mapped in sheet.mapping.items() if mapped == key), None)


def typed_value(sheet: RosterSheet, row: RosterRow, key: str) -> str:
    index = index_of_column(sheet, key)
    if key in row.edits:
        return row.edits[key]
    return as_typed(row.cells[index]) if index is not None and index < len(row.cells) else ""


def planned(roster: RosterImport) -> list[str]:
    return [_(msgid) % params for msgid, params in roster.planned]


def unread_columns(sheet: RosterSheet) -> list[str]:
    """Headings that no column of the roster means: what stands there is not imported, and that is said."""
    return [
        heading
        for index, heading in enumerate(sheet.headings)
        if heading and str(index) not in sheet.mapping and not is_serial(heading)
    ]


def passing_columns(sheet: RosterSheet) -> list[tuple[str, list[str]]]:
    """Columns whose cells are not stored, and why, in words."""
    if not sheet.described:
        return []
    described, found = described_sheet(sheet.described), []
    for holds, words in PASSING.items():
        keys = {column.key for column in described.columns if column.holds is holds}
        if headings := [sheet.headings[int(index)] for index, key in sheet.mapping.items() if key in keys]:
            found.append((_(words), headings))
    return found


def skipped_words(reason: str) -> str:
    if reason == "left_out":
        return _("left out by hand")
    return _(SKIPPED[reason]) if reason in SKIPPED else _("not imported")


def lines_about(roster: RosterImport) -> Iterator[str]:
    """The report of the command line."""
    yield _("Goes under: %(place)s · year of the facts: %(year)s") % {"place": place_words(roster), "year": roster.year}
    yield from (f"  + {plan}" for plan in planned(roster))
    for sheet in roster.sheets.all():
        yield ""
        yield from lines_about_sheet(sheet)


def place_words(roster: RosterImport) -> str:
    return roster.place.name if roster.place else _("%(name)s (will be created)") % {"name": roster.new_place}


def lines_about_sheet(sheet: RosterSheet) -> Iterator[str]:
    words = dict(VERDICTS)
    if not sheet.described:
        yield _("Sheet “%(sheet)s” is not imported: %(reason)s") % {"sheet": sheet.name, "reason": _(sheet.reason)}
        yield f"  {words[Verdict.SKIPPED.value]}: {sheet.counts.get(Verdict.SKIPPED.value, 0)}"
        return
    yield _("Sheet “%(sheet)s” → %(roster)s") % {"sheet": sheet.name, "roster": described_sheet(sheet.described).name}
    yield "  " + "  ".join(f"{words[verdict.value]}: {sheet.counts.get(verdict.value, 0)}" for verdict in Verdict)
    if unread := unread_columns(sheet):
        yield "  " + _("Columns that are not read: %(columns)s") % {"columns": "、".join(unread)}
    for words_said, headings in passing_columns(sheet):
        yield f"  {words_said}: {'、'.join(headings)}"
    for row in sheet.rows.filter(verdict__in=[Verdict.DOUBTFUL.value, Verdict.REJECTED.value]):
        yield from lines_about_row(sheet, row)
    for row in sheet.rows.filter(verdict=Verdict.SKIPPED.value):
        yield "  " + _("row %(row)s passed over: %(reason)s") % {"row": row.number, "reason": skipped_words(row.reason)}


def lines_about_row(sheet: RosterSheet, row: RosterRow) -> Iterator[str]:
    for doubt in row.doubts:
        yield "  " + _("row %(row)s, column “%(column)s”, “%(value)s”: %(wrong)s %(remedy)s") % {
            "row": row.number,
            "column": heading_of_column(sheet, doubt["column"]),
            "value": mask_phones_in(typed_value(sheet, row, doubt["column"])),
            "wrong": said(doubt, "wrong"),
            "remedy": said(doubt, "remedy"),
        }
        if any(doubt["suggestions"]):
            yield "    → " + " / ".join(suggestion or _("(empty)") for suggestion in doubt["suggestions"])
