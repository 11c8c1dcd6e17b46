"""How much of a round is covered, as of a day: every figure with its denominator, and the list behind it.

The days of a pairing (reached, signed, released, ended) and the versions of the directory tell what stood on any
earlier day; nothing has to be kept for it. Villages and townships (SH-17), sub-districts (SH-07), kinds of unit,
committees against their base number (SH-18), own district and city-wide apart (SH-10).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.marks import Remembered
from organisations.kinds import AREAS, Kind, VillageClass
from organisations.models import Organisation
from pairing.figures.statistics import KEPT_SECONDS, OTHER_CLASS, Tally, revision
from pairing.models import Directory, DirectoryEntry, Pairing, Round
from pairing.states import PairingState, Side

Tallies = dict[str, Tally]


class Numbers(NamedTuple):
    """Pairings in all, and those of them that are signed today."""

    reached: int
    signed: int


@dataclass(frozen=True)
class CommitteeLine:
    """A committee just below the organiser: its pairings now, and in the round before (its base number, 基数)."""

    committee: Organisation
    now: int
    base: int

    @property
    def shortfall(self) -> int:
        return max(self.base - self.now, 0)


@dataclass(frozen=True)
class DistrictLine:
    """A district whose units aid villages: those of its own, and those elsewhere."""

    district: Organisation
    own: int
    city_wide: int


@dataclass
class Coverage:
    villages: Tally = field(default_factory=Tally)
    townships: Tally = field(default_factory=Tally)
    counties: Tally = field(default_factory=Tally)
    full_townships: Tally = field(default_factory=Tally)
    areas: Tallies = field(default_factory=lambda: defaultdict(Tally))
    classes: Tallies = field(default_factory=lambda: defaultdict(Tally))
    units: Tally = field(default_factory=Tally)
    subdistricts: Tally = field(default_factory=Tally)
    kinds: Tallies = field(default_factory=lambda: defaultdict(Tally))
    committees: list[CommitteeLine] = field(default_factory=list)
    districts: list[DistrictLine] = field(default_factory=list)

    @property
    def facts(self) -> list[tuple[Any, Tally, str]]:
        """Title, figure, and what narrows the list to those that have nobody."""
        missing = "covered=missing"
        return [
            (_("Villages with a unit"), self.villages, f"kind={Kind.VILLAGE}&{missing}"),
            (_("Townships with a unit"), self.townships, f"kind={Kind.TOWNSHIP}&{missing}"),
            (_("Townships all of whose villages have a unit"), self.full_townships, ""),
            (_("Counties with a district"), self.counties, f"side={Side.VILLAGE}&kind={Kind.COUNTY}&{missing}"),
            (_("Sub-districts with a pairing"), self.subdistricts, f"kind={Kind.SUBDISTRICT}&{missing}"),
            (_("Units with a pairing"), self.units, f"side={Side.UNIT}&{missing}"),
        ]

    @property
    def by_area(self) -> list[tuple[str, str, Tally]]:
        return [(area, area, tally) for area, tally in self.areas.items() if area]

    @property
    def by_class(self) -> list[tuple[str, str, Tally]]:
        names = dict(VillageClass.choices)
        named = sorted((each for each in self.classes.items() if each[0]), reverse=True)
        return [(key, str(names[key]), tally) for key, tally in named]

    @property
    def by_kind(self) -> list[tuple[str, str, Tally]]:
        return [(kind.value, str(kind.label), self.kinds[kind]) for kind in Kind if kind in self.kinds]


def directory_on(round: Round, day: date) -> Directory | None:
    """The version that was in force at the end of that day."""
    return round.directories.filter(published_at__date__lte=day).order_by("-version").first()


def standing_on(round: Round, day: date) -> QuerySet[Pairing]:
    """Pairings reached by the end of that day, and neither released nor ended by then."""
    released, ended = Q(released_at__date__lte=day), Q(ended_on__lte=day)
    return round.pairings.filter(formed_at__date__lte=day).exclude(released).exclude(ended).order_by()


def signed_on(round: Round, day: date) -> QuerySet[Pairing]:
    return standing_on(round, day).filter(signed_on__lte=day)


def read_for(round: Round) -> Remembered:
    """What coverage is computed from and what its page prints: lines, pairings, rounds, names and places."""
    rounds = [round.pk, round.previous_id or 0]
    return Remembered(
        DirectoryEntry.objects.filter(directory__round=round).values("organisation__path"),
        Pairing.objects.filter(round__in=rounds).values("unit__path", "village__path"),
        Round.objects.filter(pk__in=rounds).values("name", "organiser__path"),
    )


def coverage(round: Round, day: date) -> Coverage:
    """Kept under the revisions of the round and of the one before it: what stands there can't have changed."""
    before = f":{round.previous_id}:{revision(round.previous)}" if round.previous else ""
    key = f"coverage:{round.pk}:{revision(round)}:{day}{before}"
    found = cache.get(key)
    if found is None:
        found = computed(round, day)
        cache.set(key, found, KEPT_SECONDS)
    return found


