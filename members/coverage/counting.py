"""Who is helped and who is not: every needy household, by village; the quotas by rank, by unit; 1+2; plans.

Grouped in the database, in a fixed number of statements whatever the rows. A helper who left helps nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from members.coverage.revision import revision
from members.kinds import Mark, PairKind, Rank
from members.models import HardshipPlan, Household, Member, PersonPair
from members.querysets.pairs import left
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.schemes.persons import Composition, PersonRules
from pairing.schemes.words import Participants

KEPT_SECONDS = 24 * 3600
IN_NEED, HELPED, CHAINED = "total", "helped", "chained"
Kept = TypeVar("Kept")


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
    """Of what the user may see, by the rules of one scheme; kept as long as nothing that it counts changes."""
    permissions = ("household.read", "member.read", "pair.manage")
    places = [user.scopes(permission) for permission in permissions]
    asked = f"{places} {rules.pairs} {rules.participants} {rules.needs_plan}"
    named = sha256(asked.encode()).hexdigest()
    return kept(f"helper-coverage:{user.pk}:{named}", lambda: computed(user, rules))


def kept(key: str, compute: Callable[[], Kept]) -> Kept:
    at = revision()
    found = cache.get(f"{key}:{at}") if at.is_quiet else None
    if found is None:
        found = compute()
        if at.is_quiet:
            cache.set(f"{key}:{at}", found, KEPT_SECONDS)
    return found


def computed(user: User, rules: PersonRules) -> Coverage:
    quotas = rules.quota(PairKind.CADRE_HOUSEHOLD)
    rule = rules.rule(PairKind.MEMBER_PERSON)
    ranks, units = quota_lines(user, quotas)
    return Coverage(
        villages=village_lines(user),
        ranks=ranks,
        units=units,
        composition=composed(user, rules, rule.composition) if rule and rule.composition else None,
        plans=planned(user) if rules.needs_plan else None,
        gaps=PersonPair.objects.visible_to(user).gaps().count(),
    )


def households_of(user: User) -> QuerySet[Household]:
    """Those in need that the user may see. By place alone where the post reaches an area: that reads an index."""
    scopes = user.scopes("household.read")
    if not scopes:
        return Household.objects.visible_to(user).in_need()
    villages = Organisation.objects.filter(within(scopes)).order_by().values("pk")
    return Household.objects.in_need().filter(village__in=villages)


def village_lines(user: User) -> list[VillageLine]:
    """Households in need by village, those with a helper, those with one within the village; then the names."""
    households, pairs = households_of(user).order_by(), PersonPair.objects.effective().order_by()
    helped = pairs.filter(target_household__isnull=False)
    parts = {
        IN_NEED: households,
        HELPED: households.filter(pk__in=helped.values("target_household")),
        CHAINED: households.filter(pk__in=helped.filter(kind=PairKind.CHAIN).values("target_household")),
    }
    first, *others = (
        rows.values("village").annotate(what=Value(what), number=Count("pk")) for what, rows in parts.items()
    )
    found = list(first.union(*others, all=True))
    villages = {row["village"] for row in found}
    names = Organisation.objects.filter(pk__in=villages).order_by().values_list("pk", "name")
    lines = {pk: VillageLine(pk, name) for pk, name in names} if villages else {}
    for row in found:
        setattr(lines[row["village"]], row["what"], row["number"])
    return list(lines.values())


def members_of(user: User) -> QuerySet[Member]:
    return Member.objects.present().filter(within(user.scopes("member.read"), "organisation__path"))


def helped_number(kind: str, **target: Any) -> Coalesce:
    """How many the member of the outer query helps in pairs of a kind, gone targets left out."""
    pairs = PersonPair.objects.active().filter(kind=kind, helper_member=OuterRef("pk"), **target).order_by()
    counted = pairs.values("helper_member").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_quota(members: QuerySet[Member], quotas: dict[str, int]) -> QuerySet[Member]:
    """Those whose rank has a quota (QX-10), each with `quota`, `linked` and - never below zero - `short`."""
    linked = helped_number(PairKind.CADRE_HOUSEHOLD, target_household__left_on=None)
    return members.filter(rank__in=list(quotas)).annotate(quota=quotas_by_rank(quotas), linked=linked)


QUOTA_GROUPS = """
SELECT rank, organisation_id, name, COUNT(*), COALESCE(SUM(linked), 0),
    COUNT(*) FILTER (WHERE COALESCE(linked, 0) < quota)
