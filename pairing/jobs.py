"""Background work of pairing: partners are computed and issued, thousands at once."""

from django.utils import timezone
from django.utils.translation import gettext as _

from office.running import RunningJob, worker
from pairing.actions.issuing import issue, recommend
from pairing.actions.matching import keep_proposals
from pairing.matching.computing import compute
from pairing.models import MatchingRun

VERBS = {"issue": issue, "recommend": recommend}


@worker("matching.compute")
def compute_partners(job: RunningJob, *, run: int) -> dict | None:
    """Partners for the open villages of a round; a run that has them keeps them."""
    found = MatchingRun.objects.select_related("round__scheme_version", "round__organiser").get(pk=run)
    if found.finished_at is not None:
        return None
    computed = compute(found, job.progress)
    job.progress(computed.villages, computed.villages, _("keeping the proposals"))
    numbers = {"villages": computed.villages, "units": computed.units, "looked_at": computed.looked_at}
    keep_proposals(by=job.by, run=found, rows=computed.rows, at=timezone.now(), **numbers)
    return numbers


@worker("matching.issue")
def issue_partners(job: RunningJob, *, run: int, proposals: list[int], verb: str, reason: str) -> dict:
    """All that is possible in one transaction; a second time finds them settled and refuses."""
    found = MatchingRun.objects.get(pk=run)
    job.progress(0, len(proposals), _("issuing"))
    issued = VERBS[verb](by=job.by, run=found, proposals=proposals, reason=reason, at=timezone.now())
    job.progress(len(proposals), len(proposals))
    return issued.result
