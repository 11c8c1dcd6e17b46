"""What the verbs on plans, targets, letters and commitments ask first."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.models import Appointment, User
from pairing import rules
from pairing.actions.locking import fresh_round, lock_pairing
from pairing.models import Pairing
from pairing.states import PairingState, Side

GONE = {PairingState.RELEASED, PairingState.ENDED}


def lock_standing(pairing: Pairing) -> Pairing:
    """The pairing as it is now, locked; refused once it no longer stands or its round is closed."""
    pairing = lock_pairing(pairing)
    pairing.round = fresh_round(pairing.round)
    rules.check_round_is_not_closed(pairing.round)
    if pairing.state in GONE:
        raise Refused(
            _("This pairing no longer stands (%(state)s); its plans and promises can be read only.")
            % {"state": pairing.get_state_display()}
        )
    return pairing


def standing_for(by: User, pairing: Pairing, side: Side, verb: str = "act") -> tuple[Pairing, Appointment]:
    """The same, and the post in which `by` acts for `side`."""
    post = by.acting(f"{side}.{verb}", pairing.party(side))
    return lock_standing(pairing), post
