"""Which members a scheme asks to help, how many households or people each of them helps, and how many they should."""

from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from members.kinds import Mark, PairKind
from members.models import Member, PersonPair
from organisations.models import User
from organisations.querysets import within
from pairing.schemes.persons import Composition, PersonRules
from pairing.schemes.words import Participants


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


def quotas_by_rank(quotas: dict[str, int]) -> Case:
    cases = [When(rank=rank, then=Value(number)) for rank, number in quotas.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def eligible(participants: str) -> Q:
    """Whom the scheme counts among those who help (TN-02, TN-04)."""
    if participants == Participants.ABLE:
        return Q(marks__overlap=[Mark.ABLE_TO_HELP])
    if participants == Participants.IN_SERVICE:
        return Q(marks__overlap=[Mark.IN_SERVICE]) | ~Q(rank="")
    return Q(pk__isnull=False)


def composition_of(rules: PersonRules) -> Composition | None:
    rule = rules.rule(PairKind.MEMBER_PERSON)
    return rule.composition if rule else None


def with_composition(members: QuerySet[Member], asked: Composition) -> QuerySet[Member]:
    """Each with how many needy members and needy villagers they help, and `is_composed` as the scheme asks (TN-03)."""
    kind = PairKind.MEMBER_PERSON
    counted = members.annotate(
        needy_members=helped_number(kind, target_member__isnull=False, target_member__left_on=None),
        needy_villagers=helped_number(kind, target_person__isnull=False, target_person__left_on=None),
    )
    whole = Q(needy_members=asked.needy_members, needy_villagers=asked.needy_villagers)
    return counted.annotate(is_composed=Case(When(whole, then=Value(1)), default=Value(0), output_field=IntegerField()))
