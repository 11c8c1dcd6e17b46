"""Digests: what waits in the inbox of a person, told once a day outside the product.

Whoever holds a post today is told of its messages, whoever opened one or was told of it before is not. What still waits
to be sent takes in what came meanwhile, so that days of silence are made good in one digest.
"""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from psycopg2.extras import Json

from core.dates import chinese_date
from office.models import ChannelChoice, DigestPart, Message, Outgoing
from office.models.messages import NOTICE
from office.outbox.states import Medium, OutgoingState
from office.outbox.timing import Hours
from organisations.kinds import DESKS
from organisations.models import Organisation, User
from organisations.roles import ROLES

DIGEST = "digest"
BOTH = gettext_noop("%(deadlines)s reminders of deadlines and %(others)s other messages wait for you (%(day)s)")
DEADLINES = gettext_noop("%(deadlines)s reminders of deadlines wait for you (%(day)s)")
MESSAGES = gettext_noop("%(others)s messages wait for you (%(day)s)")
BATCH = 2000


class Reader(NamedTuple):
    """A person with all that they were not told of yet; their choice, or the defaults of who never chose."""

    user: int
    organisation: int
    messages: list[int]
    deadlines: int
    others: int
    has_mail: bool
    by_mail: bool | None
    by_wecom: bool | None
    quiet_from: time | None
    quiet_until: time | None
    workdays_only: bool | None

    @property
    def media(self) -> list[Medium]:
        by_mail = self.has_mail and self.by_mail is not False
        by_wecom = bool(self.by_wecom and settings.WECOM_SECRET)
        return [Medium.MAIL] * by_mail + [Medium.WECOM] * by_wecom

    @property
    def hours(self) -> Hours:
        if self.quiet_from is None or self.quiet_until is None:
            return Hours()
        return Hours(self.quiet_from, self.quiet_until, bool(self.workdays_only))


@transaction.atomic
def compose(messages: QuerySet[Message], *, at: datetime) -> int:
    """A constant number of statements for each batch of people, and no more than a batch in memory.

    Returns how many digests go out or were added to.
    """
    number = 0
    with connection.cursor() as cursor:
        prepare(cursor, messages)
        for readers in batches(cursor):
            number += write(readers, at)
        cursor.execute("DROP TABLE outbox_untold")
    return number


def prepare(cursor: Any, messages: QuerySet[Message]) -> None:
    """Who reads which of the messages, as a temporary table."""
    waiting = messages.order_by().filter(settled_at=None).exclude(kind=NOTICE)
    found, parameters = waiting.values_list(
        "pk", "organisation", "permission", "recipient", "kind", "params"
    ).query.sql_with_params()
    grants = [
        {"role": key, "permission": permission, "own": permission in role.own}
        for key, role in ROLES.items()
        for permission in role.permissions
    ]
    desks, step, today = [str(kind) for kind in DESKS], Organisation.steplen, timezone.localdate()
    deadlines = list(settings.DEADLINE_KINDS)
    given = [deadlines, deadlines, step, step, Json(grants), step, desks, step, today, today]
    cursor.execute(UNTOLD.format(found=found), [*parameters, *given])
    cursor.execute("CREATE INDEX ON outbox_untold (user_id); ANALYZE outbox_untold")


def batches(cursor: Any) -> Iterator[list[Reader]]:
    last = 0
    while True:
        cursor.execute(READERS, [last, BATCH])
        readers = [Reader(*row) for row in cursor.fetchall()]
        if not readers:
            return
        yield [reader for reader in readers if reader.media]
        last = readers[-1].user


def write(readers: list[Reader], at: datetime) -> int:
    """The digests of a batch: one that still waits takes in what is new; who had one today has the next tomorrow."""
    today = timezone.localdate(at)
    key = f"{DIGEST}:{today}"
    waiting, had_today = standing([reader.user for reader in readers], key)
    common = {"kind": DIGEST, "url": reverse("inbox"), "made_at": at}
    moments = {hours: hours.first_moment(at) for hours in {reader.hours for reader in readers}}
    written: dict[tuple[int, str], Outgoing] = {}
    parts = []
    for reader in readers:
        for medium in reader.media:
            place = (reader.user, str(medium))
            if place in had_today:
                continue
            outgoing = waiting.get(place) or Outgoing(recipient_id=reader.user, medium=medium, params={}, **common)
            outgoing.key, outgoing.next_at = key, moments[reader.hours]
            fill(outgoing, reader, chinese_date(today))
            written[place] = outgoing
            parts += [DigestPart(outgoing=outgoing, message_id=pk) for pk in reader.messages]
    grown = [each for each in written.values() if each.pk]
    Outgoing.objects.bulk_update(grown, GROWING, batch_size=BATCH)
    Outgoing.objects.bulk_create([each for each in written.values() if not each.pk])
    DigestPart.objects.bulk_create(parts)
    return len(written)


GROWING = ["organisation", "key", "subject", "params", "next_at", "tries", "state"]
CAN_GROW = (OutgoingState.WAITING, OutgoingState.FAILED)


