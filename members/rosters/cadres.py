"""The cadre whom the row of a household names: by the number of the cadres' roster, else by name and organisation."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Work
from members.models import Member
from members.rosters.namesakes import Somebody
from members.rosters.roll import MEMBER_FIELDS, Roll, member_roll, stored_ids
from organisations.kinds import Kind
from organisations.querysets import within
from organisations.rosters.directory import Directory, Entry, name_key

ASKED = "members.asked_cadres"


def fetch(work: Work, directory: Directory, lines: Sequence[Line]) -> None:
    """Those of the lines who stand in no row of this workbook are read from the rosters, in two statements at most."""
    roll, asked = member_roll(work), work.memory.setdefault(ASKED, set())
    numbers = {text for line in lines if (text := text_of(line, "cadre_number"))} - roll.numbered.keys() - asked
    names = {text for line in lines if not text_of(line, "cadre_number") and (text := text_of(line, "cadre"))} - asked
    asked |= numbers | names
    if work.place is not None and numbers:
        of_teams = [person for person in stored(work, directory, number__in=numbers) if is_of_team(person)]
        others = [person for person in stored(work, directory, number__in=numbers) if not is_of_team(person)]
        for person in of_teams or others:
            roll.numbered[person.ids.number].append(person)
    if work.place is not None and names:
        remember(roll, stored(work, directory, name__in=names))


def text_of(line: Line, column: str) -> str:
    return str(line.values.get(column) or "")


def is_of_team(person: Somebody) -> bool:
    return person.place.kind == Kind.WORK_TEAM


def stored(work: Work, directory: Directory, **which: Any) -> list[Somebody]:
    """Members of the place, each with the entry of the organisation."""
    members = Member.objects.filter(within([work.place.path], "organisation__path"), **which).present().order_by("pk")
    rows = members.values("id", "name", "organisation__path", *MEMBER_FIELDS)
    return [
        Somebody(row["name"], directory.by_path[row["organisation__path"]], stored_ids(row), row["id"], row)
        for row in rows
        if row["organisation__path"] in directory.by_path
    ]


def remember(roll: Roll, people: Iterable[Somebody]) -> None:
    for person in people:
        if person.pk not in {each.pk for each in roll.of(person.place, person.name)}:
            roll.add(person)


def cadre_of(work: Work, directory: Directory, line: Line) -> Somebody | None:
    number, name = text_of(line, "cadre_number"), text_of(line, "cadre")
    if not number and not name:
        return None
    column = "cadre_number" if number else "cadre"
    roll = member_roll(work)
    found = roll.numbered.get(number, []) if number else named(roll, directory, line, name)
    if not found:
        line.doubt(
            column, "unknown_cadre", N_("Nobody on the roster of cadres has this number or name."),
            N_("Correct it, or import the roster of cadres first; with an empty cell the household has no helper yet."),
            suggestions=("",),
        )  # fmt: skip
        return None
    if len(found) > 1:
        line.doubt(
            column, "several_cadres", N_("Several cadres have this number or name."),
            N_("Give each cadre a number of their own, and the number here."),
        )  # fmt: skip
        return None
    return settled(line, found[0], column, name)


def named(roll: Roll, directory: Directory, line: Line, name: str) -> list[Somebody]:
    """By name in the organisation that the row names, else anywhere in the place."""
    unit, everybody = text_of(line, "cadre_unit"), roll.by_name.get(name_key(name), [])
    if not unit:
        return everybody
    places: list[Entry] = directory.named(unit, tuple(Kind))
    return [each for each in everybody if each.place in places]


def settled(line: Line, cadre: Somebody, column: str, name: str) -> Somebody | None:
    if name and column == "cadre_number" and name_key(name) != name_key(cadre.name):
        line.doubt(
            "cadre", "other_cadre", N_("By the number the cadre is “%(name)s”."),
            N_("Correct the number or the name."), params={"name": cadre.name}, suggestions=(cadre.name,),
        )  # fmt: skip
    if not cadre.certain:
        sheet, _hash, row = cadre.origin.rpartition("#")
        line.doubt(
            column, "waits_for_cadre", N_("This cadre is itself in doubt: sheet “%(sheet)s”, row %(row)s."),
            N_("Decide that row first."), params={"sheet": sheet, "row": row},
        )  # fmt: skip
    return cadre
