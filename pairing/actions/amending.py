"""Amending an agreement (变更): an editable copy that takes the place of the signed one once both have signed it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.actions.agreements import copy_of, locked_for, moved
from pairing.actions.consortium import restore_partners
from pairing.agreements import responsibles
from pairing.models import Agreement, Pairing
from pairing.notices import course as course_notices
from pairing.notices import market as notices
from pairing.states import UNDER_WAY, AgreementState, PairingState, Side


@act(_("started an amendment"))
def start_amendment(*, by: User, agreement: Agreement, side: Side, at: datetime) -> Agreement:
    """A copy of the agreement in force, to be negotiated like any other. The same click twice makes one copy."""
    agreement, _post = locked_for(by, agreement, side, "act")
    check_in_force(agreement)
    open_one = Agreement.objects.under_way().filter(pairing=agreement.pairing).first()
    if open_one is not None:
        return same_click_or_refusal(open_one, agreement.pairing, side)
    draft = copy_of(agreement, edited_side=side, amends=agreement)
    responsibles.write_into(draft, agreement.pairing, agreement, timezone.localtime(at).date())
    draft = moved(draft, at)
    draft.pairing = agreement.pairing
    course_notices.tell_amendment(draft, side, at)
    return draft


def check_in_force(agreement: Agreement) -> None:
    if agreement.state == AgreementState.SUPERSEDED:
        raise Refused(_("An amendment took the place of this text meanwhile. Amend the one that is in force now."))
    if agreement.state != AgreementState.SIGNED or agreement.pairing.state != PairingState.SIGNED:
        raise Refused(_("Only an agreement that both have signed can be amended; this one can still be edited."))


def same_click_or_refusal(open_one: Agreement, pairing: Pairing, side: Side) -> Agreement:
    untouched = open_one.edited_side == side and not (open_one.unit_confirmed_at or open_one.village_confirmed_at)
    if untouched:
        return open_one
    words = _(
        "An amendment of this agreement is under way already, last edited by %(name)s. Both sides confirm and sign it, "
        "or either of them drops it; then another one can be started."
    )
    raise Refused(words % {"name": pairing.party(Side(open_one.edited_side)).name})


@act(_("dropped the amendment"))
def drop_amendment(*, by: User, agreement: Agreement, side: Side, words: str, at: datetime) -> Agreement:
    """The text in force stays as it is; what was negotiated is kept as void."""
    agreement, _post = locked_for(by, agreement, side, "act")
    if agreement.amends_id is None or agreement.state not in UNDER_WAY:
        raise Refused(_("Only an amendment that is still negotiated can be dropped."))
    if not words.strip():
        raise Refused(_("Say why; the other side will read it."))
    notices.settle_turn(agreement.pairing, at)
    agreement.state, agreement.void_reason = AgreementState.VOID, words
    agreement.save()
    if agreement.amends is not None:
        restore_partners(agreement.amends, by, at)
    course_notices.tell_dropped(agreement, side, at)
    return agreement
