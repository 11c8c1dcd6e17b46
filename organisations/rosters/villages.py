"""The roster of villages: a village is told apart from its namesakes by township and code."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Work
from organisations.kinds import Kind
from organisations.models import Alias
from organisations.rosters.directory import (
    TOWNSHIP_KINDS,
    Directory,
    Entry,
    directory_of,
    name_key,
    stem_of,
    village_key,
)
from organisations.rosters.units import origin, refuse_twice
from organisations.rosters.wishes import Wish, judge, wish_of

TOWNSHIPS = "organisations.townships"


def survey(work: Work, rows: Iterable[Mapping[str, str]]) -> None:
    """Before any row is judged: how often each township is named, and which codes its villages have."""
    names: Counter = Counter()
    codes: dict[str, set[str]] = {}
    counties: Counter = Counter()
    for row in rows:
        name, code = name_key(row.get("township", "")), row.get("division_code", "")
        names[name] += bool(name)
        if len(code) == 12 and code.isdigit():
            codes.setdefault(name, set()).add(code[:9])
            counties[code[:6]] += 1
    work.memory[TOWNSHIPS] = (names, codes)
    place = directory_of(work).place
    if place.pk is None and not place.code and len(counties) == 1 and not place.name.endswith(("乡", "镇")):
        place.code = next(iter(counties))


def check(work: Work, lines: list[Line], sheet) -> None:
    directory = directory_of(work)
    for line in lines:
        entry = locate(work, directory, line)
        if entry is not None:
            wish = wish_of(line, entry, work, village=True)
            line.plan = remember_code(wish, entry, line)
    judge(sheet, lines)


def locate(work: Work, directory: Directory, line: Line) -> Entry | None:
    name = str(line.values.get("name") or "")
    if not name:
        return None
    township = township_of(work, directory, line)
    code = str(line.values.get("division_code") or "")
    if refuse_twice(work, line, (id(township), village_key(name)), column="name"):
        return None
    if code and refuse_twice(work, line, ("code", code), column="division_code"):
        return None
    found = by_code(directory, line, name, code) or by_name(directory, line, name, code, township)
    return found or new_village(work, directory, line, name, code, township)


def township_of(work: Work, directory: Directory, line: Line) -> Entry | None:
    """The township that a row names; None where it names none. A new one will be created, and that is said."""
    name = str(line.values.get("township") or "")
    if not name:
        return directory.place if directory.place.kind in TOWNSHIP_KINDS else None
    if found := directory.township(name):
        return found
    names, codes = work.memory.get(TOWNSHIPS, (Counter(), {}))
    mine = names[name_key(name)]
    stored = [entry for entry in directory.townships_like(name) if stem_of(entry.name) == stem_of(name)]
    rivals = [
        other for other in names if other != name_key(name) and stem_of(other) == stem_of(name) and names[other] > mine
    ]
    similar = [entry.name for entry in stored] or rivals
    if similar:
        line.doubt(
            "township", "township_like", N_("There is “%(name)s”: perhaps this is its former name."),
            N_("Accept that name; or keep what was typed, and a further township is created."),
            params={"name": similar[0]}, suggestions=tuple(similar[:3]), may_keep=True,
        )  # fmt: skip
        if "township:township_like" not in line.kept:
            return stored[0] if stored else None
    kind = Kind.SUBDISTRICT if "街道" in name else Kind.TOWNSHIP
    code = codes.get(name_key(name), set())
    entry = Entry(
        name, kind, directory.place, code=next(iter(code)) if len(code) == 1 else "", origin=origin(work, line)
    )
    if entry.code in directory.by_code:
        entry.code = ""
    work.plan(N_("Township “%(name)s” is not known yet and will be created."), name=f"{name} {entry.code}".strip())
    return directory.add(entry)


def by_code(directory: Directory, line: Line, name: str, code: str) -> Entry | None:
    coded = directory.by_code.get(code) if code else None
    if coded is None or coded.kind != Kind.VILLAGE:
        return None
    if village_key(name) not in {village_key(known) for known in (coded.name, *coded.aliases)}:
        line.doubt(
            "name", "renamed", N_("This code belongs to “%(name)s”."),
            N_("Accept that name; or keep what was typed, and the village is renamed."),
            params={"name": coded.name}, suggestions=(coded.name,), may_keep=True,
        )  # fmt: skip
    given = str(line.values.get("township") or "")
    if given and coded.township and name_key(given) != name_key(coded.township):
        line.doubt(
            "township", "other_township", N_("The village of this code stands under “%(name)s”."),
            N_("Accept that township, or correct the code. Moving a village is done on its own page."),
            params={"name": coded.township}, suggestions=(coded.township,),
        )  # fmt: skip
    return coded


def by_name(directory: Directory, line: Line, name: str, code: str, township: Entry | None) -> Entry | None:
    found = directory.villages(name, township)
    if len(found) > 1:
        line.doubt(
            "township", "several", N_("Villages of this name stand in several townships."), N_("Say which township."),
            suggestions=tuple(entry.township for entry in found[:3]),
        )  # fmt: skip
        return found[0]
    if not found:
        return None
    entry = found[0]
    if name_key(entry.name) != name_key(name):
        line.notes["name"] = entry.name
    if code and entry.code and code != entry.code:
        line.doubt(
            "division_code", "other_code", N_("Until now this village had the code %(code)s."),
            N_("Accept the former code, or keep the new one."),
            params={"code": entry.code}, suggestions=(entry.code,), may_keep=True,
        )  # fmt: skip
    return entry


def new_village(work: Work, directory: Directory, line: Line, name: str, code: str, township: Entry | None) -> Entry:
    plain = village_key(name)
    if plain != name_key(name):
        line.doubt(
            "name", "committee", N_("This names the village committee, not the village."),
            N_("Accept the name of the village, or keep what was typed."), suggestions=(plain,), may_keep=True,
        )  # fmt: skip
    entry = Entry(name, Kind.VILLAGE, township or directory.place, code=code, origin=origin(work, line))
    return directory.add(entry)


def remember_code(wish: Wish, entry: Entry, line: Line) -> Wish:
    """A name or code that is given up stays findable; a former name or the committee's renames nothing."""
    name = str(line.values["name"])
    if entry.pk is not None:
        known = {village_key(value) for value in (entry.name, *entry.aliases)}
        if village_key(name) in known:
            wish.fields.pop("name", None)
        else:
            wish.aliases.append((Alias.Kind.FORMER_NAME, entry.name))
        if entry.code and wish.fields.get("division_code") not in (None, entry.code):
            wish.aliases.append((Alias.Kind.FORMER_CODE, entry.code))
    return wish
