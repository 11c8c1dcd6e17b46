"""On-site meetings: announce, change, record, call off (AH-25)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.states import RoundState
from reports.circulars.sending import recipients_of, tell
from reports.models import OnsiteMeeting
from reports.praise.states import MeetingState

HOLD = "inspection.manage"


@dataclass(frozen=True)
class Plan:
    """What is announced: the meeting, its place, what is to be seen there, and who is asked to come."""

    title: str
    on: date
    venue: Organisation
    about: str
    to: list[str]


@act(_("announced an on-site meeting"))
def announce_meeting(*, by: User, organisation: Organisation, round: Round, plan: Plan, at: datetime) -> OnsiteMeeting:
    """The place and those who are asked to come are told at once."""
    by.acting(HOLD, organisation)
    if round.state == RoundState.DRAFT:
        raise Refused(_("Choose a round that is open: those asked to come stand in its directory."))
    meeting = OnsiteMeeting(organisation=organisation, round=round, planned_at=at, planned_by=by)
    keep_plan(meeting, plan)
    tell_all(meeting, gettext_noop("On-site meeting announced: %(title)s"), "announced", at)
    return meeting


@act(_("changed an on-site meeting"))
def change_meeting(*, by: User, meeting: OnsiteMeeting, plan: Plan, at: datetime) -> OnsiteMeeting:
    meeting = planned(by, meeting)
    keep_plan(meeting, plan)
    tell_all(meeting, gettext_noop("On-site meeting changed: %(title)s"), f"changed:{int(at.timestamp())}", at)
    return meeting


@act(_("recorded an on-site meeting"))
def record_meeting(
    *, by: User, meeting: OnsiteMeeting, on: date, attended: str, came: int, minutes: str, decided: str, at: datetime
) -> OnsiteMeeting:
    """As it was held; `came`: how many people. From now on it stays as it is."""
    meeting = planned(by, meeting)
    if on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
    if not attended.strip() or not minutes.strip():
        raise Refused(_("A meeting has a name, those who took part, and minutes."))
    meeting.state, meeting.on, meeting.attended, meeting.came = MeetingState.HELD, on, attended.strip(), came
    meeting.minutes, meeting.decided = minutes.strip(), decided.strip()
    meeting.recorded_at, meeting.recorded_by = at, by
    meeting.save()
    return meeting


@act(_("called off an on-site meeting"))
def call_off_meeting(*, by: User, meeting: OnsiteMeeting, reason: str, at: datetime) -> OnsiteMeeting:
    meeting = planned(by, meeting)
    if not reason.strip():
        raise Refused(_("Say why it is called off; those who were asked to come read it."))
    meeting.state, meeting.reason = MeetingState.CALLED_OFF, reason.strip()
    meeting.recorded_at, meeting.recorded_by = at, by
    meeting.save()
    tell_all(meeting, gettext_noop("On-site meeting called off: %(title)s"), "called_off", at)
    return meeting


def keep_plan(meeting: OnsiteMeeting, plan: Plan) -> None:
    if not plan.title.strip() or not plan.about.strip():
        raise Refused(_("A meeting says what it is called and what is to be seen there."))
    if not Organisation.objects.under(meeting.organisation).open().filter(pk=plan.venue.pk).exists():
        sentence = _("%(name)s does not lie below the committee that holds the meeting.")
        raise Refused(sentence % {"name": plan.venue.name})
    meeting.title, meeting.about = plan.title.strip(), plan.about.strip()
    meeting.on, meeting.venue, meeting.to = plan.on, plan.venue, plan.to
    meeting.save()


def tell_all(meeting: OnsiteMeeting, subject: str, step: str, at: datetime) -> None:
    told = {each.pk: each for each in (*recipients_of(meeting), meeting.venue)}
    tell(meeting, list(told.values()), subject, at, key=f"onsite:{meeting.pk}:{step}")


def planned(by: User, meeting: OnsiteMeeting) -> OnsiteMeeting:
    """As it is now, for somebody who holds meetings for the committee."""
    by.acting(HOLD, meeting.organisation)
    rows = OnsiteMeeting.objects.select_for_update(no_key=True, of=("self",))
    meeting = rows.select_related("organisation", "round", "venue").get(pk=meeting.pk)
    if meeting.state != MeetingState.PLANNED:
        raise Refused(_("This meeting was recorded or called off; it stays as it is."))
    return meeting
