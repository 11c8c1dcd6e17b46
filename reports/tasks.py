"""What Celery calls for reports: one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from reports.actions.archive import remove_past
from reports.periodic.drafting import draft_all


@shared_task
def draft_reports() -> None:
    """After midnight: what is owed for a period that is over; what was not handed in yet is counted anew."""
    draft_all(timezone.localdate(), timezone.now())


@shared_task
def remove_past_packages() -> None:
    """Archive packages are copies of what the records hold: kept for some days only."""
    remove_past(by=None, today=timezone.localdate())
