"""What Celery calls for pairing: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from pairing.actions import resources
from pairing.agreements import expiry
from pairing.issues import reminders as issue_reminders


@shared_task
def remind_expiring() -> None:
    expiry.remind_expiring(at=timezone.now())


@shared_task
def remind_overdue_issues() -> None:
    issue_reminders.remind_overdue(at=timezone.now())


@shared_task
def expire_resources() -> None:
    resources.expire_entries(today=timezone.localdate())
