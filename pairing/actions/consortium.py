"""Units that aid a village together (组合式帮扶, SH-13): the lead asks, a partner joins or declines, either may end it.

Who joins or leaves changes what both sides sign over: a draft that was confirmed is confirmed anew, and of a signed
agreement the partners change only with an amendment.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.actions.agreements import check_still_negotiated, moved, reopen
from pairing.actions.locking import fresh_round, lock_agreement, lock_pairing, lock_parties
from pairing.consortium import printed_partners
from pairing.models import Agreement, DirectoryEntry, Pairing, PairingPartner
from pairing.models.consortium import WHOLE
from pairing.notices import partners as notices
from pairing.states import AgreementState, PartnerState, Side, check_transition


@act(_("asked a unit to join"))
def invite_partner(
    *, by: User, pairing: Pairing, unit: Organisation, share: Decimal, contribution: str = "", at: datetime
) -> PairingPartner:
    """The lead asks another unit of the directory to take a share. The same click twice asks once."""
    capacity = by.acting("unit.act", pairing.unit)
    lock_parties(pairing.unit, pairing.village, unit)
    text = negotiated_text(pairing)
    pairing = text.pairing
    asked = PairingPartner.objects.present().filter(pairing=pairing, unit=unit).first()
    if asked and asked.state == PartnerState.INVITED and (asked.invited_by_id, asked.share) == (by.pk, share):
        return asked
    check_may_join(pairing, unit)
    check_share(pairing, share)
    partner = PairingPartner.objects.create(
        pairing=pairing,
        unit=unit,
        share=share,
        contribution=contribution,
        invited_at=at,
        invited_by=by,
        invited_as=capacity,
    )
    notices.tell_invited(partner, at)
    return partner


@act(_("joined a consortium"))
def join(*, by: User, partner: PairingPartner, words: str = "", at: datetime) -> PairingPartner:
    return answer(by, partner, PartnerState.JOINED, words, at)


@act(_("declined to join a consortium"))
def decline_to_join(*, by: User, partner: PairingPartner, words: str = "", at: datetime) -> PairingPartner:
    return answer(by, partner, PartnerState.DECLINED, words, at)


def answer(by: User, partner: PairingPartner, state: PartnerState, words: str, at: datetime) -> PairingPartner:
    """The same click twice answers once."""
    capacity = by.acting("unit.act", partner.unit)
    partner = lock_partner(partner)
    if partner.state == state and partner.answered_by_id == by.pk:
        return partner
    check_transition(partner.state, state, _answered_already(partner))
    text = negotiated_text(partner.pairing) if state == PartnerState.JOINED else None
    if text:
        rules.check_in_being(partner.unit, partner.pairing.unit, partner.pairing.village)
    partner.state, partner.answer = state, words
    partner.answered_at, partner.answered_by, partner.answered_as = at, by, capacity
    partner.save()
    if text:
        reprint(text, at)
    notices.tell_answered(partner, at)
    return partner


@act(_("ended a partnership in a consortium"))
def end_partnership(*, by: User, partner: PairingPartner, words: str, at: datetime) -> PairingPartner:
    """The partner leaves, or the lead does without it - each with a reason."""
    own = by.can("unit.act", partner.unit)
    by.acting("unit.act", partner.unit if own else partner.pairing.unit)
    partner = lock_partner(partner)
    if not words.strip():
        raise Refused(_("Say why; the other units will read it."))
    check_transition(partner.state, PartnerState.LEFT, _("This partnership has ended already."))
    had_joined = partner.state == PartnerState.JOINED
    text = negotiated_text(partner.pairing) if had_joined else None
    partner.state, partner.left_words = PartnerState.LEFT, words
    partner.left_at, partner.left_by = at, by
    partner.save()
    if text:
        reprint(text, at)
    notices.tell_left(partner, by_lead=not own, had_joined=had_joined, at=at)
    return partner


def lock_partner(partner: PairingPartner) -> PairingPartner:
    lock_parties(partner.pairing.unit, partner.pairing.village, partner.unit)
    pairing = lock_pairing(partner.pairing)
    fresh = PairingPartner.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
    partner = fresh.get(pk=partner.pk)
    partner.pairing = pairing
    return partner


def negotiated_text(pairing: Pairing) -> Agreement:
    """The agreement that may still be changed, locked with its pairing."""
    check_still_negotiated(pairing)
    text = Agreement.objects.under_way().filter(pairing=pairing).select_related("pairing").first()
    if text is None:
        raise Refused(_("The agreement is signed: start an amendment first, then change the partners."))
    text = lock_agreement(text)
    if text.state == AgreementState.SIGNING:
        raise Refused(_("One side has signed: send the agreement back first, then change the partners."))
    text.pairing.round = fresh_round(text.pairing.round)
    check_still_negotiated(text.pairing)
    return text


def reprint(text: Agreement, at: datetime) -> Agreement:
    """The partners of now stand in the text; whoever confirmed another one confirms anew."""
    text.partners = printed_partners(text.pairing)
    text.edited_side = Side.UNIT
    reopen(text)
    return moved(text, at)


def check_may_join(pairing: Pairing, unit: Organisation) -> None:
    words = {"unit": unit.name, "village": pairing.village.name}
    if unit.pk == pairing.unit_id:
        raise Refused(_("%(unit)s leads this pairing; choose another unit.") % words)
    rules.check_in_being(unit, pairing.unit, pairing.village)
    rules.check_listed(pairing.round, unit, pairing.village)
    rules.check_level(pairing.round, unit, pairing.village)
    if PairingPartner.objects.present().filter(pairing=pairing, unit=unit).exists():
        raise Refused(_("%(unit)s was asked already or is a partner already.") % words)
    if Pairing.objects.standing().filter(round=pairing.round, unit=unit, village=pairing.village).exists():
        raise Refused(
            _("%(unit)s is paired with %(village)s on its own; the organiser can merge the two pairings.") % words
        )


def check_share(pairing: Pairing, share: Decimal) -> None:
    """Under the lock of the pairing. The database holds the same for whoever comes past here."""
    spoken_for = PairingPartner.objects.present().filter(pairing=pairing)
    taken = spoken_for.aggregate(taken=Sum("share"))["taken"] or Decimal(0)
    if not 0 < share < WHOLE:
        raise Refused(_("A share is more than 0 and less than 100 per cent."))
    if taken + share >= WHOLE:
        words = {"left": WHOLE - taken}
        raise Refused(_("Only %(left)s per cent are left, and the lead keeps a share: name less.") % words)


def part_with_partners(pairing: Pairing, words: str, by: User | None, at: datetime) -> None:
    """The pairing is released: whoever was asked need not answer, whoever joined is told and may still read it."""
    notices.settle_invitations(PairingPartner.objects.present().filter(pairing=pairing), at)
    asked = PairingPartner.objects.filter(pairing=pairing, state=PartnerState.INVITED)
    asked.update(state=PartnerState.LEFT, left_at=at, left_by=by, left_words=words)
    joined = PairingPartner.objects.joined().filter(pairing=pairing)
    notices.tell_released(joined.select_related("unit", "pairing__unit", "pairing__village"), at)


def restore_partners(agreement: Agreement, by: User, at: datetime) -> None:
    """Where an amendment was dropped: the partners are again those that the text in force prints."""
    printed = {each["unit"]: each for each in agreement.partners}
    present = PairingPartner.objects.present().filter(pairing=agreement.pairing)
    gone = present.exclude(state=PartnerState.JOINED, unit__in=printed)
    for partner in gone.select_related("unit", "pairing__unit", "pairing__village"):
        notices.tell_left(partner, by_lead=True, had_joined=False, at=at)
    gone.update(state=PartnerState.LEFT, left_at=at, left_by=by)
    kept = {partner.unit_id: partner for partner in present}
    by_growth = sorted(kept.values(), key=lambda each: Decimal(printed[each.unit_id]["share"]) - each.share)
    for partner in by_growth:
        notices.settle_share(partner, at)
        share = Decimal(printed[partner.unit_id]["share"])
        present.filter(pk=partner.pk).update(
            share=share, proposed_share=None, share_agreed_at=None, share_agreed_by=None
        )
    join_by_decision(agreement.pairing, [each for pk, each in printed.items() if pk not in kept], by, None, at)


def ask_partners_again(former: Pairing, pairing: Pairing, by: User | None, at: datetime) -> None:
    """A renewed pairing asks those who took part in the former one, each for the share that it had."""
    listed = DirectoryEntry.objects.current(pairing.round).filter(side=Side.UNIT).values("organisation")
    joined = PairingPartner.objects.joined().filter(pairing=former, unit__in=listed, unit__closed_on=None)
    for partner in joined.exclude(unit=pairing.unit_id).select_related("unit").order_by("pk"):
        part = {"unit": partner.unit, "share": partner.share, "contribution": partner.contribution}
        asked = PairingPartner.objects.create(pairing=pairing, invited_at=at, invited_by=by, **part)
        notices.tell_invited(asked, at)


def join_by_decision(pairing: Pairing, parts: Iterable[dict], by: User, capacity, at: datetime) -> list[PairingPartner]:
    """Partners without asking them: the organiser decided, or a signed text says so. `parts` as they are printed."""
    asked_and_joined = {"state": PartnerState.JOINED, "invited_at": at, "answered_at": at}
    persons = {"invited_by": by, "answered_by": by, "invited_as": capacity, "answered_as": capacity}
    return PairingPartner.objects.bulk_create(
        PairingPartner(
            pairing=pairing,
            unit_id=each["unit"],
            share=Decimal(each["share"]),
            contribution=each.get("contribution", ""),
            **asked_and_joined,
            **persons,
        )
        for each in parts
    )


def _answered_already(partner: PairingPartner) -> str:
    return _("This is settled already: %(state)s.") % {"state": partner.get_state_display()}
