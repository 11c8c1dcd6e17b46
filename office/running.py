"""Carrying out background work: the functions that can do it, and what they see of their job."""

import logging
from collections.abc import Callable
from threading import Event, Thread

import pghistory
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.refusals import Refused
from office import inbox
from office.models import Job, StoredFile
from office.states import JobState, may_become

logger = logging.getLogger(__name__)
WORKERS: dict[str, Callable[..., dict | None]] = {}
BEAT_SECONDS = 1.0


class Cancelled(Exception):
    """Somebody asked for the work to stop; what its last transaction had done is undone."""


def worker(kind: str) -> Callable:
    """Decorator of a function in an app's `jobs.py`: def perform(job: RunningJob, **arguments) -> dict | None.

    What it returns is kept as the result. It must be safe to repeat: nothing of a job that was killed may double.
    """

    def register(function: Callable[..., dict | None]) -> Callable[..., dict | None]:
        if WORKERS.setdefault(kind, function) is not function:
            raise ValueError(f"Two workers for {kind!r}")
        return function

    return register


class RunningJob:
    """A job as its worker sees it. Progress is written by a thread of its own, past any open transaction."""

    def __init__(self, job: Job):
        self.job, self.by = job, job.started_by
        self.done, self.total, self.message = 0, 0, ""
        self.is_cancelled = False

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far it is; costs nothing, call it as often as you like. Raises Cancelled when asked to stop."""
        self.done, self.total, self.message = min(done, total), total, str(message)[:300]
        if self.is_cancelled:
            raise Cancelled

    def keep(self, file: StoredFile) -> None:
        """The file that the person may fetch from the job's page."""
        self.job.result_file = file

    def lead_to(self, url: str) -> None:
        """Where the person goes when all is done."""
        self.job.url = url

    def write(self) -> None:
        """Progress and a sign of life; learns whether somebody asked to stop."""
        row = Job.objects.filter(pk=self.job.pk)
        row.update(done=self.done, total=self.total, message=self.message, heartbeat_at=timezone.now())
        self.is_cancelled = row.filter(cancelled_at__isnull=False).exists()


class Pulse(Thread):
    """Writes the progress once a second on its own connection, as long as the work goes on."""

    def __init__(self, running: RunningJob):
        super().__init__(daemon=True)
        self.running, self.over = running, Event()

    def run(self) -> None:
        try:
            while not self.over.wait(BEAT_SECONDS):
                self.beat()
        finally:
            connection.close()

    def beat(self) -> None:
        try:
            self.running.write()
        except Exception:
            logger.exception("Progress of job %s could not be written", self.running.job.pk)
            connection.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error) -> None:
        self.over.set()
        self.join()


def perform(job_id: int) -> None:
    """Do the work of a queued job. Of two calls, the second finds it taken and does nothing."""
    job = take(job_id)
    if job is None:
        return
    running = RunningJob(job)
    with translation.override(job.language), pghistory.context(user=job.started_by_id, job=job.pk):
        state, outcome = attempt(running)
        finish(running, state, **outcome)


def attempt(running: RunningJob) -> tuple[JobState, dict]:
    job = running.job
    try:
        with Pulse(running):
            result = WORKERS[job.kind](running, **job.arguments)
    except Cancelled:
        return JobState.CANCELLED, {}
    except Refused as refusal:
        return JobState.FAILED, {"error": str(refusal.sentence)}
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        return JobState.FAILED, {"error": _("Something went wrong that nobody foresaw; nothing more was changed.")}
    return JobState.DONE, {"result": result}


@transaction.atomic
def take(job_id: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.QUEUED).first()
    if job is None:
        return None
    job.state = JobState.RUNNING
    job.running_at = job.heartbeat_at = timezone.now()
    job.save(update_fields=["state", "running_at", "heartbeat_at"])
    return job


@transaction.atomic
def finish(running: RunningJob, state: JobState, *, result: dict | None = None, error: str = "") -> None:
    """Unless it ended otherwise meanwhile: collected as abandoned, say."""
    job = Job.objects.select_for_update().get(pk=running.job.pk)
    if not may_become(job.state, state):
        return
    job.done, job.total, job.message = running.done, running.total, running.message
    job.url, job.result_file, job.result = running.job.url, running.job.result_file, result
    end(job, state, error=error)


def end(job: Job, state: JobState, *, error: str = "") -> None:
    """Keep how it ended, and tell the person who started it. Inside a transaction that holds the row."""
    job.state, job.error, job.ended_at = state, error, timezone.now()
    job.save()
    if job.started_by is not None and job.cancelled_by_id != job.started_by_id:
        subject, body = ENDINGS[state]
        inbox.tell_person(
            user=job.started_by,
            subject=subject,
            body=body,
            params={"title": job.title, "error": error},
            url=job.get_absolute_url(),
            kind=inbox.NOTICE,
            key=f"job:{job.pk}:ended",
            at=job.ended_at,
        )


ENDINGS = {
    JobState.DONE: (N_("Finished: %(title)s"), N_("The background work is done. Open it to see the result.")),
    JobState.FAILED: (N_("Failed: %(title)s"), N_("Why: %(error)s")),
    JobState.CANCELLED: (N_("Cancelled: %(title)s"), N_("The background work was cancelled by somebody else.")),
}
