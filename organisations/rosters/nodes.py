"""The roster of any organisations: committees, branches, townships, each under the one that its row names."""

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Work
from organisations.kinds import Kind
from organisations.rosters.directory import Directory, Entry, directory_of, name_key
from organisations.rosters.units import origin, parent_of, refuse_twice
from organisations.rosters.wishes import judge, wish_of


def check(work: Work, lines: list[Line], sheet) -> None:
    directory = directory_of(work)
    for line in lines:
        entry = locate(work, directory, line)
        if entry is not None:
            line.plan = wish_of(line, entry, work, village=False)
    judge(sheet, lines)


def locate(work: Work, directory: Directory, line: Line) -> Entry | None:
    name, kind = str(line.values.get("name") or ""), str(line.values.get("kind") or "")
    if not name or not kind:
        return None
    parent = parent_of(directory, line)
    if refuse_twice(work, line, (id(parent), name_key(name)), column="name"):
        return None
    code = str(line.values.get("division_code") or "")
    coded = directory.by_code.get(code) if code else None
    if coded is not None and name_key(coded.name) != name_key(name):
        line.doubt(
            "division_code", "code_of_another", N_("This code belongs to “%(name)s”."),
            N_("Correct the code or the name."), params={"name": coded.name},
        )  # fmt: skip
    found = coded or next(iter(directory.named(name, tuple(Kind), parent)), None)
    return found or directory.add(Entry(name, kind, parent, code=code, origin=origin(work, line)))
