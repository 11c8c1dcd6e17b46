"""What the two places of a floating member tell each other. No message names the member."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from members.models import FloatingInquiry, FloatingRecord
from office import inbox
from organisations.models import Organisation
from pairing.notices.market import TURN

TOLD = "floating.told"  # committees are told of what is addressed to themselves, not of everybody below


def arrival_key(record: FloatingRecord) -> str:
    return f"floating:{record.pk}:arrival"


def tell_departure(record: FloatingRecord, at: datetime) -> None:
    """It is the destination's turn to see that the member reports in (SF-10)."""
    subject = gettext_noop("A floating member from %(name)s left on %(day)s and has to report in with you")
    send(record, record.destination, subject, TURN, arrival_key(record), at)


def tell_report_in(record: FloatingRecord, at: datetime) -> None:
    inbox.settle(key=arrival_key(record), at=at)
    subject = gettext_noop("A floating member of yours has reported in at the destination")
    send(record, record.origin, subject, inbox.NOTICE, f"floating:{record.pk}:reported-in", at)


def tell_end(record: FloatingRecord, at: datetime) -> None:
    inbox.settle(key=arrival_key(record), at=at)
    subject = gettext_noop("A floating member from %(name)s is no longer with you: returned, or the record was ended")
    send(record, record.destination, subject, inbox.NOTICE, f"floating:{record.pk}:ended", at)


def tell_report(record: FloatingRecord, period: str, at: datetime) -> None:
    subject = gettext_noop("A floating member of yours has sent the half-yearly report")
    send(record, record.origin, subject, inbox.NOTICE, f"floating:{record.pk}:report:{period}", at)


def tell_deed(record: FloatingRecord, deed: int, at: datetime) -> None:
    subject = gettext_noop("A floating member has entered a deed; please confirm it")
    send(record, record.origin, subject, TURN, deed_key(deed), at)


def deed_key(deed: int) -> str:
    return f"floating-deed:{deed}"


def settle_deed(deed: int, at: datetime) -> None:
    inbox.settle(key=deed_key(deed), at=at)


def send(record: FloatingRecord, to: Organisation | None, subject: str, kind: str, key: str, at: datetime) -> None:
    """To whoever is told of floating members there; to nobody where there is no organisation of this system."""
    if to is None:
        return
    params = {"name": record.origin.name, "day": chinese_date(record.leaves_on)}
    inbox.tell(
        organisations=[to], permission=TOLD, subject=subject, body="", url=record.get_absolute_url(), kind=kind,
        key=key, at=at, params=params,
    )  # fmt: skip


def inquiry_key(inquiry: FloatingInquiry) -> str:
    return f"floating-inquiry:{inquiry.pk}"


def tell_inquiry(inquiry: FloatingInquiry, at: datetime) -> None:
    subject = gettext_noop("%(name)s asks about a floating member; please answer by %(day)s")
    send_inquiry(inquiry, inquiry.asked, inquiry.asker, subject, TURN, inquiry_key(inquiry), at)


def tell_answer(inquiry: FloatingInquiry, at: datetime) -> None:
    inbox.settle(key=inquiry_key(inquiry), at=at)
    subject = gettext_noop("%(name)s has answered your inquiry about a floating member")
    key = f"{inquiry_key(inquiry)}:answer"
    send_inquiry(inquiry, inquiry.asker, inquiry.asked, subject, inbox.NOTICE, key, at)


def tell_withdrawal(inquiry: FloatingInquiry, at: datetime) -> None:
    inbox.settle(key=inquiry_key(inquiry), at=at)


def send_inquiry(
    inquiry: FloatingInquiry,
    to: Organisation,
    other: Organisation,
    subject: str,
    kind: str,
    key: str,
    at: datetime,
) -> None:
    params = {"name": other.name, "day": chinese_date(inquiry.due_on)}
    inbox.tell(
        organisations=[to], permission=TOLD, subject=subject, body="", url=inquiry.get_absolute_url(), kind=kind,
        key=key, at=at, params=params,
    )  # fmt: skip
