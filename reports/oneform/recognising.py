"""Which column of a local form means which field: by the machinery of the roster import."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office.rosters.headings import is_serial, unit_of
from office.rosters.recognising import Layout, laid_out, paired, recognise
from office.rosters.spooling import Spooled, spool
from reports.oneform.asked import About, Form
from reports.oneform.fields import NAME, as_sheet, fields_of

SERIAL = "serial"


def read(path: Path, name: str) -> list[Spooled]:
    return spool(path, name)


def sheet_of(workbook: list[Spooled], name: str) -> Spooled:
    found = next((each for each in workbook if each.name == name), None)
    if found is None:
        raise Refused(_("The sheet of this form is not there any more. Hand the form in again."))
    return found


def recognised(workbook: list[Spooled]) -> Form:
    """The first sheet that tells of villages or units; else the first that has headings at all."""
    sheets = [as_sheet(about) for about in About]
    rest: Form | None = None
    for spooled in workbook:
        layout = recognise(spooled.name, spooled.head, spooled.merged, sheets)
        if layout.described:
            return form_of(spooled.name, About(layout.described), layout)
        if layout.header_rows and rest is None:
            found = laid_out(sheets[0], layout.header_rows, layout.headings)
            rest = form_of(spooled.name, About.VILLAGE, found)
    if rest is None:
        raise Refused(_("No row of headings was found: a local form has one, with the names of its columns."))
    return rest


def form_of(sheet: str, about: About, layout: Layout) -> Form:
    mapping = dict(layout.mapping)
    for index, heading in enumerate(layout.headings):
        if index not in mapping and heading and is_serial(heading):
            mapping[index] = SERIAL
            break
    return Form(about, sheet, layout.header_rows, layout.headings, mapping)


def relaid(spooled: Spooled, about: About, row: int) -> Form:
    """With the headings in the row that somebody named; over two rows where the upper one spans."""
    rows = {number: [str(cell).strip() for cell in cells] for number, cells in spooled.head}
    if row not in rows:
        raise Refused(_("This row holds no headings. Name the row in which the columns are called."))
    pair = paired(row - 1, rows[row - 1], rows[row], spooled.merged) if row - 1 in rows else None
    header, headings = ((row - 1, row), pair) if pair else ((row,), rows[row])
    return form_of(spooled.name, about, laid_out(as_sheet(about), header, headings))


def scale_of(about: About, key: str, heading: str) -> int:
    """Yuan for one of the unit that the heading names: 万元 → 10 000."""
    found = fields_of(about).get(key)
    return int(unit_of(found.column, heading) or 1) if found else 1


def has_name(mapping: dict[int, str]) -> bool:
    return NAME in mapping.values()
