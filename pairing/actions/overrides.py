"""The organiser moves pairs (综合平衡, SH-30): reassigns, merges, adds, arranges; before and after are kept."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.actions.consortium import check_may_join, check_share, join_by_decision, negotiated_text, reprint
from pairing.actions.decisions import (
    MANAGE,
    check_may_be_paired,
    check_not_signed,
    check_nothing_decided_since,
    check_reason,
    decided,
    situation,
)
from pairing.actions.forming import form_pairing
from pairing.actions.locking import fresh_round, lock_pairing, lock_parties
from pairing.actions.undoing import undo_pairing
from pairing.consortium import even_shares, printed_partners
from pairing.models import Decision, Pairing, PairingPartner
from pairing.notices import market as notices
from pairing.notices import partners as partner_notices
from pairing.states import IntentionState, Origin, Side


@act(_("reassigned a pairing"))
def reassign(
    *, by: User, pairing: Pairing, side: Side, to: Organisation, reason: str, at: datetime, seen: int | None = None
) -> Pairing:
    """Before it is signed, `to` takes the place of the party on `side`; partners stay. A new agreement begins."""
    capacity = by.acting(MANAGE, pairing.round.organiser)
    lock_parties(pairing.unit, pairing.village, to)
    former = lock_pairing(pairing)
    round = fresh_round(former.round)
    check_reason(reason)
    check_not_signed(former)
    check_nothing_decided_since(seen, round, former.village)
    unit, village = (to, former.village) if side == Side.UNIT else (former.unit, to)
    check_may_be_paired(round, unit, village)
    before = situation(round, former.unit, former.village, to)
    partners = [each for each in printed_partners(former) if each["unit"] != unit.pk]
    undo_pairing(former, reason, IntentionState.OVERRULED, by, at)
    rules.check_places(round, unit, village)
    moved = form_pairing(round=round, unit=unit, village=village, origin=Origin.ASSIGNED, at=at, mode=former.mode)
    take_in(moved, partners, by, capacity, at)
    decided(Decision.Verb.REASSIGN, moved, reason, before, by, capacity, at, former)
    notices.tell_moved_away(newest(moved), former, side, at)
    return moved


@act(_("merged pairings into a consortium"))
def merge(
    *,
    by: User,
    lead: Pairing,
    others: Sequence[Pairing],
    reason: str,
    at: datetime,
    shares: dict[int, Decimal] | None = None,
    seen: int | None = None,
) -> Pairing:
    """Several units of one village become one pairing: `lead` stays, the units of `others` become its partners.

    `shares` by the key of the unit; even ones where none are named.
    """
    capacity = by.acting(MANAGE, lead.round.organiser)
    lock_parties(lead.village, *(each.unit for each in (lead, *others)))
    lead, *others = (lock_pairing(each) for each in (lead, *others))
    lead.round = fresh_round(lead.round)
    check_reason(reason)
    check_mergeable(lead, others)
    check_nothing_decided_since(seen, lead.round, lead.village)
    units = [each.unit for each in others]
    before = situation(lead.round, lead.village, lead.unit, *units)
    for each in others:
        undo_pairing(each, reason, IntentionState.OVERRULED, by, at)
    named = shares or dict.fromkeys((unit.pk for unit in units), even_shares(len(units)))
    partners = [{"unit": unit.pk, "share": named.get(unit.pk, Decimal(0))} for unit in units]
    take_in(lead, partners, by, capacity, at)
    return decided(Decision.Verb.MERGE, lead, reason, before, by, capacity, at, *others)


@act(_("added a partner to a pairing"))
def add_partner(
    *,
    by: User,
    pairing: Pairing,
    unit: Organisation,
    share: Decimal,
    contribution: str = "",
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> Pairing:
    """By decision, without being asked; the draft that both confirm names it."""
    capacity = by.acting(MANAGE, pairing.round.organiser)
    lock_parties(pairing.unit, pairing.village, unit)
    pairing = lock_pairing(pairing)
    pairing.round = fresh_round(pairing.round)
    check_reason(reason)
    rules.check_round_is_open(pairing.round)
    check_nothing_decided_since(seen, pairing.round, pairing.village)
    check_may_join(pairing, unit)
    before = situation(pairing.round, pairing.unit, pairing.village, unit)
    take_in(pairing, [{"unit": unit.pk, "share": share, "contribution": contribution}], by, capacity, at)
    return decided(Decision.Verb.ADD, pairing, reason, before, by, capacity, at)


@act(_("arranged the helpers of a village together"))
def arrange(*, by: User, pairing: Pairing, reason: str, at: datetime, seen: int | None = None) -> Pairing:
    """Several helpers of one village know of each other (AH-06): in words, how they share the work."""
    capacity = by.acting(MANAGE, pairing.round.organiser)
    pairing = lock_pairing(pairing)
    check_reason(reason)
    rules.check_round_is_open(pairing.round)
    check_nothing_decided_since(seen, pairing.round, pairing.village)
    before = situation(pairing.round, pairing.unit, pairing.village)
    return decided(Decision.Verb.ARRANGE, pairing, reason, before, by, capacity, at)


def check_mergeable(lead: Pairing, others: Sequence[Pairing]) -> None:
    rules.check_round_is_open(lead.round)
    if not others or lead.pk in {each.pk for each in others}:
        raise Refused(_("Choose at least two pairings of the village, one of them as the lead."))
    for each in (lead, *others):
        check_not_signed(each)
        if (each.village_id, each.round_id) != (lead.village_id, lead.round_id):
            raise Refused(_("Only pairings of the same village can be merged."))
    rules.check_in_being(lead.village, *(each.unit for each in (lead, *others)))
    if PairingPartner.objects.present().filter(pairing__in=others).exists():
        raise Refused(_("One of them has partners of its own: make it the lead."))


def take_in(pairing: Pairing, partners: list[dict], by: User, capacity, at: datetime) -> None:
    """They are partners from now on, and the draft names them."""
    if not partners:
        return
    text = negotiated_text(pairing)
    for each in partners:
        check_share(pairing, Decimal(each["share"]))
    check_share(pairing, sum((Decimal(each["share"]) for each in partners), Decimal(0)))
    added = join_by_decision(pairing, partners, by, capacity, at)
    reprint(text, at)
    for partner in PairingPartner.objects.filter(pk__in=[each.pk for each in added]).select_related("unit"):
        partner.pairing = text.pairing
        partner_notices.tell_added(partner, at)


def newest(pairing: Pairing) -> Decision:
    return Decision.objects.filter(touched__contains=[pairing.pk]).latest("pk")
