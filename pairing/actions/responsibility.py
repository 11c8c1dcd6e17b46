"""Who answers for a pairing changes without a new agreement (SH-42): recorded with day and reason, never rewritten."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.actions.decisions import check_reason
from pairing.actions.locking import lock_pairing
from pairing.models import Pairing, Responsible
from pairing.notices import course as course_notices
from pairing.rules import check_round_is_not_closed
from pairing.states import PairingState, Side


@act(_("recorded who answers for the pairing"))
def change_responsible(
    *, by: User, pairing: Pairing, side: Side, kind: str, name: str, since: date, reason: str, at: datetime
) -> Responsible:
    """Either side names its liaison officer; leader in charge and department are the unit's."""
    pairing = lock_pairing(pairing)
    by.acting(f"{side}.act", pairing.party(side))
    check_round_is_not_closed(pairing.round)
    if pairing.state != PairingState.SIGNED:
        raise Refused(_("Until both have signed, write this into the agreement itself."))
    if side == Side.VILLAGE and kind != Responsible.Kind.LIAISON:
        raise Refused(_("Leader in charge and responsible department are named by the unit."))
    if not name.strip():
        raise Refused(_("Say who answers for it from now on."))
    check_reason(reason)
    change, created = Responsible.objects.get_or_create(
        pairing=pairing,
        side=side,
        kind=kind,
        name=name.strip(),
        since=since,
        defaults={"reason": reason, "recorded_at": at, "recorded_by": by},
    )
    if created:
        course_notices.tell_responsible(change, at)
    return change
