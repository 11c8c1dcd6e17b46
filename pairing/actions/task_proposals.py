"""Preparing, changing and issuing task proposals (任务建议书, SH-28)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from office import inbox
from office.models.messages import NOTICE
from organisations.history import act
from organisations.models import User
from pairing.figures.task_proposals import standings, suggestions
from pairing.models import Round, TaskProposal
from pairing.states import RoundState

MANAGE, RECEIVE = "round.manage", "task.receive"
KEY = "round:{round}:task-proposals:{at}"


@act(_("prepared the task proposals"))
def prepare_task_proposals(*, by: User, round: Round) -> int:
    """A draft with the suggested numbers for each committee that has none yet. Returns how many."""
    _check_may_suggest(by, round)
    known = set(round.task_proposals.values_list("committee", "side"))
    drafts = [
        TaskProposal(
            round=round,
            committee=each.committee,
            side=each.side,
            suggested=each.suggested,
            suggested_weak=each.suggested_weak,
        )
        for each in suggestions(round, standings(round))
        if (each.committee.pk, each.side) not in known
    ]
    TaskProposal.objects.bulk_create(drafts, ignore_conflicts=True)
    return len(drafts)


@act(_("changed a task proposal"))
def change_task_proposal(
    *, by: User, task: TaskProposal, suggested: int, suggested_weak: int, words: str = ""
) -> TaskProposal:
    """A draft is changed; of an issued one a new draft is made, to be issued in its turn."""
    _check_may_suggest(by, task.round)
    versions = TaskProposal.objects.filter(round=task.round, committee=task.committee, side=task.side)
    newest = versions.select_for_update(no_key=True).order_by("-version").first()
    if newest is None or newest.pk != task.pk:
        raise Refused(_("There is a newer version of this proposal: change that one."))
    draft = newest
    if newest.issued_at:
        draft = TaskProposal(round=task.round, committee=task.committee, side=task.side, version=newest.version + 1)
    draft.suggested, draft.suggested_weak, draft.words = suggested, suggested_weak, words
    draft.full_clean(exclude=["issued_by"])
    draft.save()
    return draft


@act(_("issued task proposals"))
def issue_task_proposals(*, by: User, round: Round, at: datetime, task: TaskProposal | None = None) -> int:
    """All drafts of the round, or the one named; each committee is told. The same click twice issues once."""
    _check_may_suggest(by, round)
    drafts = round.task_proposals.filter(issued_at=None)
    chosen = list(
        (drafts.filter(pk=task.pk) if task else drafts).select_for_update(of=("self",)).select_related("committee")
    )
    TaskProposal.objects.filter(pk__in=[each.pk for each in chosen]).update(issued_at=at, issued_by=by)
    inbox.tell(
        organisations=[each.committee for each in chosen],
        permission=RECEIVE,
        subject=gettext_noop("A task proposal for you was issued: %(round)s"),
        body="",
        params={"round": round.name},
        url=reverse("task_proposals", args=[round.pk]),
        kind=NOTICE,
        key=KEY.format(round=round.pk, at=at.isoformat()),
        at=at,
    )
    return len(chosen)


def _check_may_suggest(by: User, round: Round) -> None:
    by.acting(MANAGE, round.organiser)
    if round.state == RoundState.CLOSED:
        raise Refused(_("The round “%(name)s” is closed.") % {"name": round.name})
    if round.newest_directory_id is None:
        raise Refused(_("Publish the directory first: the numbers are computed from it."))
