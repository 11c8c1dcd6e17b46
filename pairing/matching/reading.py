"""The round as it stands, read in a constant number of statements into a `Problem`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import Q, QuerySet

from organisations.kinds import Resource
from organisations.models import Need, Organisation, Strength
from pairing.levels import Level
from pairing.matching.places import Node, Place, places_of
from pairing.matching.problem import UNKNOWN_UNIT, UNKNOWN_VILLAGE, Array, Problem
from pairing.matching.records import Pair, Records, paired_areas, records
from pairing.models import DirectoryEntry, MatchingRun
from pairing.states import Side

# The nine resources of SH-02, a bit each. 「其他」 says nothing in common: two "other" things need not be the same.
RESOURCES = [each for each in Resource if each != Resource.OTHER]
BIT = {each.value: 1 << number for number, each in enumerate(RESOURCES)}
FEW = 1000  # organisations that are named one by one in a statement; of more, all are read


@dataclass(frozen=True)
class Line:
    """A village or a unit of the directory."""

    pk: int
    name: str
    area: str
    node: Node


@dataclass
class Reading:
    """What the engine knows by position only: who stands there, and what is to be said of a pair."""

    villages: list[Line]
    units: list[Line]
    records: Records
    problem: Problem

    @cached_property
    def village_at(self) -> dict[int, int]:
        return {line.pk: number for number, line in enumerate(self.villages)}

    @cached_property
    def unit_at(self) -> dict[int, int]:
        return {line.pk: number for number, line in enumerate(self.units)}

    def reasons(self, villages: Array, units: Array) -> list[dict]:
        """Of each of these pairs by position: the columns of a proposal that say why."""
        nearness = self.problem.nearness(villages, units).tolist()
        points = self.problem.points(villages, units).tolist()
        asked = self.problem.needs[villages].tolist()
        met = (self.problem.needs[villages] & self.problem.strengths[units]).tolist()
        pairs = zip(villages.tolist(), units.tolist(), strict=True)
        return [
            self._reasons((self.villages[village].pk, self.units[unit].pk), asked[at], met[at])
            | {"nearness": nearness[at], "points": points[at]}
            for at, (village, unit) in enumerate(pairs)
        ]

    def _reasons(self, pair: Pair, asked: int, met: int) -> dict:
        names = [name for name, bit in BIT.items() if met & bit]
        tie, wish = self.records.ties.get(pair), self.records.wishes.get(pair, "")
        return {"asked": asked.bit_count(), "met": names, "met_count": len(names), "tie_id": tie, "wish": wish}


def read(run: MatchingRun) -> Reading:
    """The villages that still want a unit, and all units."""
    found = records(run.round)
    villages, units = lines(run)
    has, wanted = found.taken()[0], most_wanted(run)
    return put_together(run, [each for each in villages if has[each.pk] < wanted], units, found)


def read_some(run: MatchingRun, village: int, *units: QuerySet) -> Reading:
    """This village, open or not, and units by their keys, as far as they are in the directory."""
    keys = Organisation.objects.filter(pk=village).order_by().values("pk").union(*units)
    mine, theirs = lines(run, Q(organisation__in=keys))
    found = records(run.round, village=village, units=[line.pk for line in theirs])
    return put_together(run, mine, theirs, found)


def most_wanted(run: MatchingRun) -> int:
    return min(run.wanted, run.round.units_per_village or run.wanted)


def lines(run: MatchingRun, condition: Q | None = None) -> tuple[list[Line], list[Line]]:
    """Villages and units of the directory, in its order, as far as they are paired with each other and not closed."""
    fitting = [Q(side=side, kind__in=Level.UNIT_VILLAGE.kinds(side)) for side in Side]
    entries = DirectoryEntry.objects.filter(fitting[0] | fitting[1], condition or Q(), directory=run.directory_id)
    entries = entries.filter(organisation__closed_on=None).order_by("pk")
    columns = ("organisation", "name", "area", "organisation__path", "organisation__kind")
    found: dict[str, list[Line]] = {side: [] for side in Side}
    for side, pk, name, area, *node in entries.values_list("side", *columns, "organisation__division_code"):
        found[side].append(Line(pk, name, area, Node(*node)))
    return found[Side.VILLAGE], found[Side.UNIT]


def put_together(run: MatchingRun, villages: list[Line], units: list[Line], found: Records) -> Reading:
    has, load = found.taken()
    loads = numbers(load[line.pk] for line in units)
    wanted = np.maximum(numbers(most_wanted(run) - has[line.pk] for line in villages), 0)
    areas = paired_areas(run.round)
    places = places_of([*(line.node for line in (*villages, *units)), *(node for pair in areas for node in pair)])
    known = codes(places.values())
    counties = [(places[village.path][1], places[unit.path][1]) for village, unit in areas]
    needs, strengths = resources(villages, units)
    problem = Problem(
        needs=needs,
        village_places=placed(villages, places, known, UNKNOWN_VILLAGE),
        wanted=wanted,
        strengths=strengths,
        unit_places=placed(units, places, known, UNKNOWN_UNIT),
        room=room(run, loads, int(wanted.sum())),
        load=loads,
        counterparts=rows((known[county], known[district]) for county, district in counties if county and district),
        weights=run.weights,
    )
    reading = Reading(villages, units, found, problem)
    problem.ties, problem.wishes = by_position(reading, found.ties), by_position(reading, found.wishes)
    problem.avoided = by_position(reading, found.standing | found.avoided)
    return reading


def room(run: MatchingRun, loads: Array, unlimited: int) -> Array:
    """How many more villages each unit may get: by the round, and by the setting of this run."""
    limits = [each for each in (run.most, run.round.villages_per_unit) if each is not None]
    return np.maximum(min(limits) - loads, 0) if limits else np.full_like(loads, unlimited)


# --- As arrays -------------------------------------------------------------------------------------


def numbers(values: Iterable[int]) -> Array:
    return np.fromiter(values, dtype=np.int32)


def rows(pairs: Iterable[Pair]) -> Array:
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)


def resources(villages: list[Line], units: list[Line]) -> tuple[Array, Array]:
    """What the villages need and the units offer, as bit masks. One statement."""
    found = [
        _rows(Need.objects.all(), "village", villages),
        _rows(Strength.objects.all(), "unit", units),
    ]
    at = {line.pk: number for number, line in enumerate((*villages, *units))}  # nobody is both
    masks = np.zeros(len(at), dtype=np.uint16)
    for pk, resource in found[0].union(found[1]):
        if pk in at:
            masks[at[pk]] |= BIT[resource]
    return masks[: len(villages)], masks[len(villages) :]


def _rows(things: QuerySet, owner: str, mine: list[Line]) -> QuerySet:
    if len(mine) < FEW:
        things = things.filter(**{f"{owner}__in": [line.pk for line in mine]})
    return things.exclude(resource=Resource.OTHER).order_by().values_list(owner, "resource")


def codes(places: Iterable[Place]) -> dict[str, int]:
    """A number for each place."""
    names = sorted({part for place in places for part in place if part})
    return {name: number for number, name in enumerate(names)}


def placed(mine: list[Line], places: dict[str, Place], known: dict[str, int], unknown: int) -> Array:
    found = [[known.get(part, unknown) for part in places[line.node.path]] for line in mine]
    return np.array(found, dtype=np.int32).reshape(-1, 3)


def by_position(reading: Reading, pairs: Iterable[Pair]) -> Array:
    at, to = reading.village_at, reading.unit_at
    return rows((at[village], to[unit]) for village, unit in pairs if village in at and unit in to)
