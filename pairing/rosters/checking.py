"""Which unit and which village a row of pairings speaks of, and what is to be decided about it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Sheet, Verdict, Work
from organisations.kinds import UNITS, Kind
from organisations.rosters.directory import Directory, Entry, directory_of, name_key, nearest
from organisations.rosters.units import refuse_twice
from pairing.rosters.rounds import KEY, Target, last_day, survey
from pairing.states import PairingState

__all__ = ["PairingWish", "check", "survey"]


@dataclass
class PairingWish:
    unit: Entry
    village: Entry
    signed_on: date | None
    ends_on: date | None
    stored: dict | None = None


def check(work: Work, lines: list[Line], sheet: Sheet) -> None:
    directory, target = directory_of(work), work.memory[KEY]
    for line in lines:
        unit, village = find_unit(directory, line), find_village(directory, line)
        if (
            unit is not None
            and village is not None
            and not refuse_twice(work, line, (id(unit), id(village)), column="village")
        ):
            line.plan = wish_of(line, unit, village, target)
        judge(line, sheet)


def find_unit(directory: Directory, line: Line) -> Entry | None:
    name = str(line.values.get("unit") or "")
    if not name:
        return None
    found = directory.units(name)
    if not found:
        near = nearest(name, [entry for entry in directory.entries if entry.kind in UNITS])
        unknown(line, "unit", N_("No unit of this name is known here."), [entry.name for entry in near])
        return None
    if len(found) > 1:
        line.doubt(
            "unit", "several", N_("Several units bear this name."), N_("Write the full name of the one that is meant.")
        )
    read_as(line, "unit", name, found[0])
    return waits_for(line, "unit", found[0])


def find_village(directory: Directory, line: Line) -> Entry | None:
    """In the township of the row; else anywhere, as a doubt: namesakes stand in other townships."""
    name, given = str(line.values.get("village") or ""), str(line.values.get("township") or "")
    if not name:
        return None
    township = directory.township(given) if given else None
    like = directory.townships_like(given) if given and township is None else []
    found = directory.villages(name, township) if township or not given else []
    if not found:
        return not_in_township(directory, line, name, given, township, like)
    if len(found) > 1:
        line.doubt(
            "township", "several", N_("Villages of this name stand in several townships."), N_("Say which township."),
            suggestions=tuple(entry.township for entry in found[:3]),
        )  # fmt: skip
    read_as(line, "village", name, found[0])
    return waits_for(line, "village", found[0])


def not_in_township(
    directory: Directory, line: Line, name: str, given: str, township: Entry | None, like: list[Entry]
) -> Entry | None:
    """The village stands elsewhere, or its own row is in doubt, or nobody knows it."""
    elsewhere = directory.villages(name)
    waiting = [entry for entry in elsewhere if not entry.certain]
    if waiting:
        return waits_for(line, "village", waiting[0])
    near_township = [entry for entry in elsewhere if entry.parent in like]
    if elsewhere:
        suggestions = [entry.township for entry in near_township or elsewhere][:3]
        line.doubt(
            "township", "other_township", N_("There is no such village in “%(given)s”, but there is one elsewhere."),
            N_("Accept the township, or correct the village."), params={"given": given}, suggestions=tuple(suggestions),
        )  # fmt: skip
        return None
    villages = [entry for entry in directory.entries if entry.kind == Kind.VILLAGE]
    near = nearest(
        name, [entry for entry in villages if entry.parent is township] if township else villages
    ) or nearest(name, villages)
    unknown(line, "village", N_("No village of this name is known here."), [entry.name for entry in near])
    return None


def unknown(line: Line, column: str, wrong: str, names: list[str]) -> None:
    remedy = (
        N_("Correct the name; names that look alike are suggested.")
        if names
        else N_("Correct the name, or import it first.")
    )
    line.doubt(column, "unknown", wrong, remedy, suggestions=tuple(names), fatal=True)


def read_as(line: Line, column: str, name: str, entry: Entry) -> None:
    if name_key(name) != name_key(entry.name):
        line.notes[column] = entry.name


def waits_for(line: Line, column: str, entry: Entry) -> Entry:
    """What the row refers to is itself in doubt: decide there first."""
    if entry.pk is None and not entry.certain:
        sheet, _hash, row = entry.origin.rpartition("#")
        line.doubt(
            column, "waits", N_("“%(name)s” is itself in doubt: sheet “%(sheet)s”, row %(row)s."),
            N_("Decide that row first."), params={"name": entry.name, "sheet": sheet, "row": row},
        )  # fmt: skip
    return entry


def wish_of(line: Line, unit: Entry, village: Entry, target: Target) -> PairingWish:
    signed_on, years = line.values.get("signed_on"), line.values.get("term")
    ends_on = line.values.get("ends_on")
    if ends_on is None and isinstance(signed_on, date) and isinstance(years, int):
        ends_on = last_day(signed_on, years)
    stored = target.pairings.get((unit.pk or 0, village.pk or 0))
    asked = "signed_on" in line.typed and not any(doubt.column == "signed_on" for doubt in line.doubts)
    if stored is None and asked and signed_on is None:
        line.doubt(
            "signed_on", "unsigned", N_("The day of signing is missing."),
            N_("Fill it in; or keep it empty, and the pairing is kept as not signed."), may_keep=True,
        )  # fmt: skip
    if isinstance(signed_on, date) and isinstance(ends_on, date) and ends_on < signed_on:
        line.doubt("ends_on", "ends_early", N_("It ends before it was signed."), N_("Correct one of the two days."))
    return PairingWish(unit, village, signed_on, ends_on, stored)  # type: ignore[arg-type]


def judge(line: Line, sheet: Sheet) -> None:
    wish = line.plan
    if not isinstance(wish, PairingWish) or wish.stored is None:
        line.judge(Verdict.CREATED)
        return
    line.target = wish.stored["id"]
    wished = {"signed_on": wish.signed_on, "ends_on": wish.ends_on}
    line.changes = [
        [sheet.column(name).heading, str(wish.stored[name] or ""), str(value)]
        for name, value in wished.items()
        if value is not None and value != wish.stored[name]
    ]
    if line.changes and wish.stored["agreements"] is not None:
        line.doubt(
            "signed_on",
            "has_agreement",
            N_("This pairing has an agreement in the product; its dates come from there."),
            N_("Correct the row, or leave it out."), suggestions=(str(wish.stored["signed_on"] or ""),),
        )  # fmt: skip
    line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)


def state_of(signed_on: date | None) -> PairingState:
    return PairingState.SIGNED if signed_on else PairingState.NEGOTIATING
