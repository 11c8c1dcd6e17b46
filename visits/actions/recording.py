"""Recording what was done or is planned: record, plan, carry out, cancel, note that it could not take place."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office.models import StoredFile
from organisations.history import act, note_capacity
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, Round
from pairing.models.consortium import PairingPartner
from pairing.rules import check_round_is_not_closed
from pairing.states import STANDING, PartnerState, Side
from visits.actions import evidence
from visits.actions.detail import keep_detail
from visits.kinds import kind_of
from visits.models import Activity, ActivityDetail, Evidence, Participant, Position
from visits.notices import activities as notices
from visits.states import ActivityState, check_transition
from visits.taking_part import keep, ranks_of, roster_of, taking_part

LOG = "visit.log"
MOST_PHOTOS = 9


@dataclass(frozen=True)
class Somebody:
    """One who took part; `role` of `Participant.Role`."""

    name: str
    role: str = Participant.Role.MEMBER


@dataclass(frozen=True)
class Where:
    """As the browser says it: WGS-84, and to how many metres it is exact."""

    latitude: Decimal
    longitude: Decimal
    accuracy: int | None = None


@dataclass(frozen=True)
class Record:
    """What somebody writes down of an activity. `kind`: a code of `kinds_of` the round.

    From `topics` to `duties`: of a talk, a mediation, a diagnosis, the press, a commitment, a post with duties.
    """

    kind: str
    on: date
    participants: Sequence[Somebody]
    words: str = ""
    resources: Sequence[str] = ()
    tags: Sequence[str] = ()
    persons: int | None = None
    person_times: int | None = None
    items: int | None = None
    mode: str = ""
    late_words: str = ""
    topics: Sequence[str] = ()
    dispute: str = ""
    outcome: str = ""
    experience: str = ""
    constraints: str = ""
    ideas: str = ""
    medium: str = ""
    link: str = ""
    promise: str = ""
    until: date | None = None
    post: str = ""
    duties: str = ""
    photos: Sequence[StoredFile] = ()
    papers: Sequence[StoredFile] = ()
    papers_are: str = Evidence.Kind.SCAN
    position: Where | None = None


@act(_("recorded an activity"))
def record_activity(
    *, by: User, pairing: Pairing, unit: Organisation, side: Side, record: Record, key: uuid.UUID, at: datetime
) -> Activity:
    """By one side, for the other to confirm. The same `key` again, from a lost answer or a second tap, is no second."""
    if known := Activity.objects.filter(key=key, entered_by=by).first():
        return known
    post = entitled(by, pairing, unit, side)
    check_pairing(pairing)
    activity = Activity(key=key, pairing=pairing, unit=unit, side=side, state=ActivityState.SUBMITTED)
    write(activity, record, by=by, post=post, at=at)
    notices.ask_to_confirm(activity, at)
    return activity


@act(_("planned an activity"))
def plan_activity(
    *, by: User, pairing: Pairing, unit: Organisation, side: Side, record: Record, key: uuid.UUID, at: datetime
) -> Activity:
    """For a day to come; both sides see it. It counts once it was done, recorded and confirmed."""
    if known := Activity.objects.filter(key=key, entered_by=by).first():
        return known
    post = entitled(by, pairing, unit, side)
    check_pairing(pairing)
    activity = Activity(key=key, pairing=pairing, unit=unit, side=side, state=ActivityState.PLANNED)
    write(activity, record, by=by, post=post, at=at)
    notices.tell_planned(activity, at)
    return activity


@act(_("recorded a planned or returned activity"))
def resubmit(*, by: User, activity: Activity, record: Record, at: datetime) -> Activity:
    """What was planned was done; or what was sent back is mended."""
    activity = locked(activity)
    post = entitled(by, activity.pairing, activity.unit, Side(activity.side))
    check_transition(activity.state, ActivityState.SUBMITTED, _("This activity can no longer be changed."))
    check_pairing(activity.pairing)
    notices.settle(activity, at)
    activity.state = ActivityState.SUBMITTED
    activity.participants.all().delete()
    ActivityDetail.objects.filter(activity=activity).delete()
    write(activity, record, by=by, post=post, at=at)
    notices.ask_to_confirm(activity, at)
    return activity


@act(_("corrected an activity"))
def correct(*, by: User, activity: Activity, record: Record, key: uuid.UUID, at: datetime) -> Activity:
    """A new version, for the other side to confirm; the old one counts until then and stays readable afterwards."""
    if known := Activity.objects.filter(key=key, entered_by=by).first():
        return known
    old = locked(activity)
    post = entitled(by, old.pairing, old.unit, Side(old.side))
    if old.state != ActivityState.CONFIRMED:
        raise Refused(_("Only what is confirmed is corrected by a new version."))
    if old.corrections.recorded().exists():
        raise Refused(_("This activity is being corrected already."))
    check_pairing(old.pairing)
    new = Activity(key=key, pairing=old.pairing, unit=old.unit, side=old.side, corrects=old)
    new.state = ActivityState.SUBMITTED
    write(new, record, by=by, post=post, at=at)
    evidence.take_along(old, new)
    notices.ask_to_confirm(new, at)
    return new


@act(_("cancelled an activity"))
def cancel(*, by: User, activity: Activity, at: datetime) -> Activity:
    """A plan that is dropped, or a record that was entered by mistake and is not confirmed yet. It stays readable."""
    activity = locked(activity)
    entitled(by, activity.pairing, activity.unit, Side(activity.side))
    check_transition(
        activity.state, ActivityState.CANCELLED, _("What is confirmed stays; correct it by a new version.")
    )
    activity.state = ActivityState.CANCELLED
    activity.save(update_fields=["state"])
    notices.settle(activity, at)
    return activity


@act(_("noted that an activity could not take place"))
def miss(*, by: User, activity: Activity, words: str, at: datetime) -> Activity:
    """With the reason - a road under water, an epidemic; it counts as nothing, and the reason can be read."""
    activity = locked(activity)
    entitled(by, activity.pairing, activity.unit, Side(activity.side))
    if not words.strip():
        raise Refused(_("Say why it could not take place."))
    check_transition(activity.state, ActivityState.MISSED, _("Only what is planned can fail to take place."))
    activity.state, activity.missed_words = ActivityState.MISSED, words.strip()
    activity.save(update_fields=["state", "missed_words"])
    notices.tell_missed(activity, at)
    return activity


def locked(activity: Activity) -> Activity:
    rows = Activity.objects.select_for_update(no_key=True, of=("self",))
    related = rows.select_related("pairing__round__scheme_version", "pairing__unit", "pairing__village", "unit")
    return related.get(pk=activity.pk)


def entitled(by: User, pairing: Pairing, unit: Organisation, side: Side) -> Appointment:
    """The post in which they record for this side; the unit is the lead or a partner that has joined."""
    joined = PairingPartner.objects.filter(pairing=pairing, unit=unit, state=PartnerState.JOINED)
    if unit.pk != pairing.unit_id and not joined.exists():
        raise Refused(_("%(name)s is no party of this pairing.") % {"name": unit.name})
    place = unit if side == Side.UNIT else pairing.village
    post = by.capacity(LOG, place)
    if post is None:
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": place.name})
    note_capacity(post)
    return post


def check_pairing(pairing: Pairing) -> None:
    if pairing.state not in STANDING:
        raise Refused(_("This pairing has ended; nothing more is recorded for it."))
    check_round_is_not_closed(Round.objects.get(pk=pairing.round_id))


def write(activity: Activity, record: Record, *, by: User, post: Appointment, at: datetime) -> None:
    """Check the record and keep it with its participants and what shows it."""
    kind = kind_of(activity.pairing.round, record.kind)
    check_day(activity, record, timezone.localdate(at))
    names = [each.name.strip() for each in record.participants]
    if not names or not all(names):
        raise Refused(_("Say who took part."))
    if len(set(names)) < len(names):
        raise Refused(_("Somebody is named twice among those who took part."))
    if len(record.photos) > MOST_PHOTOS:
        raise Refused(_("At most %(number)s photos belong to one activity.") % {"number": MOST_PHOTOS})
    if record.person_times is not None and record.person_times < (record.persons or 0):
        raise Refused(_("There are at least as many person-times as persons."))
    activity.nature, activity.kind, activity.name = kind.nature, kind.key, kind.name
    activity.on, activity.words, activity.late_words = record.on, record.words.strip(), record.late_words.strip()
    activity.resources, activity.tags, activity.mode = list(record.resources), list(record.tags), record.mode
    activity.persons, activity.person_times, activity.items = record.persons, record.person_times, record.items
    if activity.persons is None and activity.person_times is not None:
        activity.persons = activity.person_times
    activity.entered_at, activity.entered_by, activity.entered_as = at, by, post
    people = [(each.name.strip(), each.role) for each in record.participants]
    participants = taking_part(activity.unit_id, people, roster_of({activity.unit_id}, names))
    activity.ranks = ranks_of(participants)
    activity.save()
    keep([activity], [participants])
    keep_detail(activity, record, kind.topic)
    papers_are = Evidence.Kind.MINUTES if record.papers_are == Evidence.Kind.MINUTES else Evidence.Kind.SCAN
    shown = [*((Evidence.Kind.PHOTO, file) for file in record.photos), *((papers_are, file) for file in record.papers)]
    evidence.keep(activity, shown, by=by, at=at)
    if record.position is not None:
        Position.objects.update_or_create(activity=activity, defaults=vars(record.position))


def check_day(activity: Activity, record: Record, today: date) -> None:
    round = activity.pairing.round
    if activity.state == ActivityState.PLANNED:
        if record.on < today:
            raise Refused(_("What is planned lies on a day to come; record what was done already."))
        return
    if record.on > today:
        raise Refused(_("This day lies in the future. Plan the activity, and record it once it was done."))
    if record.on < round.starts_on:
        raise Refused(_("On that day this round had not begun; choose a later day."))
    if is_late(record.on, round.rules.entry_days, today) and not record.late_words.strip():
        raise Refused(late_sentence(round.rules.entry_days))


def is_late(on: date, days: int, today: date) -> bool:
    return (today - on).days > days


def late_sentence(days: int):
    return _("It was more than %(days)s days ago: say why it is recorded only now.") % {"days": days}
