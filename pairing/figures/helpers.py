"""Villages with several helpers that do not know of each other, or with none (AH-06).

A helper is a pairing of the round - a consortium counts once - or a programme that marked the village as its contact
point. Where the organiser arranged them together, the village is no longer warned of, until a pairing comes later.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from organisations.models import Organisation
from pairing.figures.interest import unpaired
from pairing.models import Decision, Pairing, Round
from pairing.states import Side

# Tags of an organisation that stand for a helper from another programme, as the draft of Anhui names them.
CONTACT_TAGS = ("新农村建设联系点", "扶贫联系点", "选派干部任职村")


def contacts() -> Combinable:
    """How many of these tags a line's organisation bears."""
    terms = [
        Case(When(organisation__tags__contains=[each], then=Value(1)), default=Value(0), output_field=IntegerField())
        for each in CONTACT_TAGS
    ]
    return reduce(add, terms)


def are_unlinked(village: Organisation, standing: Sequence[Pairing], decisions: Sequence[Decision]) -> bool:
    """What `several` asks, of one village whose standing pairings and decisions were read."""
    if not standing or len(standing) + len(set(village.tags) & set(CONTACT_TAGS)) < 2:
        return False
    newest = max(each.formed_at for each in standing)
    return not any(each.verb == Decision.Verb.ARRANGE and each.decided_at >= newest for each in decisions)


def several(round: Round) -> Q:
    """Lines of villages with two pairings or more, or with one and a contact point, not arranged together."""
    standing = Pairing.objects.standing().filter(round=round).order_by()
    later = standing.filter(village=OuterRef("village"), pk__gt=OuterRef("pk"))
    twice = standing.filter(Exists(later)).values("village")
    also_contact = Q(organisation__in=standing.values("village"), organisation__tags__overlap=list(CONTACT_TAGS))
    return (Q(organisation__in=twice) | also_contact) & ~Q(organisation__in=arranged(round).values("village"))


def arranged(round: Round):
    """Decisions that still say how all the helpers of a village work together."""
    came_later = Pairing.objects.standing().filter(
        round=round, village=OuterRef("village"), formed_at__gt=OuterRef("decided_at")
    )
    told = Decision.objects.filter(round=round, verb=Decision.Verb.ARRANGE).order_by()
    return told.filter(~Exists(came_later))


def none(round: Round) -> Q:
    return unpaired(round, Side.VILLAGE)
