"""Digests to people, of what came lately."""

from datetime import datetime, timedelta

from django.db import transaction

from office.models import Message
from office.outbox.composing import compose
from office.outbox.hurrying import hurry

LOOKING_BACK = timedelta(days=7)  # what nobody told outside for so long is left to the inbox


def compose_digests(at: datetime) -> int:
    """For everybody. Within the transaction that wrote it, or on its own; returns how many go out or were added to."""
    number = compose(Message.objects.filter(sent_at__gt=at - LOOKING_BACK, sent_at__lte=at), at=at)
    if number:
        transaction.on_commit(hurry)
    return number
