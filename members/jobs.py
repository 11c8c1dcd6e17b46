"""Background work of the people: helpers are computed and issued, thousands at once."""

from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.assigning import keep_shares
from members.actions.assigning_all import issue_assignment
from members.assignment.quotas import quotas_of
from members.assignment.reading import read
from members.assignment.sharing import share
from members.models import AssignmentRun
from office.running import RunningJob, worker


@worker("assignment.compute")
def compute_helpers(job: RunningJob, *, run: int) -> dict | None:
    """Helpers for the households of a place; a run that has them keeps them."""
    found = AssignmentRun.objects.select_related("place", "round__scheme_version").get(pk=run)
    if found.finished_at is not None:
        return None
    job.progress(0, 0, _("reading the rosters"))
    task = read(found, quotas_of(found.round))
    shares = share(task, lambda done, of: job.progress(done, of, _("households looked at")))
    job.progress(len(shares), len(shares), _("keeping the proposals"))
    numbers = {
        "households": len(task.households),
        "helpers": sum(map(len, task.teams.values())),
        "teams": len(task.teams),
    }
    keep_shares(by=job.by, run=found, shares=shares, at=timezone.now(), **numbers)
    return numbers


@worker("assignment.issue")
def issue_helpers(job: RunningJob, *, run: int, proposals: list[int]) -> dict:
    """All that is possible in one transaction; a second time finds them settled and refuses."""
    found = AssignmentRun.objects.get(pk=run)
    issued = issue_assignment(
        by=job.by,
        run=found,
        proposals=proposals,
        at=timezone.now(),
        progress=lambda done, of: job.progress(done, of, _("pairing")),
    )
    return issued.result
