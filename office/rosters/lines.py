"""From the cells of a row to a line of values, notes and doubts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext_noop as N_

from core.roster import Column, Doubt, Holds, Line, Sheet
from office.models import RosterSheet
from office.rosters.keeping import CHANGED, kept_cells
from office.rosters.recognising import Layout, skipped_reason
from office.rosters.values import Cell, as_typed, read, trimmed

MOSTLY = 0.8


@dataclass(slots=True)
class Raw:
    """A row as it was typed, and what a person said about it since."""

    number: int
    cells: list[Cell]
    edits: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    left_out: bool = False
    pk: int | None = None
    verdict: str = ""


Source = Callable[[], Iterator[Raw]]


class Reader:
    """Reads the rows of one sheet by its mapping.

    `explicit` are the yes-or-no columns in which an empty cell is no answer.
    """

    def __init__(self, sheet: RosterSheet, described: Sheet):
        self.layout = layout_of(sheet)
        self.columns = [(index, described.column(key)) for index, key in self.layout.mapping.items()]
        self.scales = {column.key: self.layout.scales.get(column.key, "") for column in described.columns}
        self.required = [column for column in described.columns if column.required]
        self.hidden = {index: column for index, column in self.columns if column.holds in CHANGED}
        self.described = described
        self.explicit: frozenset[str] = frozenset()
        self.mapped = {column.key for _index, column in self.columns}
        self.reasons: dict[int, str] = {}

    def skipped(self, raw: Raw) -> str:
        return "left_out" if raw.left_out else skipped_reason(self.layout, raw.number, raw.cells)

    def data(self, source: Source) -> Iterator[Raw]:
        """The rows that hold data; why the others are passed over is kept in `reasons`."""
        for raw in source():
            if reason := self.skipped(raw):
                self.reasons[raw.number] = reason
            else:
                yield raw

    def kept(self, raw: Raw, reason: str) -> list[Cell]:
        """The cells of a row as they may be staged."""
        return raw.cells if not self.hidden or reason in ("title", "header") else kept_cells(self.hidden, raw.cells)

    def typed(self, raw: Raw) -> dict[str, str]:
        return {column.key: trimmed(as_typed(cell)) for column, cell in self.cells(raw)}

    def cells(self, raw: Raw) -> Iterator[tuple[Column, Cell]]:
        cells, edits, width = raw.cells, raw.edits, len(raw.cells)
        for index, column in self.columns:
            cell = cells[index] if index < width else ""
            yield column, edits.get(column.key, cell) if edits else cell
        for key in edits.keys() - self.mapped:
            yield self.described.column(key), edits[key]

    def survey(self, source: Source) -> Iterator[dict[str, str]]:
        """All data as typed, once; on the way it learns which yes-or-no columns are answered in words or nearly
        always: there an empty cell is no answer."""
        asked = [column for _index, column in self.columns if column.holds is Holds.YES]
        filled: Counter = Counter()
        denied, rows = set(), 0
        for raw in self.data(source):
            rows += 1
            typed = self.typed(raw)
            for column in asked:
                text = typed[column.key]
                filled[column.key] += bool(text)
                if text and read(column, text).value is False:
                    denied.add(column.key)
            yield typed
        self.explicit = frozenset(
            key for key, count in filled.items() if count and (key in denied or count >= MOSTLY * rows)
        )

    def line(self, raw: Raw) -> Line:
        line = Line(raw.number, {}, kept=raw.kept)
        typed, values, scales = line.typed, line.values, self.scales
        for column, cell in self.cells(raw):
            key = column.key
            values[key], note, doubts = read(column, cell, scales[key])
            typed[key] = cell if isinstance(cell, str) else as_typed(cell)
            if note:
                line.notes[key] = note
            if doubts:
                line.doubts += [d for d in doubts if not (d.may_keep and f"{d.column}:{d.code}" in raw.kept)]
            if key in self.explicit and typed[key] == "":
                line.if_new.append(unanswered(column))
        self.ask_for_required(line)
        return line

    def ask_for_required(self, line: Line) -> None:
        for column in self.required:
            if line.values.get(column.key) is None and not has_doubt(line, column.key):
                line.doubt(
                    column.key, "missing", N_("“%(heading)s” is missing."), N_("Fill it in, or leave the row out."),
                    params={"heading": column.heading}, fatal=True,
                )  # fmt: skip


def layout_of(sheet: RosterSheet) -> Layout:
    mapping = {int(index): key for index, key in sheet.mapping.items()}
    return Layout(tuple(sheet.header_rows), sheet.headings, sheet.described, mapping, sheet.scales, sheet.titles)


def has_doubt(line: Line, key: str) -> bool:
    return any(doubt.column == key for doubt in line.doubts)


def unanswered(column: Column) -> Doubt:
    return Doubt(
        column.key, "unanswered", N_("Elsewhere this column says yes or no; here it says nothing."),
        N_("Choose yes or no."), suggestions=("是", "否"),
    )  # fmt: skip


def doubts_as_data(doubts: Iterable[Doubt]) -> list[dict]:
    return [asdict(doubt) for doubt in doubts]
