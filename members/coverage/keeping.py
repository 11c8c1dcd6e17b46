"""The counts of all places, kept with the newest events that they know; after a change its places are counted anew.

Exact while others write: docs/decisions/coverage.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db import models

from core.marks import Mark, mark_of_models
from members.coverage.places import Keys
from members.coverage.touched import Touched, touched_since
from members.models import HardshipPlan, Household, Member, Person, PersonPair
from organisations.models import Organisation
from pairing.models import Pairing

KEPT_SECONDS = 24 * 3600
MOST_EVENTS = 20_000  # after more than these, say an import, everything is counted anew
COUNTED = (PersonPair, Household, Member, Person, HardshipPlan)
REACH = (Pairing, Organisation)  # what says which households somebody without an area sees
Rows = dict[int, list[tuple]]


@dataclass(frozen=True)
class Part:
    """`count` counts all places or those named, of which `touched` says which of the touched ones they are.

    `is_own`: what is counted depends on the reach of one user; a change of the reach touches every place.
    """

    name: str
    count: Callable[[Keys], list[tuple]]
    touched: Callable[[Touched], frozenset[int]]
    is_own: bool = False

    @property
    def key(self) -> str:
        return f"coverage:{sha256(self.name.encode()).hexdigest()}"

    def rows(self, places: Keys = None) -> Rows:
        found: Rows = {}
        for place, *row in self.count(places):
            found.setdefault(place, []).append(tuple(row))
        return found


@dataclass
class Kept:
    rows: Rows
    mark: Mark

    def events_until(self, mark: Mark, of: Iterable[type[models.Model]] = COUNTED) -> int:
        """Below zero where the database was put back to an earlier day."""
        tables = [model.pgh_event_model._meta.db_table for model in of]  # type: ignore[attr-defined]  # has a history
        return sum(mark.newest[table] - self.mark.newest[table] for table in tables)

    def is_of_use(self, part: Part, mark: Mark) -> bool:
        same = mark.database == self.mark.database and not (part.is_own and self.events_until(mark, REACH))
        return same and 0 <= self.events_until(mark) <= MOST_EVENTS


def counted(parts: Iterable[Part]) -> list[Rows]:
    """The rows of each part by place. One statement where nothing has happened, one more where little has."""
    parts = list(parts)
    found = cache.get_many([part.key for part in parts])  # before the mark: it never knows more than the mark does
    mark = mark_of_models(*COUNTED, *REACH)
    known = {part: found[part.key] for part in parts if part.key in found and found[part.key].is_of_use(part, mark)}
    behind = [kept for kept in known.values() if kept.events_until(mark)]
    touched = touched_since(oldest(behind)) if behind else Touched()
    rows = {part: brought_up(part, known.get(part), touched) for part in parts}
    if mark.is_settled and (behind or len(known) < len(parts)):
        cache.set_many({part.key: Kept(rows[part], mark) for part in parts}, KEPT_SECONDS)
    return list(rows.values())


def standing(part: Part) -> tuple[Rows, frozenset[int]]:
    """The kept rows that still hold, and the places touched since, which are not counted. Two statements at most."""
    kept, mark = cache.get(part.key), mark_of_models(*COUNTED, *REACH)
    if kept is None or not kept.is_of_use(part, mark):
        rows = part.rows()
        if mark.is_settled:
            cache.set(part.key, Kept(rows, mark), KEPT_SECONDS)
        return rows, frozenset()
    places = part.touched(touched_since(kept.mark.newest)) if kept.events_until(mark) else frozenset()
    return {place: rows for place, rows in kept.rows.items() if place not in places}, places


def oldest(kept: list[Kept]) -> dict[str, int]:
    return {table: min(each.mark.newest[table] for each in kept) for table in kept[0].mark.newest}


def brought_up(part: Part, kept: Kept | None, touched: Touched) -> Rows:
    if kept is None:
        return part.rows()
    places = part.touched(touched)
    if not places:
        return kept.rows
    return {place: rows for place, rows in kept.rows.items() if place not in places} | part.rows(places)
