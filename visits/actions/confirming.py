"""The other side answers: confirmed with one tap, or sent back with a reason (TN-25)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act, note_capacity
from organisations.models import User
from pairing.states import Side
from visits.actions.recording import check_pairing, locked
from visits.models import Activity
from visits.notices import activities as notices
from visits.querysets.activities import CONFIRM
from visits.states import ActivityState, check_transition


@act(_("confirmed an activity"))
def confirm(*, by: User, activity: Activity, at: datetime) -> Activity:
    activity = locked(activity)
    check_answers(by, activity)
    check_transition(activity.state, ActivityState.CONFIRMED, _("This activity does not wait for a confirmation."))
    check_pairing(activity.pairing)
    notices.settle(activity, at)
    if activity.corrects_id:
        old = locked(Activity(pk=activity.corrects_id))
        check_transition(old.state, ActivityState.REPLACED, _("What it corrects is no longer in force."))
        old.state = ActivityState.REPLACED
        old.save(update_fields=["state"])
    answer(activity, ActivityState.CONFIRMED, by, at)
    notices.tell_confirmed(activity, at)
    return activity


@act(_("sent an activity back"))
def send_back(*, by: User, activity: Activity, words: str, at: datetime) -> Activity:
    activity = locked(activity)
    check_answers(by, activity)
    if not words.strip():
        raise Refused(_("Say what is not right, so that it can be mended."))
    check_transition(activity.state, ActivityState.RETURNED, _("This activity does not wait for a confirmation."))
    notices.settle(activity, at)
    activity.returned_words = words.strip()
    answer(activity, ActivityState.RETURNED, by, at)
    notices.tell_returned(activity, at)
    return activity


def check_answers(by: User, activity: Activity) -> None:
    """By a post of the other side, and never by the author."""
    side = Side(activity.side).other
    places = [activity.pairing.village] if side == Side.VILLAGE else [activity.unit, activity.pairing.unit]
    post = next(filter(None, (by.capacity(CONFIRM, place) for place in places)), None)
    if post is None or by.pk == activity.entered_by_id:
        raise Refused(_("%(name)s confirms this, not you.") % {"name": places[0].name})
    note_capacity(post)


def answer(activity: Activity, state: ActivityState, by: User, at: datetime) -> None:
    activity.state, activity.answered_at, activity.answered_by = state, at, by
    activity.save(update_fields=["state", "answered_at", "answered_by", "returned_words"])