FROM ({members}) AS asked (pk, rank, organisation_id, name, quota)
LEFT JOIN ({pairs}) AS helping (pk, linked) USING (pk)
GROUP BY rank, organisation_id, name
"""


def quota_lines(user: User, quotas: dict[str, int]) -> tuple[list[QuotaLine], list[QuotaLine]]:
    """By rank and by unit, from one statement grouped by both."""
    ranks = {str(rank): QuotaLine(str(rank), str(rank.label), quotas[rank]) for rank in Rank if rank in quotas}
    units: dict[int, QuotaLine] = {}
    for rank, key, name, people, linked, short in quota_groups(user, quotas):
        unit = units.setdefault(key, QuotaLine(key, name))
        for line in (unit, ranks[rank]):
            line.add(people, people * quotas[rank], linked, short)
    return list(ranks.values()), list(units.values())


def quota_groups(user: User, quotas: dict[str, int]) -> list[tuple]:
    """The pairs are counted by helper once, and then joined: a count for each member alone would look up every pair."""
    pairs = PersonPair.objects.active().filter(kind=PairKind.CADRE_HOUSEHOLD).exclude(left("target_household"))
    helping = (
        pairs.order_by().values("helper_member").annotate(linked=Count("pk")).values_list("helper_member", "linked")
    )
    members = members_of(user).filter(rank__in=list(quotas)).order_by().annotate(quota=quotas_by_rank(quotas))
    asked = members.values_list("pk", "rank", "organisation", "organisation__name", "quota")
    try:
        (who, of_members), (whom, of_pairs) = asked.query.sql_with_params(), helping.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(QUOTA_GROUPS.format(members=who, pairs=whom), [*of_members, *of_pairs])
        return cursor.fetchall()


def quotas_by_rank(quotas: dict[str, int]) -> Case:
    cases = [When(rank=rank, then=Value(number)) for rank, number in quotas.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def eligible_members(members: QuerySet[Member], participants: str) -> QuerySet[Member]:
    """Whom the scheme counts among those who help (TN-02, TN-04)."""
    if participants == Participants.ABLE:
        return members.marked(Mark.ABLE_TO_HELP)  # type: ignore[attr-defined]  # those of members
    if participants == Participants.IN_SERVICE:
        return members.marked(Mark.IN_SERVICE) | members.exclude(rank="")  # type: ignore[attr-defined]
    return members


def with_composition(members: QuerySet[Member], asked: Composition) -> QuerySet[Member]:
    """Each with how many needy members and needy villagers they help, and `is_composed` as the scheme asks (TN-03)."""
    kind = PairKind.MEMBER_PERSON
    counted = members.annotate(
        needy_members=helped_number(kind, target_member__isnull=False, target_member__left_on=None),
        needy_villagers=helped_number(kind, target_person__isnull=False, target_person__left_on=None),
    )
    whole = Q(needy_members=asked.needy_members, needy_villagers=asked.needy_villagers)
    return counted.annotate(is_composed=Case(When(whole, then=Value(1)), default=Value(0), output_field=IntegerField()))


def composed(user: User, rules: PersonRules, asked: Composition) -> Tally:
    members = with_composition(eligible_members(members_of(user), rules.participants), asked).order_by()
    found = members.aggregate(total=Count("pk"), done=Sum("is_composed"))
    return Tally(found["total"], found["done"] or 0)


def people_pairs(user: User) -> QuerySet[PersonPair]:
    """Pairs in which a single person is helped: each of them has a plan where the scheme asks for it (TN-16)."""
    people = Q(target_member__isnull=False) | Q(target_person__isnull=False)
    return PersonPair.objects.visible_to(user).effective().filter(people).exclude(kind=PairKind.MEMBER_MEMBER)


def has_plan() -> Exists:
    """Whether somebody who helps or helped the same one wrote a plan."""
    same = Q(pair__target_member=OuterRef("target_member")) | Q(pair__target_person=OuterRef("target_person"))
    return Exists(HardshipPlan.objects.order_by().filter(same))


def planned(user: User) -> Tally:
    found = people_pairs(user).order_by().aggregate(total=Count("pk"), done=Count("pk", filter=Q(has_plan())))
    return Tally(found["total"], found["done"])
