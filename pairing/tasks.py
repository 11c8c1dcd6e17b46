"""What Celery calls for pairing: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from pairing import expiry


@shared_task
def remind_expiring() -> None:
    expiry.remind_expiring(at=timezone.now())
