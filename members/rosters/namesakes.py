"""Two people of one name in one organisation: what tells them apart, and where nothing does. Never merged silently."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from django.utils.translation import gettext_noop as N_

from core.masking import is_masked_phone
from core.roster import Line, Work
from organisations.rosters.directory import Entry, name_key, village_key

NOT_DIGITS = re.compile(r"\D+")
SURVEYED = "members.namesakes"
Key = tuple[str, str]


class Ids(NamedTuple):
    """What tells people of one name apart; empty where a row does not say."""

    identity: str = ""
    number: str = ""
    phone: str = ""


class Relation(Enum):
    SAME = "same"
    OTHER = "other"
    UNSAID = "unsaid"


@dataclass(eq=False, slots=True)
class Somebody:
    """A person or household: stored (`pk`, `stored`), or to be created by the row that `origin` names."""

    name: str
    place: Entry
    ids: Ids
    pk: int | None = None
    stored: dict | None = None
    origin: str = ""
    certain: bool = True


def relation(one: Ids, two: Ids) -> Relation:
    """Whether two entries of one name in one organisation are one person. An identity number decides; a phone number
    says more than a running number, which changes when a list is sorted anew."""
    if one.identity and two.identity:
        return Relation.SAME if one.identity == two.identity else Relation.OTHER
    phones, numbers = one.phone and two.phone, one.number and two.number
    if phones and one.phone == two.phone:
        return Relation.SAME
    if numbers and one.number == two.number:
        return Relation.UNSAID if phones else Relation.SAME
    return Relation.OTHER if phones or numbers else Relation.UNSAID


def ids_of(typed: Mapping[str, str]) -> Ids:
    phone = typed.get("phone", "")
    return Ids(
        typed.get("identity", "").strip(),
        typed.get("number", "").strip(),
        "" if is_masked_phone(phone.strip()) else NOT_DIGITS.sub("", phone),
    )


@dataclass
class Survey:
    """Before any row is judged: which names stand more than once in one organisation, and with what beside them."""

    name: str
    places: tuple[str, ...]
    first: dict[Key, Ids] = field(default_factory=dict)
    several: dict[Key, list[Ids]] = field(default_factory=dict)

    def add(self, typed: Mapping[str, str]) -> None:
        key, ids = self.key(typed), ids_of(typed)
        if key[1] and (first := self.first.setdefault(key, ids)) is not ids:
            self.several.setdefault(key, [first]).append(ids)

    def key(self, typed: Mapping[str, str]) -> Key:
        place = ""
        for column in self.places:
            place = place or typed.get(column, "")
        return village_key(place), name_key(typed.get(self.name, ""))

    def others(self, line: Line) -> list[Ids]:
        """Those of the same name in the same organisation, in other rows."""
        found = self.several.get(self.key(line.typed))
        if found is None:
            return []
        others = list(found)
        if (own := ids_of(line.typed)) in others:
            others.remove(own)
        return others


def survey(work: Work, rows: Iterable[Mapping[str, str]], name: str, *places: str) -> Survey:
    found = Survey(name, places)
    for typed in rows:
        found.add(typed)
    found.first.clear()
    work.memory[f"{SURVEYED}:{work.sheet}"] = found
    return found


def surveyed(work: Work) -> Survey:
    return work.memory[f"{SURVEYED}:{work.sheet}"]


class Unclear(Exception):
    """It can't be told who is meant; the doubts of the line say why."""


def choose(line: Line, known: list[Somebody], ids: Ids, others: list[Ids], column: str) -> Somebody | None:
    """Which of `known` the line speaks of; None where it is somebody new. Raises Unclear."""
    if others and any(relation(ids, each) is Relation.UNSAID for each in others):
        raise doubt_namesake(line, column)
    fitting = [each for each in known if relation(each.ids, ids) is Relation.SAME]
    if len(fitting) == 1:
        return fitting[0]
    if not known:
        return None
    if fitting or others:
        if not fitting and all(relation(each.ids, ids) is Relation.OTHER for each in known):
            return None
        raise doubt_namesake(line, column, stored=True)
    return only_one(line, known[0], ids, column) if len(known) == 1 else perhaps_further(line, known, ids, column)


def only_one(line: Line, known: Somebody, ids: Ids, column: str) -> Somebody | None:
    """One row and one entry of this name: the same person, unless what is beside the name says otherwise."""
    if relation(known.ids, ids) is Relation.OTHER:
        if known.ids.identity and ids.identity:
            return None
        differing = "phone" if known.ids.phone and ids.phone else "number"
        line.doubt(
            differing, "perhaps_another", N_("The roster has this name here with another number: one person or two?"),
            N_("Keep it, and the new number replaces the old one; for another person of the same name give an identity "
               "number, or enter them by hand."), may_keep=True,
        )  # fmt: skip
    return known


def perhaps_further(line: Line, known: list[Somebody], ids: Ids, column: str) -> Somebody | None:
    """One row, and several stored people of this name, none of whom it fits."""
    if any(relation(each.ids, ids) is Relation.UNSAID for each in known):
        raise doubt_namesake(line, column, stored=True)
    if not all(each.ids.identity and ids.identity for each in known):
        line.doubt(
            column, "perhaps_further",
            N_("The roster has %(count)s people of this name here, none with these numbers."),
            N_("Keep it, and a further person is entered; else give the number of the one that is meant."),
            params={"count": str(len(known))}, may_keep=True,
        )  # fmt: skip
    return None


def doubt_namesake(line: Line, column: str, *, stored: bool = False) -> Unclear:
    """Nothing tells two people of one name apart."""
    wrong = (
        N_("The roster has several people of this name here, and nothing in the row says which of them is meant.")
        if stored
        else N_("Another row names somebody of the same name in the same organisation: one person or two?")
    )
    line.doubt(
        column, "namesake", wrong,
        N_("Give a roster number, a phone number or an identity number in each of the rows, or leave one out."),
    )  # fmt: skip
    return Unclear()


def doubt_twice(line: Line, column: str, first: str, sheet: str) -> Unclear:
    """The same person in two rows: the second one names the first."""
    where, _hash, row = first.rpartition("#")
    if where == sheet:
        line.doubt(
            column, "twice", N_("This stands already in row %(row)s."),
            N_("Leave one of the two rows out, or correct the name."), params={"row": row},
        )  # fmt: skip
    else:
        line.doubt(
            column, "twice_elsewhere", N_("This stands already in sheet “%(sheet)s”, row %(row)s."),
            N_("Leave one of the two rows out, or correct the name."), params={"sheet": where, "row": row},
        )  # fmt: skip
    return Unclear()
