"""A workbook of what one pairing kept on paper, as one of its sides hands it in: read whole, or told where it is wrong.

The roster import, which sees whole counties and can be undone, is the organiser's; here is one sheet for one pairing.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from core.refusals import Refused
from core.roster import Line, Verdict, Work
from office.models import RosterSheet
from office.rosters.lines import Reader, doubts_as_data
from office.rosters.recognising import Layout, recognise
from office.rosters.reporting import said
from office.rosters.spooling import Spooled, spool
from organisations.models import User
from organisations.rosters.directory import name_key, village_key
from pairing.models import Pairing
from pairing.states import Side
from visits.rosters import ACTIVITIES
from visits.rosters.checking import Known, compare, fatal, wish_of

MOST_ROWS = 500
ALIKE = "on:recorded_already"


@dataclass
class Wrong:
    """A cell that nobody can read as it stands: row, heading, what is typed, what is wrong and how to mend it."""

    row: int
    heading: str
    typed: str
    wrong: str
    remedy: str


def read(
    pairing: Pairing, by: User, side: Side, path: Path, name: str, *, keeps_alike: bool
) -> tuple[Work, list[Line]]:
    """The rows of the sheet of activities, each with a verdict, as one side kept them. `keeps_alike`: the author says
    that they are others."""
    for sheet in spool(path, name):
        layout = recognise(sheet.name, sheet.head, sheet.merged, [ACTIVITIES])
        if layout.described:
            break
    else:
        raise Refused(_("No sheet holds activities. Download the workbook here, fill it in and hand it in again."))
    if sheet.count > MOST_ROWS:
        raise Refused(_("At most %(most)s rows are read at once. Split the workbook.") % {"most": MOST_ROWS})
    work, lines = Work(place=pairing.unit, by=by, sheet=sheet.name), lines_of(sheet, layout)
    known = Known({pairing.unit_id})
    for line in lines:
        line.kept = frozenset({ALIKE}) if keeps_alike else frozenset()
        if is_of(line, pairing):
            wish = wish_of(work, line, known.pairings.get((pairing.unit_id, pairing.village_id)), known)
            line.plan = replace(wish, side=side) if wish else None
    compare(lines)
    for line in lines:
        line.judge(Verdict.UNCHANGED if line.target else Verdict.CREATED)
    if not lines:
        raise Refused(_("The sheet holds no activity yet: fill in one row for each."))
    return work, lines


def lines_of(sheet: Spooled, layout: Layout) -> list[Line]:
    staged = RosterSheet(
        name=sheet.name[:120], described=layout.described, titles=layout.titles, headings=layout.headings,
        header_rows=list(layout.header_rows), scales=layout.scales,
        mapping={str(index): key for index, key in layout.mapping.items()},
    )  # fmt: skip
    reader = Reader(staged, ACTIVITIES)
    return [reader.line(raw) for raw in reader.data(sheet.rows)]


def is_of(line: Line, pairing: Pairing) -> bool:
    """Rows of others stay out of this pairing; they are named, not passed over."""
    own = {"unit": pairing.unit, "village": pairing.village}
    for column, organisation in own.items():
        key = village_key if column == "village" else name_key
        typed, name = key(str(line.values.get(column) or "")), key(organisation.name)
        if typed and typed not in name and name not in typed:
            fatal(
                line, column, "another_pairing", N_("This row is of another pairing than “%(pairing)s”."),
                N_("Leave it out here, and hand it in on the page of its own pairing."),
                params={"pairing": str(pairing)},
            )  # fmt: skip
            return False
    return True


def wrong_in(lines: list[Line]) -> list[Wrong]:
    headings = {column.key: column.heading for column in ACTIVITIES.columns}
    unclear = [line for line in lines if line.verdict in (Verdict.DOUBTFUL, Verdict.REJECTED)]
    return [
        Wrong(line.number, headings[key], line.typed.get(key, ""), said(each, "wrong"), said(each, "remedy"))
        for line in unclear
        for each in doubts_as_data(line.doubts)
        for key in [each["column"]]
    ]
