"""To which organisation the person or household of a row belongs."""

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Work
from organisations.kinds import UNITS, Kind
from organisations.rosters.directory import Directory, Entry, name_key, nearest
from pairing.rosters import checking

# Where people can be on the roster besides a unit: Party organisations, teams, committees.
OTHERS = tuple(kind for kind in Kind if kind not in (*UNITS, Kind.VILLAGE))
FOUND = "members.belonging"


def remembered(work: Work, line: Line, key: tuple, find) -> Entry | None:
    """Thousands of rows name the same few organisations: what was found, and doubted, is found once."""
    memory: dict = work.memory.setdefault(f"{FOUND}:{work.sheet}", {})
    if key not in memory:
        alone = Line(line.number, line.typed, line.values, kept=line.kept)
        entry = find(alone)
        memory[key] = (entry, alone.notes, alone.doubts)
    entry, notes, doubts = memory[key]
    line.notes.update(notes)
    line.doubts += doubts
    return entry


def unit_of(work: Work, directory: Directory, line: Line) -> Entry | None:
    name = str(line.values.get("unit") or "")
    return remembered(work, line, ("unit", name), lambda alone: find_unit(directory, alone, name)) if name else None


def find_unit(directory: Directory, line: Line, name: str) -> Entry | None:
    found = directory.units(name) or directory.named(name, OTHERS)
    if not found and name_key(name) == name_key(directory.place.name):
        found = [directory.place]
    if not found:
        near = nearest(name, [entry for entry in directory.entries if entry.kind != Kind.VILLAGE])
        checking.unknown(
            line, "unit", N_("No organisation of this name is known here."), [entry.name for entry in near]
        )
        return None
    if len(found) > 1:
        line.doubt(
            "unit", "several", N_("Several organisations bear this name."),
            N_("Write the full name of the one that is meant."),
        )  # fmt: skip
    checking.read_as(line, "unit", name, found[0])
    return checking.waits_for(line, "unit", found[0])


def village_of(work: Work, directory: Directory, line: Line) -> Entry | None:
    given = (line.values.get("township"), line.values.get("village"))
    return remembered(work, line, given, lambda alone: checking.find_village(directory, alone)) if given[1] else None


def home_of(work: Work, directory: Directory, line: Line) -> Entry | None:
    """A member stands on the roster of one organisation: a unit, or a village."""
    unit, village = line.values.get("unit"), line.values.get("village")
    if unit and village:
        line.doubt(
            "village", "two_homes", N_("Both a unit and a village are named; a member stands on one roster."),
            N_("Empty one of the two cells. A second registration is entered on the member's own page."),
            suggestions=("",),
        )  # fmt: skip
        return None
    if not unit and not village and not any(doubt.column in ("unit", "village") for doubt in line.doubts):
        column = "unit" if "unit" in line.typed else "village"
        line.doubt(
            column, "no_home", N_("It is not said to which organisation this person belongs."),
            N_("Fill in the unit or the village, or leave the row out."), fatal=True,
        )  # fmt: skip
        return None
    return unit_of(work, directory, line) if unit else village_of(work, directory, line)
