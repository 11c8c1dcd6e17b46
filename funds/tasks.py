"""What Celery calls for the ledgers: one call, safe to repeat."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from funds import heads, verifying


@shared_task
def note_ends() -> None:
    """Ends of chains that are not in the file yet."""
    with transaction.atomic():
        heads.load()
        heads.note(heads.not_noted(), timezone.now())


@shared_task
def verify_ledgers() -> None:
    verifying.remember(verifying.verify(timezone.now()))
