"""Helpers for the households without one: have them proposed, look through them, change, drop and pair them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import masking
from core.listing import render_list
from core.refusals import Refused
from members.actions import assigning as acts
from members.actions.assigning_all import issue_assignment
from members.assignment.measuring import with_load
from members.assignment.wording import reason, rows
from members.forms.assignment import AssignmentForm, may_assign
from members.listings.assignment import (
    MAY_PICK,
    ProposalFilter,
    ProposalTable,
    RunFilter,
    RunTable,
    runs_of,
    with_loads,
)
from members.models import AssignmentProposal, AssignmentRun, Member
from members.states import AssignmentState
from office import jobs
from organisations.requests import Request
from pairing.listings.market import for_round

AT_ONCE = 200  # more are paired in the background
DROP = "drop"
SHOWN_HELPERS = 30


def assignments(request: Request) -> HttpResponseBase:
    """The one button, its settings, and what was computed before."""
    if not may_assign(request.user):
        raise Http404
    form = AssignmentForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        place, now = form.cleaned_data["place"], timezone.now()
        try:
            run = acts.start_assignment(by=request.user, place=place, settings=form.settings(), at=now)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            return redirect(run)
    return render_list(
        request,
        queryset=runs_of(request.user),
        filterset_class=RunFilter,
        table_class=RunTable,
        title=_("Proposed helpers"),
        template="members/assignment/runs.html",
        context={"form": form, "empty_sentence": _("Nothing was computed yet.")},
    )


def visible_run(user, pk: int) -> AssignmentRun:
    runs = AssignmentRun.objects.visible_to(user)
    return get_object_or_404(runs.select_related("place", "round__scheme_version", "job", "started_by"), pk=pk)


@require_safe
def assignment(request: Request, pk: int) -> HttpResponseBase:
    """How far the computation is; then the proposed helpers."""
    run = visible_run(request.user, pk)
    if run.finished_at is None:
        return render(request, "members/assignment/under_way.html", {"run": run, "job": run.job})
    proposals = with_loads(run.proposals.all(), run)
    return render_list(
        request,
        queryset=proposals.order_by("pk"),
        read_from=proposals,
        filterset_class=for_round(ProposalFilter, run=run),
        table_class=ProposalTable,
        title=str(run),
        template="members/assignment/proposals.html",
        context={
            "run": run,
            "measures": rows(run.before, run.now),
            "empty_sentence": _("Every household has a helper already."),
        },
    )


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Pair, or drop, the ticked ones; where none is ticked, all that the list shows."""
    run = visible_run(request.user, pk)
    proposals, now = list(picked(request, run).values_list("pk", flat=True)), timezone.now()
    try:
        if request.POST.get("step") == DROP:
            number = acts.drop_proposals(by=request.user, run=run, proposals=proposals, at=now)
            messages.success(request, _("Dropped: %(number)s. They stay in the list.") % {"number": number})
        elif len(proposals) > AT_ONCE:
            return redirect(in_background(request, run, proposals))
        else:
            issued = issue_assignment(by=request.user, run=run, proposals=proposals, at=now)
            messages.success(request, _("Paired: %(done)s; skipped: %(skipped)s.") % issued.result)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(run)


def picked(request: Request, run: AssignmentRun) -> QuerySet[AssignmentProposal]:
    proposals = run.proposals.filter(state__in=MAY_PICK).order_by("pk")
    if given := request.POST.getlist("pick"):
        return proposals.filter(pk__in=[pk for pk in given if pk.isdecimal()])
    return for_round(ProposalFilter, run=run)(request.GET, queryset=proposals, request=request).qs


def in_background(request: Request, run: AssignmentRun, proposals: list[int]):
    return jobs.start(
        by=request.user,
        kind="assignment.issue",
        title=_("Pair %(number)s households: %(place)s") % {"number": len(proposals), "place": run.place.name},
        arguments={"run": run.pk, "proposals": proposals},
        url=run.get_absolute_url(),
        organisation=run.place,
    )


def proposal(request: Request, pk: int) -> HttpResponse:
    """One household: its proposed helper and why, and the others who come into question, least busy first."""
    runs = AssignmentRun.objects.visible_to(request.user)
    related = ("run__place", "household", "village", "member__organisation", "pair")
    found = get_object_or_404(AssignmentProposal.objects.filter(run__in=runs).select_related(*related), pk=pk)
    if request.method == "POST":
        return move(request, found)
    others = [pk for pk in acts.eligible(found.run, found) if pk != found.member_id]
    helpers = Member.objects.filter(pk__in=others)
    shown = {
        "run": found.run,
        "proposal": found,
        "household": masking.mask_name(found.household.head),
        "reason": reason(found),
        "may_move": found.state != AssignmentState.ISSUED,
        "may_drop": found.state == AssignmentState.PROPOSED,
        "helpers": with_load(helpers, found.run).select_related("organisation").order_by("load", "pk")[:SHOWN_HELPERS],
    }
    return render(request, "members/assignment/proposal.html", shown)


def move(request: Request, proposal: AssignmentProposal) -> HttpResponse:
    now = timezone.now()
    try:
        if request.POST.get("step") == DROP:
            acts.drop_proposals(by=request.user, run=proposal.run, proposals=[proposal.pk], at=now)
        else:
            chosen, seen = request.POST.get("chosen", ""), request.POST.get("seen", "")
            members = Member.objects.visible_to(request.user)
            member = get_object_or_404(members, pk=chosen if chosen.isdecimal() else 0)
            seen_pk = int(seen) if seen.isdecimal() else None
            acts.choose_helper(by=request.user, proposal=proposal, member=member, seen=seen_pk, at=now)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Kept."))
    return redirect(proposal)
