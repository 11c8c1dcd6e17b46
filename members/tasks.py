"""What Celery calls for members: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from members.actions import retention


@shared_task
def keep_retention() -> None:
    retention.run(at=timezone.now())
