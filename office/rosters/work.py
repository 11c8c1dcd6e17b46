"""Reading, checking and applying rosters in the background."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from office.models import RosterImport
from office.rosters.applying import apply, totals
from office.rosters.checking import recheck
from office.rosters.staging import Choices, stage
from office.rosters.states import RosterState
from office.rosters.undoing import undo
from office.running import RunningJob, worker


@worker("roster.read")
def read(job: RunningJob, *, roster: int) -> dict | None:
    """Read the file of an import. A file that can't be read fails the import with its sentence."""
    found = RosterImport.objects.select_related("file", "place", "started_by").get(pk=roster)
    if found.state != RosterState.READING or found.file is None:
        return None
    try:
        stage(found, found.file.path, Choices(), lambda done, total: job.progress(done, total, _("rows read")))
    except Refused as refusal:
        RosterImport.objects.filter(pk=roster).update(state=RosterState.FAILED, error=str(refusal.sentence))
        raise
    RosterImport.objects.filter(pk=roster, state=RosterState.READING).update(state=RosterState.READY)
    return {verdict.value: count for verdict, count in totals(found).items()}


@worker("roster.check")
def check(job: RunningJob, *, roster: int) -> None:
    with transaction.atomic():
        recheck(RosterImport.objects.select_for_update(of=["self"]).select_related("place").get(pk=roster))


@worker("roster.undo")
def undo_in_background(job: RunningJob, *, roster: int) -> None:
    """As a whole or not at all; a second run finds it undone."""
    found = RosterImport.objects.select_related("place").get(pk=roster)
    if found.state in (RosterState.APPLIED, RosterState.READY):
        undo(found, at=timezone.now(), by=job.by)


@worker("roster.apply")
def apply_in_background(job: RunningJob, *, roster: int, everything: bool) -> dict | None:
    """Apply; where anything refuses, nothing was changed and the import waits for a decision again."""
    found = RosterImport.objects.select_related("place", "started_by").get(pk=roster)
    if found.state != RosterState.APPLYING:
        return None
    try:
        apply(
            found,
            at=timezone.now(),
            everything=everything,
            progress=lambda done, total: job.progress(done, total, _("rows applied")),
        )
    except BaseException:
        RosterImport.objects.filter(pk=roster, state=RosterState.APPLYING).update(state=RosterState.READY)
        raise
    return {verdict.value: count for verdict, count in totals(found).items()}
