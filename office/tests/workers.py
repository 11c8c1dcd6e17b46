"""Background work for tests; a real worker is told to import this module."""

import time

from core.refusals import Refused
from office import jobs
from organisations.models import Organisation


@jobs.worker("test.count")
def count(job: jobs.RunningJob, *, upto: int, seconds: float = 0.0, name: str = "") -> dict:
    """Count slowly, renaming an organisation in the same transaction as nothing else."""
    for number in range(1, upto + 1):
        time.sleep(seconds)
        job.progress(number, upto, f"第 {number} 步")
    if name:
        Organisation.objects.update(name=name)
    job.lead_to("/inbox/")
    return {"counted": upto}


@jobs.worker("test.refuse")
def refuse(job: jobs.RunningJob) -> None:
    raise Refused("这份名册读不了。")


@jobs.worker("test.crash")
def crash(job: jobs.RunningJob) -> None:
    raise ZeroDivisionError("secret detail")
