"""Telling each side in the product when it is its turn.

A message goes to an organisation and a permission: whoever holds such a post today reads it, a successor as well.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from office.models import Message
from office.models.messages import NOTICE
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


def unread_count(user: User) -> int:
    """What the header shows: not opened by this person, and still their turn or mere news. One query."""
    return Message.objects.visible_to(user).unread_by(user).filter(Q(settled_at=None) | Q(kind=NOTICE)).count()


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
