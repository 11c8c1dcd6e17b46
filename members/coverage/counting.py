"""Who is helped and who is not: every needy household, by village; the quotas by rank, by unit; 1+2; plans.

Each figure is a sum over the places that the reader may see. A helper who left helps nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Q

from members.coverage.asked import composition_of, truth
from members.coverage.keeping import Part, Rows, counted, standing
from members.coverage.places import household_rows, member_rows, pair_rows
from members.kinds import PairKind, Rank
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.schemes.persons import PersonRules


@dataclass
class Tally:
    """So many of `total` are as they should be."""

    total: int = 0
    done: int = 0

    @property
    def missing(self) -> int:
        return self.total - self.done

    @property
    def percent(self) -> float:
        """Rounded down, so that 100 % means all."""
        return int(1000 * self.done / self.total) / 10 if self.total else 0


@dataclass
class VillageLine:
    """Households in need of one village: how many have a helper, how many one within the village."""

    pk: int
    name: str
    total: int = 0
    helped: int = 0
    chained: int = 0

    @property
    def missing(self) -> int:
        return self.total - self.helped

    @property
    def unchained(self) -> int:
        return self.total - self.chained


@dataclass
class QuotaLine:
    """Members of one rank or unit: how many households the scheme asks of them, how many they have of those."""

    key: Any
    name: str
    quota: int = 0
    people: int = 0
    asked: int = 0
    linked: int = 0
    short: int = 0

    def add(self, people: int, asked: int, linked: int, short: int) -> None:
        self.people += people
        self.asked += asked
        self.linked += linked
        self.short += short


@dataclass
class Coverage:
    """`composition` and `plans` are None where the scheme does not ask for them."""

    villages: list[VillageLine] = field(default_factory=list)
    ranks: list[QuotaLine] = field(default_factory=list)
    units: list[QuotaLine] = field(default_factory=list)
    composition: Tally | None = None
    plans: Tally | None = None
    gaps: int = 0

    @property
    def households(self) -> Tally:
        return Tally(sum(line.total for line in self.villages), sum(line.helped for line in self.villages))

    @property
    def chain(self) -> Tally:
        return Tally(sum(line.total for line in self.villages), sum(line.chained for line in self.villages))

    @property
    def covered_villages(self) -> Tally:
        return Tally(len(self.villages), sum(not line.missing for line in self.villages))

    @property
    def quotas(self) -> Tally:
        """Members with a quota, and those of them who reach it."""
        people = sum(line.people for line in self.ranks)
        return Tally(people, people - sum(line.short for line in self.ranks))

    @property
    def worst_villages(self) -> list[VillageLine]:
        return sorted(self.villages, key=lambda line: (-line.missing, -line.unchained, line.name))

    @property
    def worst_units(self) -> list[QuotaLine]:
        return sorted(self.units, key=lambda line: (-line.short, line.name))


def coverage(user: User, rules: PersonRules) -> Coverage:
    """Of what the user may see, by the rules of one scheme."""
    found = Counts(*counted(parts_of(user, rules)))
    seen = seen_places(user, found)
    ranks, units = quota_lines(found.members, seen, rules.quota(PairKind.CADRE_HOUSEHOLD))
    gaps, people, planned = pair_sums(found.pairs, seen, user)
    return Coverage(
        villages=village_lines(found.households, seen),
        ranks=ranks,
        units=units,
        composition=composed(found.members, seen) if composition_of(rules) else None,
        plans=Tally(people, planned) if rules.needs_plan else None,
        gaps=gaps,
    )


@dataclass
class Counts:
    """The rows of members.coverage.places by village or unit."""

    households: Rows
    pairs: Rows
    members: Rows


def villages_with_gaps(user: User, *, chain: bool = False) -> list[int]:
    """Those in which a household in need that the user sees may have no helper; `chain`: none within the village."""
    rows, touched = standing(households_of(user))
    gaps = {village for village, [(total, helped, own)] in rows.items() if total > (own if chain else helped)}
    return sorted(gaps | touched)


def households_of(user: User) -> Part:
    """The same for everybody, but where no post reaches an area."""
    touched = attrgetter("villages")
    if reads_areas(user):
        return Part("households", household_rows, touched)
    posts = [(post.role, post.organisation.kind, post.scope_path) for post in user.posts]
    return Part(f"households {user.pk} {posts}", partial(household_rows, user=user), touched, is_own=True)


def parts_of(user: User, rules: PersonRules) -> list[Part]:
    """In the order of `Counts`."""
    of_units = partial(Part, touched=attrgetter("units"))
    asked = f"{rules.quota(PairKind.CADRE_HOUSEHOLD)} {composition_of(rules)} {rules.participants}"
    return [
        households_of(user),
        of_units("pairs", pair_rows),
        of_units(f"members {asked}", partial(member_rows, rules=rules)),
    ]


def reads_areas(user: User) -> bool:
    return bool(user.scopes("household.read"))


@dataclass
class Seen:
    """Names by key of the villages whose households, and of the places whose members the user may see."""

    villages: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)


def seen_places(user: User, found: Counts) -> Seen:
    """Of the places that were counted. One statement."""
    keys = {*found.households, *found.members, *found.pairs}
    keys |= {village for rows in found.pairs.values() for village, *_row in rows}
    own = Q() if reads_areas(user) else Q(pk__in=found.households)
    households, members = within(user.scopes("household.read")) | own, within(user.scopes("member.read"))
    places = Organisation.objects.filter(pk__in=keys).order_by()
    named = places.annotate(shown=truth(households), staffed=truth(members))
    seen = Seen()
    for pk, name, is_shown, is_staffed in named.values_list("pk", "name", "shown", "staffed"):
        if is_shown:
            seen.villages[pk] = name
        if is_staffed:
            seen.places[pk] = name
    return seen


def village_lines(rows: Rows, seen: Seen) -> list[VillageLine]:
    return [VillageLine(pk, name, *row) for pk, name in seen.villages.items() for row in rows.get(pk, ())]


def quota_lines(rows: Rows, seen: Seen, quotas: dict[str, int]) -> tuple[list[QuotaLine], list[QuotaLine]]:
    """By rank and by unit; nobody without a quota."""
    ranks = {str(rank): QuotaLine(str(rank), str(rank.label), quotas[rank]) for rank in Rank if rank in quotas}
    units: dict[int, QuotaLine] = {}
    for pk, rank, people, linked, short, *_composed in seen_rows(rows, seen):
        if rank in ranks:
            unit = units.setdefault(pk, QuotaLine(pk, seen.places[pk]))
            for line in (unit, ranks[rank]):
                line.add(people, people * quotas[rank], linked, short)
    return list(ranks.values()), list(units.values())


def composed(rows: Rows, seen: Seen) -> Tally:
    found = [(asked, whole) for *_quota, asked, whole in seen_rows(rows, seen)]
    return Tally(sum(asked for asked, _whole in found), sum(whole for _asked, whole in found))


def seen_rows(rows: Rows, seen: Seen) -> Iterator[tuple]:
    return ((pk, *row) for pk, of_unit in rows.items() if pk in seen.places for row in of_unit)


def pair_sums(rows: Rows, seen: Seen, user: User) -> tuple[int, int, int]:
    """Of the pairs that the user may see (`visible_to`): gaps, people helped, those of them with a plan."""
    gaps = people = planned = 0
    for unit, of_unit in rows.items():
        for village, helper, target, *numbers in of_unit:
            if unit in seen.places or village in seen.places or user.pk in (helper, target):
                gaps, people, planned = gaps + numbers[0], people + numbers[1], planned + numbers[2]
    return gaps, people, planned
