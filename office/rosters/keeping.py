"""What a staged row keeps of a cell: of an identity number a keyed hash, of what is read past nothing."""

from collections.abc import Mapping, Sequence

from core.identity import HASH, MARK, identity_hash, is_identity
from core.roster import Column, Holds
from office import files
from office.models import RosterImport, RosterSheet
from office.rosters.sheets import described_sheet
from office.rosters.values import Cell, as_typed, trimmed

HIDDEN = "****"
CHANGED = (Holds.IDENTITY, Holds.UNKEPT)


def kept(column: Column, cell: Cell) -> Cell:
    """What may be stored of a cell. A number that is none is hidden too: it may be one with a slip."""
    if column.holds is Holds.UNKEPT:
        return ""
    text = trimmed(as_typed(cell))
    if column.holds is not Holds.IDENTITY or not text or HASH.fullmatch(text):
        return cell
    return MARK + identity_hash(text) if is_identity(text) else HIDDEN


def forget_workbook(roster: RosterImport) -> None:
    """A workbook with identity numbers is not kept once its rows are staged: it would hold what they do not."""
    if roster.file is None or not any(holds_identities(sheet) for sheet in roster.sheets.exclude(described="")):
        return
    file, roster.file = roster.file, None
    roster.save(update_fields=["file"])
    files.remove(file)


def holds_identities(sheet: RosterSheet) -> bool:
    described = described_sheet(sheet.described)
    return any(described.column(key).holds is Holds.IDENTITY for key in sheet.mapping.values())


def kept_cells(columns: Mapping[int, Column], cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a row; `columns` are those that are not kept as typed, by position."""
    return [kept(columns[index], cell) if index in columns else cell for index, cell in enumerate(cells)]
