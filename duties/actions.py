"""The verbs of duties."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from duties.models import Duty, Waiver
from duties.planning import plan
from duties.states import DutyState
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions import scheme_changes
from pairing.models import Round, SchemeChange, SchemeVersion


@act(_("waived a duty"))
def waive(*, by: User, duty: Duty, words: str, at: datetime) -> Waiver:
    """It need not be met, for a reason that everybody who sees the duty can read."""
    duty = Duty.objects.select_for_update(of=("self",)).related().get(pk=duty.pk)
    if duty.state != DutyState.OPEN:
        raise Refused(_("This duty is no longer owed."))
    if not words.strip():
        raise Refused(_("Say why this duty need not be met."))
    post = by.acting(*waived_with(duty))
    waiver = Waiver.objects.create(duty=duty, words=words.strip(), waived_at=at, waived_by=by, waived_as=post)
    duty.state = DutyState.WAIVED
    duty.save(update_fields=["state"])
    return waiver


@act(_("chose another version of the scheme for the round"))
def choose_version(
    *, by: User, round: Round, version: SchemeVersion, from_day: date, words: str, at: datetime
) -> SchemeChange:
    """The round goes by it from that day on; where that is today, what is owed is planned at once."""
    made = scheme_changes.choose_version(by=by, round=round, version=version, from_day=from_day, words=words, at=at)
    today = timezone.localdate(at)
    if made.from_day == today:
        plan(today, round=made.round_id)
    return made


def waived_with(duty: Duty) -> tuple[str, Organisation]:
    """The permission that it takes, and where: the organiser's, or of whoever keeps the floating members of a place."""
    if duty.floating:
        return "floating.manage", duty.floating.origin
    assert duty.round is not None
    return "round.manage", duty.round.organiser


def may_waive(user: User, duty: Duty) -> bool:
    return duty.state == DutyState.OPEN and user.can(*waived_with(duty))
