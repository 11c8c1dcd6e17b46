"""The states of background work, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting to begin")
    RUNNING = "running", _("in progress")
    DONE = "done", _("finished")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


TRANSITIONS: dict[JobState, tuple[JobState, ...]] = {
    JobState.QUEUED: (JobState.RUNNING, JobState.CANCELLED, JobState.FAILED),
    JobState.RUNNING: (JobState.DONE, JobState.FAILED, JobState.CANCELLED),
    JobState.DONE: (),
    JobState.FAILED: (),
    JobState.CANCELLED: (),
}
ENDED = tuple(state for state, following in TRANSITIONS.items() if not following)

# What a badge says without words: late | soon | done | wait (templates/parts).
TONES: dict[JobState, str] = {
    JobState.QUEUED: "wait",
    JobState.RUNNING: "soon",
    JobState.DONE: "done",
    JobState.FAILED: "late",
    JobState.CANCELLED: "wait",
}


def may_become(state: str, new: JobState) -> bool:
    return new in TRANSITIONS[JobState(state)]
