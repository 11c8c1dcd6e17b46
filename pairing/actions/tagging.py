"""Marking a pairing with the tags of its scheme (AH-21, YD-02, YD-19)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing import rules
from pairing.actions.locking import fresh_round, lock_pairing
from pairing.models import Pairing
from pairing.states import PairingState, Side


def may_tag(user: User, pairing: Pairing) -> bool:
    """Either side, and whoever organises the round."""
    sides = any(user.can(f"{side}.act", pairing.party(side)) for side in Side)
    return sides or user.can("round.manage", pairing.round.organiser)


@act(_("marked the pairing"))
def tag_pairing(*, by: User, pairing: Pairing, tags: list[str], at: datetime) -> Pairing:
    """From now on the pairing bears exactly these tags, in the order of the scheme."""
    pairing = lock_pairing(pairing)
    round = fresh_round(pairing.round)
    if not may_tag(by, pairing):
        raise Refused(_("Only the two sides and the organiser mark a pairing."))
    rules.check_round_is_not_closed(round)
    if pairing.state in (PairingState.RELEASED, PairingState.ENDED):
        raise Refused(_("This pairing no longer stands; its tags stay as they are."))
    known = [tag.key for tag in round.rules.tags]
    if unknown := set(tags) - set(known):
        raise Refused(_("The scheme knows no tag “%(tag)s”. Choose among its own.") % {"tag": min(unknown)})
    pairing.tags = [key for key in known if key in tags]
    pairing.save(update_fields=["tags"])
    return pairing
