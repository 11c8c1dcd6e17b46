"""Renewing the pairings of the round before (续签, SH-34; TN-05): which may be, who was asked, who has answered."""

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_noop

from office import inbox
from pairing.models import Pairing, RenewalAnswer, Round
from pairing.states import RoundState, Side

SUBJECT = gettext_noop("%(round)s has opened: do you want to renew the pairing with %(name)s? Please answer")


def renewal_key(round: Round, pairing: Pairing) -> str:
    return f"renewal:{round.pk}:{pairing.pk}"


def of_previous(round: Round) -> QuerySet[Pairing]:
    """The signed pairings of the round before; none where there was none, or where the scheme doesn't renew."""
    pairings = Pairing.objects.signed().filter(round=round.previous_id)
    return pairings if round.previous_id and round.rules.renewal.allowed else pairings.none()


def open_ones(round: Round) -> QuerySet[Pairing]:
    """Those that may still be renewed: nobody has declined, and it has not been done."""
    declined = RenewalAnswer.objects.filter(round=round, consents=False).order_by().values("pairing")
    return of_previous(round).filter(renewed_by=None).exclude(pk__in=declined)


def with_answers(pairings: QuerySet[Pairing], round: Round) -> QuerySet[Pairing]:
    """Adds `unit_consents` and `village_consents`: True, False, or None where that side has not answered."""
    return pairings.annotate(
        **{
            f"{side}_consents": Subquery(
                RenewalAnswer.objects.filter(round=round, pairing=OuterRef("pk"), side=side).values("consents")[:1]
            )
            for side in Side
        }
    )


def awaiting(paths_of: dict[Side, Q]) -> QuerySet[Pairing]:
    """Pairings with a next round open in which one of these sides has not answered: `next_round` names it.

    `paths_of`: for each side in whose name somebody acts, which of its organisations.
    """
    following = Round.objects.filter(previous=OuterRef("round"), state=RoundState.OPEN).order_by("pk")
    waiting = Q(pk__in=[])
    for side, mine in paths_of.items():
        answered = RenewalAnswer.objects.filter(side=side, round__state=RoundState.OPEN).order_by().values("pairing")
        waiting |= mine & ~Q(pk__in=answered)
    declined = RenewalAnswer.objects.filter(consents=False, round__state=RoundState.OPEN).order_by().values("pairing")
    pairings = Pairing.objects.signed().annotate(next_round=Subquery(following.values("pk")[:1]))
    return pairings.filter(waiting, next_round__isnull=False, renewed_by=None).exclude(pk__in=declined)


def joined(before: str, after: str) -> Concat:
    """An address or the key of a message, with the key of each row in it."""
    return Concat(Value(before), Cast("pk", TextField()), Value(after), output_field=TextField())


def ask(round: Round, at: datetime) -> int:
    """One message to either side of each pairing that may be renewed: one statement a side, however many."""
    before, after = reverse("renew_pairing", args=[0]).split("0", 1)
    asked = 0
    for side in Side:
        rows = open_ones(round).annotate(
            addressee=F(f"{side}_id"),
            message_key=joined(f"renewal:{round.pk}:", ""),
            message_url=joined(before, after),
            message_params=JSONObject(round=Value(round.name), name=F(f"{side.other}__name")),
        )
        columns = ("addressee", "message_key", "message_url", "message_params")
        asked += inbox.tell_rows(
            rows=rows.order_by("pk").values_list(*columns),
            permission=f"{side}.act",
            subject=SUBJECT,
            kind="pairing",
            at=at,
        )
    return asked
