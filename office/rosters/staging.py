"""From a file to staged rows: recognise its sheets, find its place and year, judge every row, write by COPY."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.roster import Holds
from office.models import RosterImport, RosterSheet
from office.rosters.applying import conclude
from office.rosters.checking import Part, finish, insert_results, run, work_for
from office.rosters.dates import year_in
from office.rosters.keeping import forget_workbook
from office.rosters.lines import Reader
from office.rosters.recognising import Layout, recognise
from office.rosters.sheets import described_sheets
from office.rosters.spooling import Spooled, spool
from organisations.rosters.placing import likely_place, only_place, place_in, places_for

LOOKED_AT = 300
CHOOSE = _("The file does not say under which organisation its rows go. Choose one.")
CHOOSE_KNOWN = _(
    "The file speaks of “%(name)s”, which is none of your places. Choose under which organisation its rows go."
)


@dataclass
class Choices:
    """What was said before the file was read; what is not said is found in the file.

    With `apply_at` what is clear is applied in the same pass, at that moment.
    """

    only_sheet: str = ""
    apply_at: datetime | None = None


def stage(
    roster: RosterImport, path: Path, choices: Choices, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Read the file into `roster`, replacing what was staged before. One transaction, constant statements a chunk."""
    spooled = [sheet for sheet in spool(path, roster.name) if choices.only_sheet in ("", sheet.name)]
    total, done = sum(sheet.count for sheet in spooled), 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    with transaction.atomic(), pghistory.context(roster=roster.pk):
        roster.sheets.all().delete()
        parts = make_sheets(roster, spooled)
        settle(roster, parts, choices)
        work = work_for(roster)
        run(work, parts, insert_results, applying=choices.apply_at is not None, progress=count)
        finish(roster, parts, work)
        if choices.apply_at is not None:
            conclude(roster, work, choices.apply_at)
        forget_workbook(roster)


def make_sheets(roster: RosterImport, spooled: Sequence[Spooled]) -> list[Part]:
    layouts = [layout_for(roster, sheet) for sheet in spooled]
    sheets = RosterSheet.objects.bulk_create(
        sheet_for(roster, position, spooled[position].name, layout) for position, layout in enumerate(layouts)
    )
    return [Part(sheet, source.rows, is_file=True) for sheet, source in zip(sheets, spooled, strict=True)]


def layout_for(roster: RosterImport, sheet: Spooled) -> Layout:
    """As recognised; what a person chose for a sheet of this name comes before."""
    layout = recognise(sheet.name, sheet.head, sheet.merged, described_sheets())
    chosen = roster.options.get("layouts", {}).get(sheet.name)
    if chosen:
        layout.described, layout.header_rows = chosen["described"], tuple(chosen["header_rows"])
        layout.headings = headings_at(sheet, layout.header_rows) or layout.headings
        layout.mapping = {int(index): key for index, key in chosen["mapping"].items()}
        layout.scales = chosen["scales"]
    return layout


def headings_at(sheet: Spooled, header_rows: tuple[int, ...]) -> list[str]:
    rows = [[str(cell).strip() for cell in row] for number, row in sheet.head if number in header_rows]
    width = max(map(len, rows), default=0)
    return [next((row[i] for row in reversed(rows) if i < len(row) and row[i]), "") for i in range(width)]


def sheet_for(roster: RosterImport, position: int, name: str, layout: Layout) -> RosterSheet:
    return RosterSheet(
        roster=roster,
        position=position,
        name=name[:120],
        described=layout.described,
        reason=layout.reason if not layout.described else "",
        titles=layout.titles[:8],
        headings=layout.headings,
        header_rows=list(layout.header_rows),
        mapping={str(index): key for index, key in layout.mapping.items()},
        scales=layout.scales,
    )


def settle(roster: RosterImport, parts: Sequence[Part], choices: Choices) -> None:
    """Place and year, where nobody chose them."""
    titles = [title for part in parts for title in part.sheet.titles[1:]]
    if roster.place is None and not roster.new_place:
        find_place(roster, parts, [*titles, roster.name])
    if not roster.year:
        roster.year = next((year for title in titles if (year := year_in(title))), None) or timezone.localdate().year
    roster.save(update_fields=["place", "new_place", "year"])


def find_place(roster: RosterImport, parts: Sequence[Part], titles: Sequence[str]) -> None:
    """What the file points to; else the only place there is. A place that nobody knows is created by the command line
    alone, which says so; a person has to choose."""
    names, codes = sample(parts)
    places = places_for(roster.started_by)
    roster.place = likely_place(places, titles, names, codes)
    unknown = place_in(titles, names)
    if roster.place is None and not unknown:
        roster.place = only_place(places)
    if roster.place is None and roster.started_by is None:
        roster.new_place = unknown
    if roster.place is None and not roster.new_place:
        raise Refused(CHOOSE_KNOWN % {"name": unknown} if unknown else CHOOSE)


def sample(parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    """Names and division codes from the first rows of the sheets that are understood."""
    names: list[str] = []
    codes: list[str] = []
    for part in parts:
        if part.described is None:
            continue
        reader = Reader(part.sheet, part.described)
        for row in first(reader.typed(raw) for raw in reader.data(part.source)):
            names += [row[key] for key in ("name", "unit") if row.get(key)]
            codes += [row[c.key] for c in part.described.columns if c.holds is Holds.DIVISION_CODE and row.get(c.key)]
    return names, codes


def first(rows: Iterator[dict]) -> Iterator[dict]:
    for _count, row in zip(range(LOOKED_AT), rows, strict=False):
        yield row
