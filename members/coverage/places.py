"""What the coverage counts, by place: rows that begin with the key of a village, or of a unit.

Each function counts all places, or only those named, in one statement whatever the rows.
"""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import BoolOr
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet

from members.coverage.asked import composition_of, eligible, quotas_by_rank, to_present, truth
from members.kinds import PairKind
from members.models import HardshipPlan, Household, Member, PersonPair
from members.querysets.pairs import HELPING, gone
from organisations.models import User
from pairing.schemes.persons import Composition, PersonRules

Keys = Iterable[int] | None
HOUSEHOLD_ROWS = """
SELECT village_id, COUNT(*), COUNT(is_chained), COUNT(*) FILTER (WHERE is_chained)
FROM ({asked}) AS needy (pk, village_id) LEFT JOIN ({pairs}) AS helped (pk, is_chained) USING (pk)
GROUP BY village_id
"""
MEMBER_ROWS = """
SELECT organisation_id, rank,
    COUNT(*), COALESCE(SUM(households), 0), COUNT(*) FILTER (WHERE COALESCE(households, 0) < quota),
    COUNT(*) FILTER (WHERE is_asked),
    COUNT(*) FILTER (WHERE is_asked AND COALESCE(members, 0) = {members} AND COALESCE(villagers, 0) = {villagers})
FROM ({asked}) AS asked (pk, rank, organisation_id, quota, is_asked)
LEFT JOIN ({pairs}) AS helping (pk, households, members, villagers) USING (pk)
GROUP BY organisation_id, rank
"""


def joined(statement: str, asked: QuerySet, pairs: QuerySet, **numbers: int) -> list[tuple]:
    """The pairs are grouped once, and then joined: asked for each row alone, every one of them would be looked up."""
    try:
        (of_asked, values), (of_pairs, more) = asked.query.sql_with_params(), pairs.query.sql_with_params()
    except EmptyResultSet:  # no place is named
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement.format(asked=of_asked, pairs=of_pairs, **numbers), [*values, *more])
        return cursor.fetchall()


def household_rows(villages: Keys, user: User | None = None) -> list[tuple]:
    """Village, households in need, those of them with a helper, those with one within the village.

    Of what one user may see, where one is named.
    """
    needy, helping = Household.objects.in_need(), PersonPair.objects.effective().filter(target_household__isnull=False)
    if user is not None:
        needy = needy.visible_to(user)
    if villages is not None:
        needy, helping = needy.filter(village__in=villages), helping.filter(village__in=villages)
    helped = helping.order_by().values_list("target_household").annotate(is_chained=BoolOr(Q(kind=PairKind.CHAIN)))
    return joined(HOUSEHOLD_ROWS, needy.order_by().values_list("pk", "village"), helped)


def member_rows(units: Keys, rules: PersonRules) -> list[tuple]:
    """Unit, rank, members; households they look after, members with fewer of them than the quota; members who are
    asked to help one plus two, those of them who do (TN-03). Gone targets are left out.
    """
    quotas, composition = rules.quota(PairKind.CADRE_HOUSEHOLD), composition_of(rules)
    if not quotas and composition is None:
        return []
    members, pairs = Member.objects.present().order_by(), PersonPair.objects.active().order_by()
    if units is not None:
        members, pairs = members.filter(organisation__in=units), pairs.filter(helper_member__organisation__in=units)
    asked = members.annotate(quota=quotas_by_rank(quotas), is_asked=truth(eligible(rules.participants)))
    person = Q(kind=PairKind.MEMBER_PERSON)
    helping = (
        pairs.filter(helper_member__isnull=False)
        .values_list("helper_member")
        .annotate(
            households=Count("pk", filter=Q(kind=PairKind.CADRE_HOUSEHOLD) & to_present("target_household")),
            members=Count("pk", filter=person & to_present("target_member")),
            villagers=Count("pk", filter=person & to_present("target_person")),
        )
    )
    rows = asked.values_list("pk", "rank", "organisation", "quota", "is_asked")
    whole = composition or Composition()
    return joined(MEMBER_ROWS, rows, helping, members=whole.needy_members, villagers=whole.needy_villagers)


# Single persons who are helped: each of them has a plan where the scheme asks for it (TN-16).
OF_PEOPLE = (Q(target_member__isnull=False) | Q(target_person__isnull=False)) & ~Q(kind=PairKind.MEMBER_MEMBER)
OF_PAIR = ("unit", "village", "helper_member__user", "target_member__user")


def has_plan() -> Q:
    """Whether somebody who helps or helped the same one wrote a plan: asked of the few plans, not of each pair."""
    plans = HardshipPlan.objects.order_by()
    members = plans.filter(pair__target_member__isnull=False).values("pair__target_member")
    persons = plans.filter(pair__target_person__isnull=False).values("pair__target_person")
    return Q(target_member__in=members) | Q(target_person__in=persons)


def pair_rows(units: Keys) -> list[tuple]:
    """Unit, village, accounts of helper and target; pairs that somebody has left, people helped, those with a plan."""
    pairs = PersonPair.objects.active().filter(gone() | OF_PEOPLE).order_by()
    if units is not None:
        pairs = pairs.filter(unit__in=units)
    facts = pairs.annotate(
        is_gap=truth(gone()), is_helped=truth(OF_PEOPLE & ~gone(HELPING)), is_planned=truth(has_plan())
    ).values_list(*OF_PAIR, "is_gap", "is_helped", "is_planned")
    sums: dict[tuple, list[int]] = {}
    for *of_pair, is_gap, is_helped, is_planned in facts:
        found = sums.setdefault(tuple(of_pair), [0, 0, 0])
        for number, fact in enumerate((is_gap, is_helped, is_helped and is_planned)):
            found[number] += fact
    return [(*of_pair, *numbers) for of_pair, numbers in sums.items()]
