"""Other shares in a consortium (SH-13): the lead proposes them, and they hold once each partner has agreed to its own.

As with joining: of a signed agreement they change only with an amendment, and whoever confirmed confirms anew.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.actions.consortium import lock_partner, negotiated_text, reprint
from pairing.actions.locking import lock_parties
from pairing.models import Agreement, Pairing, PairingPartner
from pairing.models.consortium import WHOLE
from pairing.notices import partners as notices
from pairing.states import PartnerState

NOTHING_PROPOSED = {"proposed_share": None, "share_agreed_at": None, "share_agreed_by": None}


@act(_("proposed other shares"))
def propose_shares(*, by: User, pairing: Pairing, shares: Mapping[int, Decimal], at: datetime) -> list[PairingPartner]:
    """`shares`: of joined partners, by key. Takes the place of what was proposed before; the same click counts once."""
    by.acting("unit.act", pairing.unit)
    known = PairingPartner.objects.joined().filter(pairing=pairing).select_related("unit")
    lock_parties(pairing.unit, pairing.village, *(partner.unit for partner in known))
    pairing = negotiated_text(pairing).pairing
    joined = {partner.pk: partner for partner in known.all()}
    if set(shares) - set(joined):
        raise Refused(_("The partners changed meanwhile: look at them again, then propose."))
    wanted = {pk: share for pk, share in shares.items() if share != joined[pk].share}
    if not wanted:
        raise Refused(_("These are the shares of today: change at least one."))
    if wanted == {pk: each.proposed_share for pk, each in joined.items() if each.proposed_share is not None}:
        return [joined[pk] for pk in wanted]
    check_they_fit(pairing, wanted)
    drop_proposal(pairing, at)
    for pk, share in wanted.items():
        PairingPartner.objects.filter(pk=pk).update(proposed_share=share)
        joined[pk].proposed_share, joined[pk].pairing = share, pairing
        notices.tell_share_proposed(joined[pk], at)
    return [joined[pk] for pk in wanted]


@act(_("agreed to another share"))
def agree_to_share(*, by: User, partner: PairingPartner, share: Decimal, at: datetime) -> PairingPartner:
    """`share`: the one that was shown. With the last consent the text names the new shares."""
    by.acting("unit.act", partner.unit)
    partner, text = locked_with_text(partner, share)
    if partner.share_agreed_by_id == by.pk:
        return partner
    partner.share_agreed_at, partner.share_agreed_by = at, by
    partner.save()
    notices.settle_share(partner, at)
    changing = list(PairingPartner.objects.joined().filter(pairing=partner.pairing, proposed_share__isnull=False))
    if all(each.share_agreed_at for each in changing):
        take_over(changing, text, at)
    return partner


@act(_("declined another share"))
def decline_share(*, by: User, partner: PairingPartner, share: Decimal, at: datetime) -> PairingPartner:
    """The shares of today stand, for all of them."""
    by.acting("unit.act", partner.unit)
    partner, _text = locked_with_text(partner, share)
    drop_proposal(partner.pairing, at)
    notices.tell_share_declined(partner, at)
    return partner


@act(_("withdrew the proposal of other shares"))
def withdraw_shares(*, by: User, pairing: Pairing, at: datetime) -> None:
    """By the lead; the shares of today stand."""
    by.acting("unit.act", pairing.unit)
    drop_proposal(negotiated_text(pairing).pairing, at)


def locked_with_text(partner: PairingPartner, share: Decimal) -> tuple[PairingPartner, Agreement]:
    partner = lock_partner(partner)
    if partner.state != PartnerState.JOINED or partner.proposed_share is None:
        raise Refused(_("No other share is proposed to you any more."))
    if partner.proposed_share != share:
        raise Refused(_("The lead proposes another share by now: look at it again, then answer."))
    return partner, negotiated_text(partner.pairing)


def take_over(changing: list[PairingPartner], text: Agreement, at: datetime) -> None:
    """Those that shrink first: at no moment may the shares leave nothing to the lead."""
    check_they_fit(text.pairing, {each.pk: each.proposed_share for each in changing if each.proposed_share})
    for each in sorted(changing, key=lambda each: (each.proposed_share or 0) - each.share):
        PairingPartner.objects.filter(pk=each.pk).update(share=each.proposed_share, **NOTHING_PROPOSED)
    reprint(text, at)
    notices.tell_shares_changed(text.pairing, at)


def check_they_fit(pairing: Pairing, wanted: Mapping[int, Decimal]) -> None:
    """With what was offered to others who have not answered yet."""
    present = PairingPartner.objects.present().filter(pairing=pairing).values_list("pk", "share")
    shares = [wanted.get(pk, share) for pk, share in present]
    if any(not 0 < share < WHOLE for share in shares):
        raise Refused(_("A share is more than 0 and less than 100 per cent."))
    if sum(shares) >= WHOLE:
        words = {"sum": sum(shares)}
        raise Refused(_("The partners would have %(sum)s per cent, and the lead keeps a share: name less.") % words)


def drop_proposal(pairing: Pairing, at: datetime) -> None:
    changing = PairingPartner.objects.filter(pairing=pairing, proposed_share__isnull=False)
    for partner in changing:
        notices.settle_share(partner, at)
    changing.update(**NOTHING_PROPOSED)
