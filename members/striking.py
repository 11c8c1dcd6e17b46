"""Taking names out of what others wrote: who is meant, where it may stand, and what stands there instead.

A name that nobody else in the area bears is taken out of everything written there. One that others bear too is taken
only out of what concerns the organisations of the person: elsewhere it would be somebody else who is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from core.names import normal, query_grams
from members.free_text import TEXTS, Text
from members.models import FloatingRecord, Household, Member, Person, PersonPair, Registration, Secondment
from members.nearness import Rosterable, place_of, words_of
from office.erasing import GONE
from organisations.models import Organisation, User
from organisations.protection import lifted

STEP = Organisation.steplen
SEVERAL = {Member: "name", Household: "head", Person: "name", User: "name"}
LINKS: tuple[tuple[Any, tuple[str, ...], tuple[str, ...]], ...] = (
    (PersonPair, ("helper_member", "target_member"), ("unit", "village")),
    (PersonPair, ("helper_household", "target_household"), ("unit", "village")),
    (PersonPair, ("target_person",), ("unit", "village")),
    (FloatingRecord, ("member",), ("origin", "destination")),
    (Registration, ("member",), ("organisation",)),
    (Secondment, ("member",), ("sender", "host")),
)


@dataclass
class Named:
    """Somebody whose name goes: `words` tell who it is. `others` are names of other people below `area` that hold one
    of the words; where there are any, only texts about one of `places` are meant. All places are tree paths."""

    key: tuple[str, int]
    words: list[str]
    home: str
    places: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    is_known_elsewhere: bool = False

    @property
    def area(self) -> str:
        return self.home[:STEP]

    def is_meant_in(self, paths: Sequence[str]) -> bool:
        """`paths` are those of the organisations that a text is about; one about none is about anybody."""
        if not paths:
            return not self.others and not self.is_known_elsewhere
        if not self.others:
            return any(path.startswith(self.area) for path in paths)
        is_above = all(self.home.startswith(path) for path in paths)
        return is_above or any(path == self.home or path in self.places for path in paths)


def named(records: Sequence[Rosterable]) -> list[Named]:
    """As they are before anything is blanked; a constant number of statements."""
    found = [Named(key_of(record), words, place_of(record).path) for record in records if (words := words_of(record))]
    find_others(found, records)
    find_places(found)
    return found


def key_of(record: Rosterable) -> tuple[str, int]:
    return str(record._meta.model_name), record.pk


def find_others(people: Sequence[Named], records: Sequence[Rosterable]) -> None:
    """On any roster below the area, or with an account, but those who are erased in the same act."""
    leaving = {key_of(record) for record in records}
    accounts = [record.user_id for record in records if isinstance(record, Member) and record.user_id]
    words = {word for person in people for word in person.words}
    named = reduce(or_, (contains(word) for word in words), Q(pk__in=[]))
    for model, column in SEVERAL.items():
        rows: Any = model._default_manager.filter(named).order_by()
        if model is User:
            found = [("", name) for name in rows.exclude(pk__in=accounts).values_list(column, flat=True)]
        else:
            place = f"{rows.place}__path"
            found = [
                (path, name)
                for pk, path, name in rows.values_list("pk", place, column)
                if (str(model._meta.model_name), pk) not in leaving
            ]
        for person in people:
            alike = [(path, name) for path, name in found if any(word in name for word in person.words)]
            person.others |= {name for path, name in alike if path.startswith(person.area) or not path}
            person.is_known_elsewhere = person.is_known_elsewhere or bool(alike)


def contains(word: str) -> Q:
    return Q(search_grams__contains=query_grams(word), search_text__contains=normal(word))


def find_places(people: Sequence[Named]) -> None:
    """Where they were known beside their home: who helped or was helped, where they went or worked."""
    shared = {person.key: person for person in people if person.others}
    for model, owners, places in LINKS if shared else ():
        kind = owners[0].rpartition("_")[2]
        keys = [pk for name, pk in shared if name == kind]
        rows = model._default_manager.filter(reduce(or_, (Q(**{f"{owner}__in": keys}) for owner in owners))).order_by()
        for row in rows.values(*(f"{owner}_id" for owner in owners), *(f"{place}__path" for place in places)):
            paths = {row[f"{place}__path"] for place in places} - {None}
            for owner in owners:
                if (kind, row[f"{owner}_id"]) in shared:
                    shared[kind, row[f"{owner}_id"]].places |= paths


def strike(people: Sequence[Named]) -> int:
    """Out of every text, and out of what the history kept of it. Returns how many texts of today held a name."""
    if not people:
        return 0
    pattern = "|".join(sorted({re.escape(word) for person in people for word in person.words}, key=len, reverse=True))
    today = 0
    for text in TEXTS:
        today += strike_rows(text.model, text, text.columns, pattern, people)
        if history := getattr(text.model, "pgh_event_model", None):
            kept = {column.name for column in history._meta.fields}
            strike_rows(history, text, [column for column in text.columns if column in kept], pattern, people)
    return today


def strike_rows(model: Any, text: Text, columns: Sequence[str], pattern: str, people: Sequence[Named]) -> int:
    changed = [row for row in holding(model, text, columns, pattern) if struck(row, text, columns, people)]
    if changed:
        with lifted(model):
            model._base_manager.bulk_update(changed, columns, batch_size=1000)
    return len(changed)


def holding(model: Any, text: Text, columns: Sequence[str], pattern: str) -> QuerySet | tuple:
    """The rows in which one of the words occurs, each with the paths of the organisations that it is about."""
    if not columns:
        return ()
    held = reduce(or_, (Q(**{f"{column}__regex": pattern}) for column in columns))
    paths = {f"place_{number}": F(f"{place}__path") for number, place in enumerate(text.places)}
    return model._base_manager.filter(held).only("pk", *columns).annotate(**paths)


def struck(row: Any, text: Text, columns: Sequence[str], people: Sequence[Named]) -> bool:
    """Whether something was taken out of the row."""
    paths = [path for number in range(len(text.places)) if (path := getattr(row, f"place_{number}"))]
    meant = [person for person in people if person.is_meant_in(paths)]
    before = [getattr(row, column) for column in columns]
    after = [without(words, meant) for words in before]
    for column, words in zip(columns, after, strict=True):
        setattr(row, column, words[: type(row)._meta.get_field(column).max_length])
    return before != after


def without(words: str, people: Sequence[Named]) -> str:
    """Longer names of other people stay whole, though they hold the word."""
    gone = {word for person in people for word in person.words}
    kept = {name for person in people for name in person.others} - gone
    if not words or not gone:
        return words
    pattern = "|".join(re.escape(each) for each in sorted(gone | kept, key=len, reverse=True))
    return re.sub(pattern, lambda found: found[0] if found[0] in kept else GONE, words)
