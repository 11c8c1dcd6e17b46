"""The verbs of duties."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.tokens import keyed_hash, new_token
from duties.models import CalendarLink, Duty, Waiver
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


@act(_("made the address of a calendar"))
def make_calendar_link(*, by: User, at: datetime) -> CalendarLink:
    """Of one's own duties. `link.token` is readable now and never again; the address before is void."""
    by.calendar_links.filter(revoked_at=None).update(revoked_at=at)
    token = new_token()
    link = CalendarLink.objects.create(user=by, token_hash=hashed(token), made_at=at)
    link.token = token
    return link


@act(_("withdrew the address of a calendar"))
def revoke_calendar_link(*, by: User, at: datetime) -> None:
    if not by.calendar_links.filter(revoked_at=None).update(revoked_at=at):
        raise Refused(_("There is no address to withdraw."))


def hashed(token: str) -> str:
    return keyed_hash("duties.calendar", token)
