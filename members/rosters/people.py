"""The rosters of members and of cadres: which person a row speaks of, and what it wishes of the entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.roster import Line, Sheet, Verdict, Work
from members.kinds import Mark
from members.rosters import floating
from members.rosters.belonging import home_of
from members.rosters.namesakes import Ids, Somebody, Unclear, choose, doubt_twice, survey, surveyed
from members.rosters.roll import Roll, member_roll
from organisations.rosters.directory import Directory, Entry, directory_of, name_key
from organisations.rosters.units import origin, refuse_twice
from organisations.rosters.wishes import heading, same, words

FIELDS = ("number", "phone", "rank", "post", "is_party_member")
NUMBERED = "members.numbered"
Home = Callable[[Work, Directory, Line], Entry | None]


@dataclass
class PersonWish:
    """`fields` are columns of the member; an empty cell wishes for nothing."""

    somebody: Somebody
    fields: dict[str, object] = field(default_factory=dict)
    marks: dict[str, bool] = field(default_factory=dict)
    stay: floating.FloatingWish | None = None


def survey_members(work: Work, rows) -> None:
    survey(work, rows, "person", "village", "unit")


def survey_cadres(work: Work, rows) -> None:
    work.memory[NUMBERED] = work.sheet
    survey(work, rows, "person", "unit")


def check(work: Work, lines: Sequence[Line], sheet: Sheet, *, home: Home = home_of, party: bool | None = None) -> None:
    """`party` is what a new entry is held to be where no column says it."""
    for line, place in located(work, lines, home):
        line.plan = wish_of(work, line, place, party) if place is not None else None
    floating.check(work, lines)
    for line in lines:
        judge(sheet, line)
    floating.plan(work, lines)


def located(work: Work, lines: Sequence[Line], home: Home) -> list[tuple[Line, Entry | None]]:
    """Each line with the organisation that its person belongs to; who is stored there is read in one statement."""
    directory, roll = directory_of(work), member_roll(work)
    homes = [(line, home(work, directory, line)) for line in lines]
    roll.fetch((place, name) for line, place in homes if place is not None and (name := name_of(line)))
    for line, place in homes:
        if place is None and (name := name_of(line)):
            here = Somebody(name, directory.place, Ids(), origin=origin(work, line), certain=False)
            roll.homeless.setdefault(name_key(name), here)
    return [(line, place if name_of(line) else None) for line, place in homes]


def name_of(line: Line) -> str:
    return str(line.values.get("person") or "")


def wish_of(work: Work, line: Line, place: Entry, party: bool | None = None) -> PersonWish | None:
    somebody = locate(work, member_roll(work), line, place)
    if somebody is None:
        return None
    values = line.values
    wish = PersonWish(somebody, {name: values[name] for name in FIELDS if values.get(name) is not None})
    if values.get("identity"):
        wish.fields["identity_hash"] = values["identity"]
    if values.get("needy") is not None:
        wish.marks[Mark.NEEDY] = bool(values["needy"])
    if somebody.pk is None and party is not None:
        wish.fields.setdefault("is_party_member", party)
    return wish


def locate(work: Work, roll: Roll, line: Line, place: Entry) -> Somebody | None:
    """The person of a row: stored, or new; None where that can't be told."""
    name, values = name_of(line), line.values
    ids = Ids(*(str(values.get(column) or "") for column in ("identity", "number", "phone")))
    here = origin(work, line)
    try:
        found = choose(line, roll.of(place, name), ids, surveyed(work).others(line), "person")
        if found is not None and found.origin:
            raise doubt_twice(line, "person", found.origin, work.sheet)
    except Unclear:
        number(work, roll, roll.add(Somebody(name, place, ids, origin=here, certain=False)))
        return None
    if found is None:
        found = roll.add(Somebody(name, place, ids))
    found.origin = here
    number(work, roll, found, ids.number)
    if ids.number and refuse_twice(work, line, ("number", ids.number), column="number"):
        found.certain = found.pk is not None
        return None
    return found


def number(work: Work, roll: Roll, somebody: Somebody, given: str = "") -> None:
    """Other sheets speak of cadres by the number that this one gives them."""
    if work.memory.get(NUMBERED) == work.sheet and (given := given or somebody.ids.number):
        roll.numbered[given].append(somebody)


def judge(sheet: Sheet, line: Line) -> None:
    wish = line.plan
    if wish is None:
        line.judge(Verdict.CREATED)
        return
    line.target = wish.somebody.pk
    if wish.somebody.stored is None:
        line.judge(Verdict.CREATED)
        wish.somebody.certain = line.verdict is Verdict.CREATED
        return
    line.changes = differences(sheet, wish)
    line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)


def differences(sheet: Sheet, wish: PersonWish) -> list[list[str]]:
    """[heading, before, after] of everything that would change."""
    stored = wish.somebody.stored or {}
    found = [(name, stored[name], value) for name, value in wish.fields.items() if not same(stored[name], value)]
    told = [[heading(sheet, name), words(sheet, name, before), words(sheet, name, after)]
            for name, before, after in found if name != "identity_hash"]  # fmt: skip
    if len(told) < len(found):
        told.append([heading(sheet, "identity"), "", ""])
    for mark, wished in wish.marks.items():
        if (mark in stored["marks"]) != wished:
            told.append([heading(sheet, "needy"), words(sheet, "needy", not wished), words(sheet, "needy", wished)])
    return told + floating.differences(sheet, wish.stay)
