"""What Celery calls for duties: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from duties.counting.count import count_all
from duties.planning import plan
from duties.reminding import send_reminders
from pairing.actions.scheme_changes import take_over_chosen_versions


@shared_task
def keep_duties() -> None:
    """What should exist exists, and how far it is stands beside it."""
    today = timezone.localdate()
    take_over_chosen_versions(by=None, on=today)
    plan(today)
    count_all(timezone.now())


@shared_task
def remind_of_duties() -> None:
    send_reminders(timezone.now())
