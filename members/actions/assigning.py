"""Helpers for the households without one: computed in the background, changed and dropped by hand.

Whatever changes a run waits for the lock of its row; two people at once find it one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.copying import insert_rows, refresh_statistics
from core.refusals import Refused
from members.assignment.measuring import measure
from members.assignment.reading import helpers_of, serving_of
from members.assignment.sharing import Share, Why
from members.models import AssignmentProposal, AssignmentRun, Member
from members.states import AssignmentState, check_transition
from office import jobs
from office.states import ENDED
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round

MANAGE = "pair.manage"


@dataclass(frozen=True)
class Settings:
    """What is chosen for a run. `round`: whose quotas by rank hold."""

    round: Round | None = None
    only_needy: bool = True
    only_able: bool = False
    keeps_quota: bool = True


@act(_("had helpers proposed for the households without one"))
def start_assignment(*, by: User, place: Organisation, settings: Settings, at: datetime) -> AssignmentRun:
    """One at a time for a place. The page of the run shows how far it is."""
    Organisation.objects.select_for_update(no_key=True).get(pk=place.pk)
    by.acting(MANAGE, place)
    under_way = AssignmentRun.objects.filter(place=place, finished_at=None, job__isnull=False)
    if under_way.exclude(job__state__in=ENDED).exists():
        raise Refused(_("Helpers are being computed for this place already. Wait until that is done, or cancel it."))
    run = AssignmentRun.objects.create(place=place, started_at=at, started_by=by, **vars(settings))
    run.job = jobs.start(
        by=by,
        kind="assignment.compute",
        title=_("Helpers for the households of %(place)s") % {"place": place.name},
        arguments={"run": run.pk},
        url=run.get_absolute_url(),
        organisation=place,
    )
    run.save()
    return run


@act(_("kept the helpers that were computed"))
def keep_shares(
    *, by: User | None, run: AssignmentRun, shares: Sequence[Share], at: datetime, **counts: int
) -> AssignmentRun:
    """All of them in one COPY, with the measure before and after. A run that has its proposals keeps them."""
    run = locked(run)
    if run.finished_at is not None:
        return run
    insert_rows(AssignmentProposal, [row(run, each) for each in shares])
    refresh_statistics((AssignmentProposal, len(shares)))
    for name, number in counts.items():
        setattr(run, name, number)
    run.finished_at = at
    run.before = measure(run, with_proposals=False).kept()
    run.proposed = run.now = measure(run, with_proposals=True).kept()
    run.save()
    return run


def row(run: AssignmentRun, share: Share) -> dict:
    state = AssignmentState.LEFT if share.helper is None else AssignmentState.PROPOSED
    return {
        "run_id": run.pk,
        "household_id": share.household,
        "village_id": share.village,
        "member_id": share.helper,
        "why": share.why,
        "left_over": share.left_over,
        "state": state,
    }


@act(_("chose a helper by hand"))
def choose_helper(
    *, by: User, proposal: AssignmentProposal, member: Member, seen: int | None, at: datetime
) -> AssignmentProposal:
    """This member for the household; `seen` is whom the page showed there. Also brings back what was dropped."""
    run, proposal = locked_for(by, proposal)
    if proposal.member_id != seen:
        raise Refused(_("Somebody else changed this household meanwhile. Look at it again."))
    if proposal.state != AssignmentState.PROPOSED:
        check_transition(
            AssignmentState(proposal.state), AssignmentState.PROPOSED, _("This household has a helper by now.")
        )
    if member.pk not in eligible(run, proposal):
        raise Refused(_("%(name)s belongs to no team or unit that helps in this village.") % {"name": member})
    if member.pk != proposal.member_id:
        proposal.why = Why.BY_HAND
    proposal.member, proposal.state, proposal.left_over = member, AssignmentState.PROPOSED, ""
    proposal.save()
    remeasure(run)
    return proposal


@act(_("dropped proposed helpers"))
def drop_proposals(*, by: User, run: AssignmentRun, proposals: Sequence[int], at: datetime) -> int:
    """They stay in the list and can be proposed again. Returns how many were dropped."""
    run = locked(run)
    by.acting(MANAGE, run.place)
    rows = run.proposals.filter(pk__in=proposals, state=AssignmentState.PROPOSED)
    dropped = rows.update(state=AssignmentState.DROPPED)
    if not dropped:
        raise Refused(_("Nothing of this can be dropped any more."))
    remeasure(run)
    return dropped


def eligible(run: AssignmentRun, proposal: AssignmentProposal) -> set[int]:
    """Members who may help in the village of the proposal, whatever they have already."""
    teams = set(serving_of(run.place).get(proposal.village_id, ()))
    return {helper.pk for helpers in helpers_of(run, teams, {}).values() for helper in helpers}


def locked(run: AssignmentRun) -> AssignmentRun:
    related = AssignmentRun.objects.select_for_update(of=["self"]).select_related("place", "round__scheme_version")
    return related.get(pk=run.pk)


def locked_for(by: User, proposal: AssignmentProposal) -> tuple[AssignmentRun, AssignmentProposal]:
    run = locked(proposal.run)
    by.acting(MANAGE, run.place)
    return run, run.proposals.get(pk=proposal.pk)


def remeasure(run: AssignmentRun) -> None:
    run.now = measure(run, with_proposals=True).kept()
    run.save(update_fields=["now"])
