"""Whoever has issues overdue is told once a day how many; yesterday's reminder is done with then."""

from datetime import datetime

from django.db.models import Case, CharField, Count, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from office import inbox
from office.models import Message
from organisations.kinds import UNITS, Kind
from pairing.models import Issue
from pairing.speaking import MANAGE

KIND = "issues overdue"
NOBODY = "nobody"
SUBJECTS = {
    "unit.act": gettext_noop("%(count)s issues that you have to solve are overdue (%(day)s)"),
    "village.act": gettext_noop("%(count)s issues that you have to solve are overdue (%(day)s)"),
    MANAGE: gettext_noop("%(count)s issues that you have to solve are overdue (%(day)s)"),
    NOBODY: gettext_noop("%(count)s issues are overdue and nobody is named to solve them (%(day)s)"),
}


def remind_overdue(*, at: datetime) -> int:
    """How many organisations were told. A second run on a day tells nobody; a constant number of statements."""
    today = timezone.localdate(at)
    Message.objects.open().filter(kind=KIND).exclude(key__endswith=f":{today}").update(settled_at=at)
    return sum(tell(reader, subject, today, at) for reader, subject in SUBJECTS.items())


def tell(reader: str, subject: str, today, at: datetime) -> int:
    rows = (
        read_by(Issue.objects.overdue(today))
        .filter(reader=reader)
        .order_by()
        .values("addressee")
        .annotate(
            message_key=Cast(Value(f"issues-overdue:{reader}:{today}"), TextField()),
            message_url=Cast(Value(f"{reverse('issues')}?overdue=yes"), TextField()),
            message_params=JSONObject(count=Count("pk"), day=Value(chinese_date(today), TextField())),
        )
        .values_list("addressee", "message_key", "message_url", "message_params")
    )
    return inbox.tell_rows(
        rows=rows, permission=MANAGE if reader == NOBODY else reader, subject=subject, kind=KIND, at=at
    )


def read_by(issues: QuerySet[Issue]) -> QuerySet:
    """Adds whom a reminder goes to, and by which posts it is read; as `issue_notices.permission_of` has it."""
    return issues.annotate(
        addressee=Coalesce("owner", "pairing__round__organiser", "organisation"),
        reader=Case(
            When(owner=None, then=Value(NOBODY)),
            When(owner=F("pairing__unit"), then=Value("unit.act")),
            When(owner=F("pairing__village"), then=Value("village.act")),
            When(owner__kind=Kind.VILLAGE, then=Value("village.act")),
            When(owner__kind__in=UNITS, then=Value("unit.act")),
            default=Value(MANAGE),
            output_field=CharField(),
        ),
    )
