"""The limits of the services, held whatever the number of workers: counted from the attempts, under a lock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection
from django.utils import timezone

from office.models import Attempt, Outgoing
from office.outbox.states import Medium

LOCKS = {Medium.WECOM: 7401, Medium.GROUP: 7402}  # of PostgreSQL: any numbers that nobody else uses
ALL_OF_WECOM = 0


@dataclass(frozen=True)
class Limit:
    most: dict[int, int] = field(default_factory=dict)
    bytes: int | None = None
    avoid: list[int] = field(default_factory=list)
    a_day_for_each_account: int = 0


@cache
def limits() -> dict[str, Limit]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return {service: Limit(**values) for service, values in yaml.safe_load(text).items()}


def limit_of(outgoing: Outgoing) -> Limit:
    return limits()[outgoing.group.robot if outgoing.group else outgoing.medium]


def earliest(outgoing: Outgoing, at: datetime) -> datetime:
    """`at`, or the moment from which the service takes another message to this addressee.

    Within the transaction that writes the attempt: whoever asks for the same addressee waits for its end.
    """
    limit = limit_of(outgoing)
    local = timezone.localtime(at)
    if local.minute in limit.avoid:
        return local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if limit.most:
        lock(outgoing.medium, outgoing.group_id or outgoing.recipient_id)
    waits = [at]
    for seconds, most in limit.most.items():
        begun = Attempt.objects.filter(
            outgoing__recipient=outgoing.recipient, outgoing__group=outgoing.group, outgoing__medium=outgoing.medium,
            begun_at__gt=at - timedelta(seconds=seconds),
        ).order_by("-begun_at").values_list("begun_at", flat=True)[most - 1 : most]  # fmt: skip
        waits += [each + timedelta(seconds=seconds) for each in begun]
    if limit.a_day_for_each_account and settings.WECOM_ACCOUNTS:
        waits.append(_tomorrow_if_full(limit.a_day_for_each_account * settings.WECOM_ACCOUNTS, at))
    return max(waits)


def _tomorrow_if_full(most: int, at: datetime) -> datetime:
    lock(Medium.WECOM, ALL_OF_WECOM)
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Attempt.objects.filter(outgoing__medium=Medium.WECOM, begun_at__gte=midnight)
    return at if today.count() < most else midnight + timedelta(days=1)


def lock(medium: str, key: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS[Medium(medium)], key])
