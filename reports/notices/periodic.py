"""Who is told of a periodic report: its desk when one came in, whoever wrote it when it comes back or is accepted.

Messages to a desk name no member; they lead to the list of those that wait.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from core.figures import address
from office import inbox
from office.models import Message
from pairing.notices.market import TURN
from reports.models import PeriodicReport
from reports.querysets.periodic import FILE, RECEIVE
from reports.states import ReportState

WAITING = gettext_noop("%(line)s (%(period)s) was handed in: please read and accept")
RETURNED = gettext_noop("%(line)s (%(period)s) came back: %(remark)s")
ACCEPTED = gettext_noop("%(line)s (%(period)s) was accepted by %(desk)s")
MISSING = gettext_noop("%(line)s (%(period)s) is missing at %(desk)s, due by %(day)s (%(today)s)")


def words_of(report: PeriodicReport) -> dict[str, str]:
    return {"line": report.name, "period": report.period_words}


def aimed(report: PeriodicReport) -> dict[str, Any] | None:
    """The person or the posts that write it; nobody where the member has no account."""
    if report.member is None:
        return {"organisation": report.organisation, "permission": FILE}
    return {"recipient": report.member.user} if report.member.user else None


def key_of_desk(report: PeriodicReport) -> str:
    return f"reports:{report.desk_id}:{report.round_id}:{report.obligation}:{report.period}:"


def waiting_at(report: PeriodicReport) -> str:
    query = {"round": report.round_id, "period": report.period, "state": ReportState.SUBMITTED}
    return address(reverse("reports_received"), **query)


def tell_submitted(report: PeriodicReport, at: datetime) -> None:
    """One message a day for each desk and period, however many come in."""
    settle_own(report, at)
    inbox.tell(
        organisations=[report.desk], permission=RECEIVE, subject=WAITING, body="", params=words_of(report),
        url=waiting_at(report), kind=TURN, key=f"{key_of_desk(report)}{timezone.localdate(at)}", at=at,
    )  # fmt: skip


def settle_desk(reports: Iterable[PeriodicReport], at: datetime) -> None:
    """Where nothing of a period waits at a desk any more, it is nobody's turn there."""
    for report in {key_of_desk(each): each for each in reports}.values():
        same = {"desk": report.desk, "round": report.round_id, "period": report.period}
        waiting = PeriodicReport.objects.filter(**same, obligation=report.obligation, state=ReportState.SUBMITTED)
        if not waiting.exists():
            Message.objects.filter(key__startswith=key_of_desk(report)).open().update(settled_at=at)


def settle_own(report: PeriodicReport, at: datetime) -> None:
    Message.objects.filter(key__startswith=f"report:{report.pk}:").open().update(settled_at=at)


def tell_returned(report: PeriodicReport, remark: str, at: datetime) -> None:
    settle_desk([report], at)
    send([report], RETURNED, TURN, {"remark": remark}, f":returned:{at.isoformat()}", at)


def tell_accepted(reports: Sequence[PeriodicReport], at: datetime) -> None:
    settle_desk(reports, at)
    send(reports, ACCEPTED, inbox.NOTICE, {}, ":accepted", at)


def remind(reports: Sequence[PeriodicReport], today: date, at: datetime) -> int:
    """Returns how many were told; who was told today already is left out."""
    keys = [f"report:{report.pk}:missing:{today}" for report in reports if aimed(report)]
    told = Message.objects.filter(key__in=keys).count()
    send(reports, MISSING, TURN, {"today": chinese_date(today)}, f":missing:{today}", at)
    return len(keys) - told


def send(
    reports: Sequence[PeriodicReport], subject: str, kind: str, more: dict[str, str], key: str, at: datetime
) -> None:
    """To those who write them, in one statement."""
    messages = []
    for report in reports:
        aim = aimed(report)
        if aim is None:
            continue
        params = words_of(report) | {"desk": report.desk.name, "day": chinese_date(report.due_on)} | more
        messages.append(
            aim
            | {"subject": subject, "params": params, "url": report.get_absolute_url(), "kind": kind, "at": at}
            | {"key": f"report:{report.pk}{key}"}
        )
    inbox.tell_each(messages)
