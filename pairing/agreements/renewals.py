"""Renewing the pairings of the round before (续签, SH-34; TN-05): which may be, who was asked, who has answered.

A closed round stays as it was. Where a party of it was merged since, its follower (Takeover) is asked and answers.
"""

from datetime import datetime

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_noop

from office import inbox
from organisations.models import Organisation
from pairing.models import Pairing, RenewalAnswer, Round, Takeover
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


def with_followers(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds who stands on each side today: `unit_now` (its key) and `unit_named`, and the same of the village."""
    return pairings.annotate(
        **{f"{side}_now": _of_today(side, "_id", BigIntegerField()) for side in Side},
        **{f"{side}_named": _of_today(side, "__name", CharField()) for side in Side},
    )


def _of_today(side: Side, column: str, kind: Field) -> Coalesce:
    newest = Takeover.objects.filter(pairing=OuterRef("pk"), side=side).order_by("-pk")
    return Coalesce(Subquery(newest.values(f"successor{column}")[:1]), F(f"{side}{column}"), output_field=kind)


def as_of_today(pairing: Pairing) -> Pairing:
    """The same pairing with its followers as parties, in memory alone: it is not to be saved."""
    for takeover in pairing.takeovers.order_by("pk").select_related("successor"):
        setattr(pairing, takeover.side, takeover.successor)
    return pairing


def still_to_come(old: Organisation, new: Organisation, side: Side) -> QuerySet[Pairing]:
    """Signed pairings of closed rounds in which `new` follows `old`, as long as the next round may renew them.

    Not those that it has itself with the same other side: these are renewed once.
    """
    own = Pairing.objects.signed().filter(**{side: new, side.other: OuterRef(side.other)}, round=OuterRef("round"))
    pairings = with_followers(Pairing.objects.signed()).filter(**{f"{side}_now": old.pk})
    pairings = pairings.filter(round__state=RoundState.CLOSED, renewed_by=None).exclude(Exists(own))
    return pairings.exclude(round__following__state=RoundState.CLOSED)


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


def awaiting(parties: dict[Side, QuerySet[Organisation]]) -> QuerySet[Pairing]:
    """Pairings with a next round open in which one of these parties has not answered; `next_round` names it.

    `parties`: for each side in whose name somebody acts, which organisations. Adds `unit_asked` or `village_asked`.
    """
    following = Round.objects.filter(previous=OuterRef("round"), state=RoundState.OPEN).order_by("pk")
    asked = {f"{side}_asked": ExpressionWrapper(_asked(side, own), BooleanField()) for side, own in parties.items()}
    any_of_them = Q(pk__in=[])
    for name in asked:
        any_of_them |= Q(**{name: True})
    declined = RenewalAnswer.objects.filter(consents=False, round__state=RoundState.OPEN).order_by().values("pairing")
    pairings = with_followers(Pairing.objects.signed()).annotate(next_round=Subquery(following.values("pk")[:1]))
    waiting = pairings.annotate(**asked).filter(any_of_them, next_round__isnull=False, renewed_by=None)
    return waiting.exclude(pk__in=declined)


def _asked(side: Side, own: QuerySet[Organisation]) -> Q:
    keys = own.order_by().values("pk")
    followed = Takeover.objects.filter(side=side, successor__in=keys).order_by().values("pairing")
    answered = RenewalAnswer.objects.filter(side=side, round__state=RoundState.OPEN).order_by().values("pairing")
    return (Q(**{f"{side}__in": keys}) | Q(pk__in=followed)) & ~Q(pk__in=answered)


def joined(before: str, after: str) -> Concat:
    """An address or the key of a message, with the key of each row in it."""
    return Concat(Value(before), Cast("pk", TextField()), Value(after), output_field=TextField())


def ask(round: Round, at: datetime) -> int:
    """One message to either side of each pairing that may be renewed: one statement a side, however many."""
    before, after = reverse("renew_pairing", args=[0]).split("0", 1)
    asked = 0
    for side in Side:
        rows = with_followers(open_ones(round)).annotate(
            addressee=F(f"{side}_now"),
            message_key=joined(f"renewal:{round.pk}:", ""),
            message_url=joined(before, after),
            message_params=JSONObject(round=Value(round.name), name=F(f"{side.other}_named")),
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
