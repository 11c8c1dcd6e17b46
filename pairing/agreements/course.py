"""What a pairing's page says about how it goes on, read together with the pairing."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pairing.models import Ending, Pairing, Round
from pairing.states import EndingState, RoundState


def with_course(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `end_proposed`, and `next_round`: the open round in which it may be renewed."""
    waiting = Ending.objects.filter(pairing=OuterRef("pk"), state=EndingState.PROPOSED)
    following = Round.objects.filter(previous=OuterRef("round"), state=RoundState.OPEN).order_by("pk")
    related = pairings.select_related("renews", "renewed_by")
    return related.annotate(end_proposed=Exists(waiting), next_round=Subquery(following.values("pk")[:1]))