def computed(round: Round, day: date) -> Coverage:
    found = Coverage()
    directory = directory_on(round, day)
    if directory is None:
        return found
    by_township: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for kind, area, township, classes, *numbers in _grouped(directory, round, day, Side.VILLAGE):
        if kind != Kind.VILLAGE:
            (found.townships if kind == Kind.TOWNSHIP else found.counties).add(*numbers)
            continue
        found.villages.add(*numbers)
        found.areas[area].add(*numbers)
        by_township[area, township].add(*numbers)
        for village_class in classes or [OTHER_CLASS]:
            found.classes[village_class].add(*numbers)
    for tally in by_township.values():
        found.full_townships.add(1, tally.reached == tally.total, tally.signed == tally.total)
    for kind, _area, _township, _classes, *numbers in _grouped(directory, round, day, Side.UNIT):
        found.units.add(*numbers)
        found.kinds[kind].add(*numbers)
    found.subdistricts.add(**vars(found.kinds.get(Kind.SUBDISTRICT, Tally())))
    found.committees, found.districts = _below_the_organiser(round, day)
    return found


def _grouped(directory: Directory, round: Round, day: date, side: Side) -> Iterator[tuple]:
    reached = Q(organisation__in=standing_on(round, day).values(side))
    signed = Q(organisation__in=signed_on(round, day).values(side))
    numbers = {
        "total": Count("pk"),
        "reached": Count("pk", filter=reached),
        "signed": Count("pk", filter=signed),
        "first_line": Min("pk"),
    }
    entries = directory.entries.filter(side=side).order_by()
    groups: QuerySet = entries.values_list("kind", "area", "township", "classes").annotate(**numbers)
    return (row[:-1] for row in groups.order_by("first_line"))


def _below_the_organiser(round: Round, day: date) -> tuple[list[CommitteeLine], list[DistrictLine]]:
    now = pairs_of_areas(round, standing_on(round, day))
    before = pairs_of_areas(round, based_on(round.previous)) if round.previous else {}
    own, city_wide, base = Counter[str](), Counter[str](), Counter[str]()
    for (unit_area, village_area), numbers in now.items():
        (own if unit_area == village_area else city_wide)[unit_area] += numbers.reached
    for (unit_area, _village_area), numbers in before.items():
        base[unit_area] += numbers.reached
    below = committees(round).only("path", "name", "kind").in_bulk(field_name="path")  # kept, so as little as is shown
    return (
        [CommitteeLine(each, own[path] + city_wide[path], base[path]) for path, each in sorted(below.items())],
        [
            DistrictLine(each, own[path], city_wide[path])
            for path, each in sorted(below.items())
            if each.kind in AREAS and (own[path] or city_wide[path])
        ],
    )


def based_on(previous: Round) -> QuerySet[Pairing]:
    """What the base number counts: every pairing of the round before that was signed (SH-18)."""
    return previous.pairings.filter(state__in=[PairingState.SIGNED, PairingState.ENDED]).order_by()


def pairs_of_areas(round: Round, pairings: QuerySet[Pairing]) -> dict[tuple[str, str], Numbers]:
    """How many pairings there are between the places just below the organiser, by their tree paths."""
    length = area_length(round)
    areas = pairings.annotate(unit_area=Left("unit__path", length), village_area=Left("village__path", length))
    signed = Count("pk", filter=Q(state=PairingState.SIGNED))
    groups = areas.values_list("unit_area", "village_area").annotate(number=Count("pk"), signed=signed)
    return {(unit, village): Numbers(number, signed) for unit, village, number, signed in groups}


def area_length(round: Round) -> int:
    """The length of a tree path just below the organiser."""
    return len(round.organiser.path) + Organisation.steplen


def committees(round: Round) -> QuerySet[Organisation]:
    """The committees just below the organiser that have units of the newest directory under them."""
    listed = DirectoryEntry.objects.current(round).units().order_by()
    areas = listed.annotate(below=Left("organisation__path", area_length(round))).values("below")
    return Organisation.objects.filter(path__in=areas, numchild__gt=0)
