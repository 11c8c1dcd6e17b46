"""What Celery calls for duties: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from duties.counting.count import count_all
from duties.planning import plan
from duties.reminding import send_reminders


@shared_task
def keep_duties() -> None:
    """What should exist exists, and how far it is stands beside it."""
    plan(timezone.localdate())
    count_all(timezone.now())


@shared_task
def remind_of_duties() -> None:
    send_reminders(timezone.now())
