"""What Celery calls for activities: one call, safe to repeat."""

from celery import shared_task

from visits import recounting


@shared_task
def merge_counted() -> None:
    recounting.merge()
