"""What Celery calls for the ledgers: one call, safe to repeat."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from funds import heads, verifying
from funds.notices.heads import mail_heads


@shared_task
def note_ends() -> None:
    """Ends of chains that are not in the file yet."""
    with transaction.atomic():
        heads.load()
        heads.note(heads.not_noted(), timezone.now())


@shared_task
def verify_ledgers() -> None:
    verifying.remember(verifying.verify(timezone.now()))


@shared_task
def mail_ends() -> None:
    mail_heads(at=timezone.now())
