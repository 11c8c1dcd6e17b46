"""Telling each side in the product when it is its turn.

A message goes to an organisation and a permission: whoever holds such a post today reads it, a successor as well.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from office.models import Message
from office.models.messages import NOTICE, read_in
from organisations.models import Organisation, User


def tell(
    *,
    organisations: Iterable[Organisation],
    permission: str,
    subject: str,
    body: str,
    url: str,
    kind: str,
    key: str,
    at: datetime,
    params: dict | None = None,
) -> None:
    """Send one message per organisation, once per `key` however often it is called.

    `subject` and `body` are msgids (marked by gettext_noop), filled with `params` in the language of the reader.
    `key` names the matter and the step, as "intention:12:answer"; `settle` takes it back. Two statements at most,
    however many organisations there are.
    """
    keys = primary_keys(organisations)
    content = fitting(subject, body, url, params) | {"kind": kind, "key": key, "sent_at": at}
    content |= {"permission": permission, "settled_at": at if kind == NOTICE else None}
    Message.objects.bulk_create(
        [Message(organisation_id=organisation, **content) for organisation in keys], ignore_conflicts=True
    )


def tell_rows(*, rows: QuerySet, permission: str, subject: str, kind: str, at: datetime) -> int:
    """Send a message for each of `rows`, however many, in one statement; those whose key is known are left out.

    `rows` is a list of values: the key of the organisation, the key of the matter, the address that it leads to and
    what is filled into `subject` (JSON).
    """
    try:
        found, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    values: list[Any] = [permission, kind, subject, at, at if kind == NOTICE else None]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ROWS.format(found=found), [*values, *parameters])
        return cursor.rowcount


INSERT_ROWS = """
INSERT INTO office_message
    (organisation_id, key, url, params, permission, kind, subject, body, sent_at, settled_at)
SELECT found.*, %s, %s, %s, '', %s, %s::timestamptz FROM ({found}) AS found ON CONFLICT DO NOTHING
"""


def tell_each(messages: Iterable[dict]) -> None:
    """Many messages of different content in one statement: each a dict of what `tell` takes, its `organisation` one -
    or of what `tell_person` takes, for a `recipient`.

    Each is sent once per organisation or person and `key`, however often it is called.
    """
    rows = []
    for each in messages:
        content = fitting(each["subject"], "", each["url"], each.get("params"))
        settled_at = each["at"] if each["kind"] == NOTICE else None
        common = {"kind": each["kind"], "key": each["key"], "sent_at": each["at"]}
        common |= {name: each[name] for name in ("organisation", "recipient", "permission") if name in each}
        rows.append(Message(settled_at=settled_at, **content, **common))
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def tell_person(
    *, user: User, subject: str, body: str, url: str, kind: str, key: str, at: datetime, params: dict | None = None
) -> None:
    """Send a message to one person, whatever posts they hold; once per `key`."""
    content = fitting(subject, body, url, params) | {"kind": kind, "key": key, "sent_at": at}
    content["settled_at"] = at if kind == NOTICE else None
    Message.objects.bulk_create([Message(recipient=user, **content)], ignore_conflicts=True)


def settle(*, key: str, at: datetime, organisations: Iterable[Organisation] | None = None) -> int:
    """It is no longer anybody's turn - or no longer that of `organisations`. Returns how many messages that settled."""
    waiting = Message.objects.filter(key=key).open()
    if organisations is not None:
        waiting = waiting.filter(organisation__in=primary_keys(organisations))
    return waiting.update(settled_at=at)


def settle_all(keys: Iterable[str], *, at: datetime) -> int:
    """Like `settle`, for many matters in one statement."""
    return Message.objects.filter(key__in=list(keys)).open().update(settled_at=at)


def waiting_for(user: User) -> QuerySet[Message]:
    """What the header counts: not opened by this person, and still their turn or mere news."""
    return Message.objects.visible_to(user).unread_by(user).filter(Q(settled_at=None) | Q(kind=NOTICE))


def unread(user: User) -> Coalesce:
    """How many these are, as a part of a statement."""
    counted = waiting_for(user).order_by().values(one=Value(1)).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_matters(user: User, organisation: Organisation) -> list[tuple[str, str]]:
    """Messages that wait for an answer: to the posts that the user holds there, and to the user in person."""
    waiting = Q(recipient=user)
    for post in user.appointments.current().filter(organisation=organisation).select_related("organisation"):
        waiting |= read_in(post)
    found = Message.objects.open().filter(waiting).select_related("organisation").order_by("sent_at", "pk")
    return [(titled(message), message.url) for message in found]


def titled(message: Message) -> str:
    return f"{message.organisation.name}：{message.subject_text}" if message.organisation else message.subject_text


def primary_keys(organisations: Iterable[Organisation]) -> Iterable[int]:
    if isinstance(organisations, QuerySet):
        return organisations.order_by().values_list("pk", flat=True)
    return [organisation.pk for organisation in organisations]


def fitting(subject: str, body: str, url: str, params: dict | None) -> dict:
    """The common columns; fails at once where a text can't be filled, rather than when somebody reads it."""
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"{url!r} leads elsewhere")
    content = {"subject": subject, "body": body, "params": params or {}, "url": url}
    Message(**content).check_params()
    return content
