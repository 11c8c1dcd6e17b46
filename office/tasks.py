"""What Celery calls: ids in, one call, safe to repeat."""

from celery import shared_task
from django.utils import timezone

from office import abandoned, running
from office.outbox import sending


@shared_task
def run_job(job_id: int) -> None:
    running.perform(job_id)


@shared_task
def collect_abandoned_jobs() -> None:
    now = timezone.now()
    abandoned.collect(at=now)
    for job_id in abandoned.forgotten(at=now):
        run_job.delay(job_id)


@shared_task
def send_outgoing() -> None:
    if sending.send_due():
        send_outgoing.delay()
