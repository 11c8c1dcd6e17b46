"""The roster of villages: a village is told apart from its namesakes by township and code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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

SURVEY = "organisations.villages.survey"


@dataclass
class Survey:
    """How often each township is named, and which townships the first nine digits of the codes go with."""

    names: Counter = field(default_factory=Counter)
    by_prefix: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    spelling: dict[str, str] = field(default_factory=dict)
    by_stem: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    town_of: dict[str, str] = field(default_factory=dict)
    own_prefix: dict[str, list[str]] = field(default_factory=dict)

    def close(self) -> None:
        """Once all rows were seen: by which nine digits each township is known."""
        for name in self.names:
            self.by_stem[stem_of(name)].add(name)
        for prefix, named in self.by_prefix.items():
            [(township, count)] = named.most_common(1)
            if count * 2 > named.total():
                self.town_of[prefix] = township
                self.own_prefix.setdefault(township, []).append(prefix)

    def township_of(self, code: str) -> str:
        """The township that most rows with these first nine digits name; empty where they disagree or are few."""
        return self.town_of.get(code[:9], "") if len(code) == 12 else ""

    def code_of(self, township: str) -> str:
        """The nine digits with which the codes of its villages begin, and of nobody else's but for slips."""
        own = self.own_prefix.get(township, [])
        return own[0] if len(own) == 1 else ""


def survey(work: Work, rows: Iterable[Mapping[str, str]]) -> None:
    """Before any row is judged: how often each township is named, and which codes its villages have."""
    found = Survey()
    for row in rows:
        name, code = name_key(row.get("township", "")), row.get("division_code", "")
        if name:
            found.names[name] += 1
            found.spelling.setdefault(name, row["township"])
        if name and len(code) == 12 and code.isdigit():
            found.by_prefix[code[:9]][name] += 1
    found.close()
    work.memory[SURVEY] = found


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
    doubt_township_of_code(work, directory, line)
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
    survey: Survey = work.memory.get(SURVEY) or Survey()  # type: ignore[assignment]
    similar = like_named(directory, survey, name)
    if any(doubt.column == "township" for doubt in line.doubts):
        return None
    if similar:
        line.doubt(
            "township", "township_like", N_("There is “%(name)s”: perhaps this is its former name."),
            N_("Accept that name; or keep what was typed, and a further township is created."),
            params={"name": similar[0]}, suggestions=tuple(similar[:3]), may_keep=True,
        )  # fmt: skip
        if "township:township_like" not in line.kept:
            return directory.township(similar[0])
    kind = Kind.SUBDISTRICT if "街道" in name else Kind.TOWNSHIP
    entry = Entry(name, kind, directory.place, code=survey.code_of(name_key(name)), origin=origin(work, line))
    if entry.code in directory.by_code:
        entry.code = ""
    work.plan(N_("Township “%(name)s” is not known yet and will be created."), name=f"{name} {entry.code}".strip())
    return directory.add(entry)


def like_named(directory: Directory, survey: Survey, name: str) -> list[str]:
    """Townships that differ in 乡, 镇 or 街道 alone: those stored, and those that more rows name."""
    stem, mine = stem_of(name), survey.names[name_key(name)]
    stored = [entry.name for entry in directory.by_stem.get(stem, ())]
    rivals = [survey.spelling[other] for other in survey.by_stem[stem] if survey.names[other] > mine]
    return list(dict.fromkeys(stored + rivals))


def doubt_township_of_code(work: Work, directory: Directory, line: Line) -> None:
    """The other villages whose codes begin alike stand in another township: the township or the code is wrong."""
    survey: Survey = work.memory.get(SURVEY) or Survey()  # type: ignore[assignment]
    given, code = str(line.values.get("township") or ""), str(line.values.get("division_code") or "")
    expected = survey.township_of(code) if given else ""
    if expected and expected != name_key(given):
        name = survey.spelling[expected]
        others = [] if directory.township(given) else like_named(directory, survey, given)
        line.doubt(
            "township", "township_of_code", N_("By its code this village lies in “%(name)s”, as its neighbours do."),
            N_("Accept that township, or correct the code; or keep both as typed."),
            params={"name": name}, suggestions=tuple(dict.fromkeys([name, *others])), may_keep=True,
        )  # fmt: skip


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
