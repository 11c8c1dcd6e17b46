"""Jobs whose worker was killed, and jobs whose message was lost: nothing waits for ever."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from office.models import Job
from office.running import end
from office.states import JobState

SILENCE = timedelta(seconds=60)
PATIENCE = timedelta(minutes=5)


@transaction.atomic
def collect(*, at: datetime) -> int:
    """Mark as failed what gave no sign of life for a minute. Safe to repeat; returns how many."""
    silent = Job.objects.silent_since(at - SILENCE).select_for_update(skip_locked=True, of=["self"])
    jobs = list(silent.select_related("started_by"))
    for job in jobs:
        with translation.override(job.language):
            end(job, JobState.FAILED, error=_("The work was interrupted, perhaps by a restart. Please start it again."))
    return len(jobs)


def forgotten(*, at: datetime) -> list[int]:
    """Queued for longer than patience lasts: the broker may have lost the message. Sending it twice does no harm."""
    return list(Job.objects.filter(state=JobState.QUEUED, queued_at__lt=at - PATIENCE).values_list("pk", flat=True))