def standing(users: list[int], key: str) -> tuple[dict[tuple[int | None, str], Outgoing], set]:
    """Digests that were not delivered yet, by person and medium; and who had today's. One statement."""
    wanted = Q(state__in=CAN_GROW, is_repeated=False) | Q(key=key)
    rows = Outgoing.objects.filter(wanted, recipient__in=users, kind=DIGEST).order_by("made_at", "pk")
    waiting: dict[tuple[int | None, str], Outgoing] = {}
    had_today: set[tuple[int | None, str]] = set()
    for row in rows.select_for_update(of=("self",)):
        place = (row.recipient_id, row.medium)
        if row.state in CAN_GROW and not row.is_repeated:
            waiting[place] = row
        else:
            had_today.add(place)
    return waiting, had_today


def fill(outgoing: Outgoing, reader: Reader, day: str) -> None:
    """Adds to what an undelivered digest told of, and has it sent as if it were new."""
    told = outgoing.params
    deadlines, others = told.get("deadlines", 0) + reader.deadlines, told.get("others", 0) + reader.others
    outgoing.params = {"deadlines": deadlines, "others": others, "day": day}
    outgoing.subject = BOTH if deadlines and others else DEADLINES if deadlines else MESSAGES
    outgoing.organisation_id, outgoing.state, outgoing.tries = reader.organisation, OutgoingState.WAITING, 0


def is_still_for(outgoing: Outgoing) -> bool:
    """The group is not switched off; the person still holds the post, and still wants to be told this way."""
    reader = outgoing.recipient
    if reader is None:
        return outgoing.group is not None and outgoing.group.off_at is None
    choice = choice_of(reader)
    wanted = choice.by_mail if outgoing.medium == Medium.MAIL else choice.by_wecom
    told = Message.objects.visible_to(reader).filter(pk__in=outgoing.parts.values("message"))
    return reader.is_active and wanted and told.exists()


def choice_of(user: User) -> ChannelChoice:
    try:
        return user.channel_choice
    except ChannelChoice.DoesNotExist:
        return ChannelChoice(user=user)


# Each message with the places from which it is read: its organisation and all above; then whoever holds a post there.
UNTOLD = """
CREATE TEMPORARY TABLE outbox_untold ON COMMIT DROP AS
WITH waiting (message_id, organisation_id, permission, recipient_id, kind, params) AS MATERIALIZED ({found}),
weighed AS MATERIALIZED (
    SELECT message_id, organisation_id, permission, recipient_id, kind = ANY (%s) AS is_deadline,
        CASE WHEN kind = ANY (%s) AND jsonb_typeof(params -> 'count') = 'number'
            THEN (params ->> 'count')::int ELSE 1 END AS weight
    FROM waiting
), reached AS (
    SELECT w.*, left(o.path, size) AS scope, size = length(o.path) AS is_own
    FROM weighed w JOIN organisations_organisation o ON o.id = w.organisation_id
    CROSS JOIN generate_series(%s, length(o.path), %s) AS size
), granted AS (
    SELECT role, permission, own FROM jsonb_to_recordset(%s::jsonb) AS g (role text, permission text, own boolean)
    WHERE permission IN (SELECT permission FROM waiting)
), posts AS MATERIALIZED (
    SELECT a.user_id, a.role, a.organisation_id,
        left(o.path, length(o.path) - CASE WHEN length(o.path) > %s AND o.kind = ANY (%s) THEN %s ELSE 0 END) AS scope
    FROM organisations_appointment a
    JOIN organisations_organisation o ON o.id = a.organisation_id
    JOIN organisations_user u ON u.id = a.user_id AND u.is_active
    WHERE a.since <= %s AND (a.until IS NULL OR a.until >= %s)
), readers AS (
    SELECT p.user_id, p.organisation_id, r.message_id, r.is_deadline, r.weight
    FROM posts p JOIN granted g USING (role) JOIN reached r USING (scope, permission)
    WHERE r.is_own OR NOT g.own
    UNION ALL
    SELECT w.recipient_id, min(p.organisation_id), w.message_id, w.is_deadline, w.weight
    FROM weighed w JOIN posts p ON p.user_id = w.recipient_id
    GROUP BY w.recipient_id, w.message_id, w.is_deadline, w.weight
)
SELECT user_id, min(r.organisation_id) AS organisation_id, message_id, is_deadline, weight
FROM readers r LEFT JOIN office_channelchoice c USING (user_id)
WHERE (is_deadline OR NOT COALESCE(c.only_deadlines, false))
    AND NOT EXISTS (SELECT 1 FROM office_receipt t WHERE t.message_id = r.message_id AND t.user_id = r.user_id)
    AND NOT EXISTS (
        SELECT 1 FROM office_digestpart d JOIN office_outgoing g ON g.id = d.outgoing_id
        WHERE d.message_id = r.message_id AND g.recipient_id = r.user_id
    )
GROUP BY user_id, message_id, is_deadline, weight
"""
READERS = """
SELECT u.id, min(t.organisation_id), array_agg(t.message_id), COALESCE(sum(t.weight) FILTER (WHERE t.is_deadline), 0),
    count(*) FILTER (WHERE NOT t.is_deadline), u.email <> '', c.by_mail, c.by_wecom, c.quiet_from, c.quiet_until,
    c.workdays_only
FROM (SELECT DISTINCT user_id FROM outbox_untold WHERE user_id > %s ORDER BY user_id LIMIT %s) AS batch
JOIN outbox_untold t USING (user_id) JOIN organisations_user u ON u.id = user_id
LEFT JOIN office_channelchoice c ON c.user_id = u.id
GROUP BY u.id, c.id ORDER BY u.id
"""
