"""A pairing that is not signed yet comes apart: both sides may choose again. Call it under the lock of the pairing."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from organisations.models import User
from pairing.actions.consortium import part_with_partners
from pairing.models import Agreement, Intention, Pairing
from pairing.notices import market as notices
from pairing.states import AgreementState, IntentionState, PairingState, check_transition


def undo_pairing(pairing: Pairing, reason: str, then: IntentionState, by: User | None, at: datetime) -> None:
    """Its draft becomes void with the reason; the intention that led to it becomes `then`."""
    check_transition(pairing.state, PairingState.RELEASED, _("This pairing is released already."))
    notices.settle_turn(pairing, at)
    void = {"state": AgreementState.VOID, "void_reason": reason}
    Agreement.objects.under_way().filter(pairing=pairing).update(**void)
    Intention.objects.filter(pairing=pairing).update(state=then)
    part_with_partners(pairing, reason, by, at)
    pairing.state, pairing.released_at = PairingState.RELEASED, at
    pairing.save()
