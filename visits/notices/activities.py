"""What each side is told about an activity when it is its turn."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from office import inbox
from organisations.models import Organisation
from pairing.notices.market import TURN
from pairing.states import Side
from visits.models import Activity
from visits.querysets.activities import CONFIRM

LOG = "visit.log"


def ask_key(activity: Activity) -> str:
    return f"activity:{activity.pk}:ask:{activity.entered_at.timestamp()}"


def return_key(activity: Activity) -> str:
    return f"activity:{activity.pk}:returned:{activity.answered_at.timestamp() if activity.answered_at else ''}"


def own(activity: Activity) -> Organisation:
    return activity.unit if activity.side == Side.UNIT else activity.pairing.village


def other(activity: Activity) -> Organisation:
    return activity.pairing.village if activity.side == Side.UNIT else activity.unit


def settle(activity: Activity, at: datetime) -> None:
    """It is no longer the turn of whoever was told before."""
    inbox.settle_all([ask_key(activity), return_key(activity)], at=at)


def ask_to_confirm(activity: Activity, at: datetime) -> None:
    subject = gettext_noop("%(name)s recorded “%(what)s” of %(day)s: please confirm")
    tell(activity, other(activity), subject, CONFIRM, TURN, ask_key(activity), at)


def tell_planned(activity: Activity, at: datetime) -> None:
    subject = gettext_noop("%(name)s plans “%(what)s” for %(day)s")
    tell(activity, other(activity), subject, CONFIRM, inbox.NOTICE, f"activity:{activity.pk}:planned", at)


def tell_missed(activity: Activity, at: datetime) -> None:
    subject = gettext_noop("“%(what)s” of %(day)s could not take place, says %(name)s")
    tell(activity, other(activity), subject, CONFIRM, inbox.NOTICE, f"activity:{activity.pk}:missed", at)


def tell_confirmed(activity: Activity, at: datetime) -> None:
    subject = gettext_noop("“%(what)s” of %(day)s is confirmed")
    tell(activity, own(activity), subject, LOG, inbox.NOTICE, f"activity:{activity.pk}:confirmed", at)


def tell_returned(activity: Activity, at: datetime) -> None:
    subject = gettext_noop("“%(what)s” of %(day)s was sent back, please mend it")
    tell(activity, own(activity), subject, LOG, TURN, return_key(activity), at)


def tell(
    activity: Activity, organisation: Organisation, subject: str, permission: str, kind: str, key: str, at: datetime
) -> None:
    params = {"name": own(activity).name, "what": activity.name, "day": chinese_date(activity.on)}
    inbox.tell(
        organisations=[organisation], permission=permission, subject=subject, body="", params=params,
        url=activity.get_absolute_url(), kind=kind, key=key, at=at,
    )  # fmt: skip
