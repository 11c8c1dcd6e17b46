"""Long work in the background. An app registers what it can do in its own `jobs.py`; a view starts it and redirects.

@jobs.worker("roster.read")
def read(job: jobs.RunningJob, **arguments) -> dict | None: ...

job = jobs.start(by=user, kind="roster.read", title=_("Reading of %(file)s") % ..., arguments={"file": 7})
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from core.refusals import Refused
from office import running, tasks
from office.models import Job
from office.running import WORKERS, Cancelled, RunningJob, worker
from office.states import JobState
from organisations.history import act
from organisations.models import Organisation, User

__all__ = ["Cancelled", "RunningJob", "cancel", "start", "worker"]


@act(_("started background work"))
def start(
    *, by: User, kind: str, title: str, arguments: dict, url: str = "", organisation: Organisation | None = None
) -> Job:
    """Queue the work as soon as the transaction is committed. `arguments` are JSON; pass keys of rows, never rows.

    `organisation` is the place that it is done for, by default that of the first post: whoever may manage jobs there
    sees it.
    """
    if kind not in WORKERS:
        raise LookupError(f"No worker is registered for {kind!r}")
    place = organisation or next((post.organisation for post in by.posts), None)
    job = Job.objects.create(
        kind=kind,
        title=str(title)[:200],
        arguments=arguments,
        url=url,
        organisation=place,
        started_by=by,
        language=get_language() or "zh-hans",
    )
    transaction.on_commit(partial(send, job.pk))
    return job


def send(job_id: int) -> None:
    """Hand it to a worker. Where nobody can take it the job says so; the page that started it goes on."""
    try:
        tasks.run_job.delay(job_id)
    except OperationalError:
        with transaction.atomic():
            job = Job.objects.select_for_update().get(pk=job_id)
            running.end(job, JobState.FAILED, error=str(_("The background service can't be reached. Try again later.")))


@act(_("asked background work to stop"))
def cancel(*, by: User, job: Job, at: datetime) -> Job:
    """What is queued ends at once; what runs ends at its next step, and undoes what it has not finished."""
    job = Job.objects.visible_to(by).select_for_update(of=["self"]).get(pk=job.pk)
    if job.has_ended:
        raise Refused(_("This work has ended already: %(state)s.") % {"state": job.get_state_display()})
    if job.cancelled_at is None:
        job.cancelled_at, job.cancelled_by = at, by
        job.save(update_fields=["cancelled_at", "cancelled_by"])
    if job.state == JobState.QUEUED:
        running.end(job, JobState.CANCELLED)
    return job
