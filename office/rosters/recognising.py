"""What a sheet is and where its table begins: by what its headings mean, never by its name or place alone."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as N_

from core.roster import Sheet
from office.rosters.headings import fold, is_serial, meaning, unit_of

SEARCHED_ROWS = 30
LEAST_SHARE = 0.4
LEADING = 4
END = "\x00"  # between the leading cells of a row, which are looked at in one go
TOTALS = "(?:合计|总计|小计|共计|累计|合计数|总合计|本页合计)"
TOTAL = re.compile(rf"\A{END}*{TOTALS}|{END}{TOTALS}(?:{END}|\Z)")
SIGNATURE = re.compile(
    rf"{END}*(审核人|制表人?|填报人|填表人|负责人|经办人|复核人?|审批人|单位负责人|填报单位|填报日期|填表日期|报送单位|制表日期|备注|说明|注)(:|{END}|\Z)"
)
Row = Sequence[object]
SKIPPED = {
    "title": N_("title above the table"),
    "header": N_("headings"),
    "repeated": N_("headings repeated"),
    "total": N_("row of totals"),
    "signature": N_("row of signatures or remarks"),
    "numbers": N_("row of column numbers"),
}


@dataclass
class Layout:
    """Where a sheet's table begins and what its columns mean. Rows are numbered from 1, columns from 0.

    `mapping` gives the key of each column that is read, `scales` the unit of money columns, `titles` what stands
    above the headings. `described` is the key of the described sheet, or empty with the `reason`.
    """

    header_rows: tuple[int, ...] = ()
    headings: list[str] = field(default_factory=list)
    described: str = ""
    mapping: dict[int, str] = field(default_factory=dict)
    scales: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    reason: str = ""

    @property
    def last_header(self) -> int:
        return max(self.header_rows, default=0)


NO_HEADINGS = N_("No row of headings was found.")
NOTHING_FITS = N_("Its columns fit none of the rosters that can be imported yet.")


def recognise(name: str, rows: Sequence[tuple[int, Row]], merged: Sequence, sheets: Sequence[Sheet]) -> Layout:
    """The layout of a sheet, from its first rows. Pure: a person may change every part of it afterwards."""
    rows = rows[:SEARCHED_ROWS]
    best, layout = 0.0, Layout(titles=[name], reason=NO_HEADINGS)
    for candidate in header_candidates(rows, merged):
        header_rows, headings = candidate
        for sheet in sheets:
            score = fitness(sheet, headings)
            if score > best:
                best, layout = score, laid_out(sheet, header_rows, headings)
    if not layout.header_rows:
        layout = unfitting(rows, merged)
    layout.titles = [name, *titles_above(rows, min(layout.header_rows, default=SEARCHED_ROWS))]
    return layout


def laid_out(sheet: Sheet, header_rows: tuple[int, ...], headings: list[str]) -> Layout:
    """The layout that a described sheet gives to headings."""
    mapping: dict[int, str] = {}
    scales: dict[str, str] = {}
    for index, heading in enumerate(headings):
        key = meaning(sheet, heading) if heading else None
        if key and key not in mapping.values():
            mapping[index] = key
            if scale := unit_of(sheet.column(key), heading):
                scales[key] = scale
    return Layout(header_rows, headings, sheet.key, mapping, scales)


def unfitting(rows: Sequence[tuple[int, Row]], merged: Sequence) -> Layout:
    """No described sheet fits: the widest early row is shown as its headings."""
    wide = [(number, row) for number, row in rows[:10] if sum(bool(str(cell)) for cell in row) >= 2]
    if not wide:
        return Layout(reason=NO_HEADINGS)
    number, row = next(((n, r) for n, r in wide if any(is_serial(str(cell)) for cell in r)), wide[0])
    return Layout((number,), [str(cell) for cell in row], reason=NOTHING_FITS)


def header_candidates(rows: Sequence[tuple[int, Row]], merged: Sequence):
    """Each row alone, and each pair of rows whose upper one spans several columns."""
    for position, (number, row) in enumerate(rows):
        texts = [str(cell).strip() for cell in row]
        if sum(bool(text) for text in texts) < 2:
            continue
        yield (number,), texts
        if position + 1 < len(rows) and rows[position + 1][0] == number + 1:
            pair = paired(number, texts, [str(cell).strip() for cell in rows[position + 1][1]], merged)
            if pair:
                yield (number, number + 1), pair


def paired(number: int, upper: list[str], lower: list[str], merged: Sequence) -> list[str] | None:
    """Headings over two rows: the lower words where there are any, else the upper ones that span both rows."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    spanning = {
        column
        for top, left, bottom, right in merged
        if top == number - 1 and right > left
        for column in range(left, right + 1)
    }
    gaps = any(low and not up for up, low in zip(upper, lower, strict=True)) or spanning
    if not gaps or any(re.fullmatch(r"[\d.]+", text) for text in lower):
        return None
    return [low or up for up, low in zip(upper, lower, strict=True)]


def fitness(sheet: Sheet, headings: list[str]) -> float:
    """How well headings fit: 0 without the required ones or with strangers, else how many are understood."""
    named = [heading for heading in headings if heading and not is_serial(heading)]
    if not named or any(fold(heading) in map(fold, sheet.strangers) for heading in named):
        return 0
    keys = {meaning(sheet, heading) for heading in named} - {None}
    if not keys >= sheet.required or (sheet.any_of and not keys & sheet.any_of):
        return 0
    if len(keys) / len(named) < LEAST_SHARE:
        return 0
    return len(keys) + len(keys) / len(named)


def titles_above(rows: Sequence[tuple[int, Row]], header: int) -> list[str]:
    """What stands above the headings: the title, the fill-in line."""
    return [str(cell).strip() for number, row in rows if number < header for cell in row if str(cell).strip()]


def skipped_reason(layout: Layout, number: int, row: Row) -> str:
    """Why a row is no data: a key of SKIPPED, or empty where it is data."""
    if number <= layout.last_header:
        return "header" if number in layout.header_rows else "title"
    leading = fold_text(END.join(map(str, row[:LEADING])))
    if not leading.strip(END):
        leading = next((fold_text(str(cell)) for cell in row if cell != ""), "")
    if TOTAL.search(leading):
        return "total"
    if SIGNATURE.match(leading):
        return "signature"
    return "repeated" if is_repeated(layout, row) else "numbers" if is_numbering(row) else ""


def fold_text(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def is_repeated(layout: Layout, row: Row) -> bool:
    """The headings again, as on the next printed page."""
    same = 0
    for index, cell in enumerate(row):
        if cell != "" and index < len(layout.headings):
            if not isinstance(cell, str) or fold(cell) != fold(layout.headings[index]):
                return False
            same += 1
    return same >= 2


def is_numbering(row: Row) -> bool:
    """1 2 3 4 … under the headings."""
    filled = [cell for cell in row if cell != ""]
    if len(filled) < 3 or str(filled[0]) != "1":
        return False
    return all(str(cell) == str(number) for number, cell in enumerate(filled, 1))
