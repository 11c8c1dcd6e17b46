"""Who is told of feedback: the village that is asked, the unit that gets it."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from funds.models import Feedback
from office import inbox
from pairing.notices.market import TURN


def ask(feedback: Feedback, at: datetime) -> None:
    day = chinese_date(feedback.due_on) if feedback.due_on else ""
    inbox.tell(
        organisations=[feedback.pairing.village], permission="fund.keep", body="",
        subject=gettext_noop("%(name)s asks what its money did: please answer by %(day)s"),
        params={"name": feedback.pairing.unit.name, "day": day}, url=feedback.get_absolute_url(), kind=TURN,
        key=f"feedback:{feedback.pk}:ask", at=at,
    )  # fmt: skip


def tell_sent(feedback: Feedback, at: datetime) -> None:
    inbox.settle(key=f"feedback:{feedback.pk}:ask", at=at)
    inbox.tell(
        organisations=[feedback.pairing.unit], permission="fund.give", body="",
        subject=gettext_noop("%(name)s tells what your money did: please confirm that you read it"),
        params={"name": feedback.pairing.village.name}, url=feedback.get_absolute_url(), kind=TURN,
        key=f"feedback:{feedback.pk}:sent", at=at,
    )  # fmt: skip


def settle_read(feedback: Feedback, at: datetime) -> None:
    inbox.settle(key=f"feedback:{feedback.pk}:sent", at=at)
