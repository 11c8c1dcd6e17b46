"""Notices to the robots of groups."""

from datetime import datetime

from django.db import transaction

from office.models import GroupChannel, Outgoing
from office.outbox.hurrying import hurry
from office.outbox.states import Medium, OutgoingState
from office.outbox.timing import Hours


@transaction.atomic
def tell_groups(told: dict[int, dict], *, kind: str, subject: str, url: str, key: str, at: datetime) -> int:
    """`told`: by the key of a group what is filled into `subject`. An older one of this kind that still waits is
    no longer needed. Three statements, whatever the number of groups; returns how many were written."""
    if not told:
        return 0
    groups = GroupChannel.objects.active().in_bulk(list(told))
    Outgoing.objects.filter(group__in=groups, kind=kind, state=OutgoingState.WAITING).exclude(key=key).update(
        state=OutgoingState.LAPSED, next_at=None
    )
    rows = [
        Outgoing(
            group=group, medium=Medium.GROUP, organisation_id=group.organisation_id, kind=kind, key=key, made_at=at,
            subject=subject, params=told[pk], url=url, next_at=hours_of(group).first_moment(at),
        )
        for pk, group in groups.items()
    ]  # fmt: skip
    for row in rows:
        _filled = row.subject % row.params  # fails at once where the text can't be filled
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(hurry)
    return len(rows)


def hours_of(group: GroupChannel) -> Hours:
    return Hours(workdays_only=group.workdays_only)
