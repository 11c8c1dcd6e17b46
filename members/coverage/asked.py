"""Which members a scheme asks to help, how many households or people each of them helps, and how many they should."""

from django.db.models import BooleanField, Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from members.kinds import Mark, PairKind
from members.models import Member, PersonPair
from members.querysets.pairs import PersonPairQuerySet, left
from organisations.models import User
from organisations.querysets import within
from pairing.schemes.persons import Composition, PersonRules
from pairing.schemes.words import Participants


def members_of(user: User) -> QuerySet[Member]:
    return Member.objects.present().filter(within(user.scopes("member.read"), "organisation__path"))


def helping(kind: str) -> PersonPairQuerySet:
    """In which members help."""
    return PersonPair.objects.active().filter(kind=kind, helper_member__isnull=False).order_by()


def to_present(target: str) -> Q:
    """Of the pairs, those with a target in this column who has not left."""
    return Q(**{f"{target}__isnull": False}) & ~left(target)


def helped_number(kind: str, target: str) -> Coalesce:
    """How many the member of the outer query helps in pairs of a kind."""
    pairs = helping(kind).filter(to_present(target), helper_member=OuterRef("pk"))
    counted = pairs.values("helper_member").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_quota(members: QuerySet[Member], quotas: dict[str, int]) -> QuerySet[Member]:
    """Those whose rank has a quota (QX-10), each with `quota` and `linked`; to filter by, `is_short`: with fewer.

    Who is short is asked of all pairs at once, the numbers of each member shown.
    """
    linked = helped_number(PairKind.CADRE_HOUSEHOLD, "target_household")
    numbers = helping(PairKind.CADRE_HOUSEHOLD).filter(to_present("target_household")).values("helper_member")
    enough = numbers.annotate(number=Count("pk"), quota=quotas_by_rank(quotas, "helper_member__rank"))
    reached = enough.filter(number__gte=F("quota")).values("helper_member")
    asked = members.filter(rank__in=list(quotas)).annotate(quota=quotas_by_rank(quotas), linked=linked)
    return asked.alias(is_short=truth(Q(quota__gt=0) & ~Q(pk__in=reached)))


def quotas_by_rank(quotas: dict[str, int], rank: str = "rank") -> Case:
    """`rank`: the column that holds it."""
    cases = [When(**{rank: each}, then=Value(number)) for each, number in quotas.items()]
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
    """Each with how many needy members and needy villagers they help (TN-03); to filter by, `is_composed` as asked."""
    kind, targets = PairKind.MEMBER_PERSON, ("target_member", "target_person")
    members_of_all, villagers_of_all = (Count("pk", filter=to_present(target)) for target in targets)
    numbers = helping(kind).values("helper_member").annotate(members=members_of_all, villagers=villagers_of_all)
    whole = numbers.filter(members=asked.needy_members, villagers=asked.needy_villagers).values("helper_member")
    needy_members, needy_villagers = (helped_number(kind, target) for target in targets)
    counted = members.annotate(needy_members=needy_members, needy_villagers=needy_villagers)
    return counted.alias(is_composed=truth(Q(pk__in=whole)))


def truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
