"""Reminders in the product: which stage has passed that was never recorded; one digest a day for each post.

Never "is it exactly seven days": a missed day is made good, stages that passed meanwhile stand in one digest, and a
second run finds nothing. What was over already when it was planned is not reminded of. Reminders and messages are
written in one transaction, so that each appears exactly once.
"""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from psycopg2.extras import Json

from core.dates import chinese_date
from duties.counting.count import count_all
from duties.group_notices import tell_of_late
from duties.models import Duty, Reminder
from duties.querysets import FULFIL
from office import inbox
from office.models import Message
from office.outbox.digests import compose_digests
from pairing.models import SchemeVersion

KIND = "duties due"
DUE = gettext_noop("%(count)s duties are due soon or late (%(day)s): see which")
LATE_BELOW = gettext_noop("%(count)s duties of this round are late (%(day)s): see whose")
ESCALATED_TO = "round.manage"


def send_reminders(at: datetime) -> int:
    """Counts, then reminds. Returns how many organisations were told; a constant number of statements."""
    today = timezone.localdate(at)
    count_all(at)
    with transaction.atomic():
        record(today, at)
        Message.objects.open().filter(kind=KIND).exclude(key__endswith=f":{today}").update(settled_at=at)
        made = Reminder.objects.filter(digest_on=today, sent_by=None)
        told = tell_owners(made.filter(is_escalation=False), today, at)
        told += tell_superiors(made.filter(is_escalation=True), today, at)
        compose_digests(at)
        tell_of_late(today, at)
        return told


def record(today: date, at: datetime) -> int:
    """How many stages have passed and were not recorded yet; for a post that had its digest today they wait."""
    with connection.cursor() as cursor:
        cursor.execute(RECORD, {"stages": Json(stages()), "today": today, "at": at})
        return cursor.rowcount


def stages() -> list[dict]:
    """Of all schemes under which something is owed: days from the last day on."""
    versions = SchemeVersion.objects.filter(pk__in=Duty.objects.order_by().values("scheme_version"))
    found = []
    for version in versions:
        rules = version.rules.reminders
        days = [(-each, False) for each in rules.before] + [(each, False) for each in rules.after]
        if rules.escalation_days:
            days.append((rules.escalation_days, True))
        found += [{"scheme_version_id": version.pk, "stage": each, "is_escalation": up} for each, up in days]
    return found


def tell_owners(made: QuerySet[Reminder], today: date, at: datetime, *, subject: str = DUE, key: str = "duties") -> int:
    """One message for each post, whatever it is reminded of; `key` names the occasion."""
    told = 0
    for permission in FULFIL.values():
        rows = digests(made.filter(permission=permission), today, key=Value(f"{key}:{permission}:{today}"))
        address = Cast(Value(reverse("my_duties")), TextField())
        told += tell(rows.annotate(message_url=address), permission, subject, at)
    return told


def tell_superiors(made: QuerySet[Reminder], today: date, at: datetime) -> int:
    of_round = Cast("duty__round", TextField())
    rows = digests(made, today, of_round, key=joined("duties-late:", of_round, f":{today}"))
    before, after = reverse("round_duties", args=[0]).split("/0/")
    address = joined(f"{before}/", of_round, f"/{after}?standing=late")
    return tell(rows.annotate(message_url=address), ESCALATED_TO, LATE_BELOW, at)


def joined(before: str, column, after: str) -> Concat:
    return Concat(Value(before), column, Value(after), output_field=TextField())


def digests(made: QuerySet[Reminder], today: date, *by, key) -> QuerySet:
    """One row for each organisation: how many duties it is reminded of today."""
    return (
        made.order_by()
        .annotate(message_key=Cast(key, TextField()))
        .values("organisation", "message_key")
        .annotate(
            message_params=JSONObject(count=Count("duty", distinct=True), day=Value(chinese_date(today), TextField()))
        )
    )


def tell(rows: QuerySet, permission: str, subject: str, at: datetime) -> int:
    found = rows.values_list("organisation", "message_key", "message_url", "message_params")
    return inbox.tell_rows(rows=found, permission=permission, subject=subject, kind=KIND, at=at)


RECORD = """
INSERT INTO duties_reminder (
    duty_id, stage, is_escalation, due_on, organisation_id, permission, digest_on, made_at
)
WITH told AS MATERIALIZED (
    SELECT DISTINCT organisation_id AS aim, permission FROM duties_reminder
    WHERE digest_on = %(today)s AND sent_by_id IS NULL
), passed AS (
    SELECT d.id, d.due_on, d.round_id, d.organisation_id, d.floating_id, d.unit_id, d.village_id, d.committee_id,
        s.stage, s.is_escalation
    FROM duties_duty d
    JOIN jsonb_to_recordset(%(stages)s::jsonb) AS s (scheme_version_id bigint, stage int, is_escalation boolean)
        USING (scheme_version_id)
    WHERE d.state = 'open' AND d.done < d.least AND d.due_on + s.stage <= %(today)s AND d.due_on >= d.planned_on
        AND (d.round_id IS NULL OR d.round_id IN (SELECT id FROM pairing_round WHERE state = 'open'))
), aimed AS (
    SELECT passed.*, unit_id AS aim, 'unit.act' AS permission
    FROM passed WHERE unit_id IS NOT NULL AND NOT is_escalation
    UNION ALL
    SELECT passed.*, village_id, 'village.act' FROM passed WHERE village_id IS NOT NULL AND NOT is_escalation
    UNION ALL
    SELECT passed.*, committee_id, 'report.file' FROM passed WHERE committee_id IS NOT NULL AND NOT is_escalation
    UNION ALL
    SELECT passed.*, organisation_id, 'round.manage'
    FROM passed
    WHERE organisation_id IS NOT NULL AND COALESCE(unit_id, village_id, committee_id) IS NULL AND NOT is_escalation
    UNION ALL
    SELECT passed.*, f.origin_id, 'floating.told'
    FROM passed JOIN members_floatingrecord f ON f.id = passed.floating_id WHERE NOT is_escalation
    UNION ALL
    SELECT passed.*, r.organiser_id, 'round.manage'
    FROM passed JOIN pairing_round r ON r.id = passed.round_id WHERE is_escalation
)
SELECT id, stage, is_escalation, due_on, aim, permission, %(today)s, %(at)s
FROM aimed LEFT JOIN told USING (aim, permission)
WHERE told.aim IS NULL
ON CONFLICT DO NOTHING
"""
