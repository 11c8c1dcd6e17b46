"""Forming a pairing: the same whether two agreed or the organiser decided. Call it under the lock of both parties."""

from datetime import datetime

from django.db.models import Q

from office import inbox
from organisations.models import Organisation
from pairing import rules
from pairing.actions.rounds import CHOOSE
from pairing.consortium import printed_partners
from pairing.levels import Level, level_of
from pairing.models import Agreement, Intention, Pairing, Round
from pairing.notices import market as notices
from pairing.states import IntentionState, Origin, Side


def form_pairing(
    *,
    round: Round,
    unit: Organisation,
    village: Organisation,
    origin: Origin,
    at: datetime,
    intention: Intention | None = None,
    mode: str = "",
    renews: Pairing | None = None,
) -> Pairing:
    """The pairing and its draft agreement with the dates of the round (SH-38). What no longer has a place lapses."""
    pairing = Pairing.objects.create(
        round=round,
        unit=unit,
        village=village,
        level=level_of(unit, village) or Level.UNIT_VILLAGE,
        mode=mode,
        renews=renews,
        origin=origin,
        intention=intention,
        formed_at=at,
        is_late=rules.is_late_intention(round, at),
        ends_on=round.ends_on,
    )
    agreement = draft_agreement(pairing)
    inbox.settle(key=CHOOSE.format(round=round.pk), at=at, organisations=[unit, village])
    lapse_without_place(pairing, at)
    notices.tell_turn(agreement, at)
    return pairing


def draft_agreement(pairing: Pairing, **fields) -> Agreement:
    return Agreement.objects.create(
        pairing=pairing,
        **fields,
        partners=printed_partners(pairing),
        unit_name=pairing.unit.name,
        village_name=pairing.village.name,
        starts_on=pairing.round.starts_on,
        ends_on=pairing.round.ends_on,
    )


def lapse_without_place(pairing: Pairing, at: datetime) -> None:
    """Open proposals of a side that has become full, and any other one between these two, can no longer succeed."""
    full = Q(unit=pairing.unit, village=pairing.village)
    for side in Side:
        if rules.is_full(pairing.round, side, pairing.party(side)):
            full |= Q(**{side: pairing.party(side)}, village__kind__in=Level.UNIT_VILLAGE.kinds(Side.VILLAGE))
    gone = Intention.objects.open().filter(full, round=pairing.round)
    lapsed = list(gone.select_related("unit", "village"))
    gone.update(state=IntentionState.LAPSED, answered_at=at)
    notices.tell_lapsed(lapsed, at)
