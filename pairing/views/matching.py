"""Partners for the villages still open: have them proposed, look through them, move, drop and issue them (SH-30)."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from office import jobs
from organisations.models import Organisation
from organisations.requests import Request
from pairing.actions import issuing
from pairing.actions import matching as acts
from pairing.forms.matching import DROP, RECOMMEND, IssueForm, SettingsForm
from pairing.listings.market import for_round
from pairing.listings.matching import MAY_PICK, ProposalFilter, ProposalTable, RunFilter, RunTable, runs_of, with_load
from pairing.matching.alternatives import alternatives
from pairing.matching.measuring import changes, compared
from pairing.matching.states import MatchState
from pairing.matching.wording import in_one, reasons
from pairing.models import MatchingRun, MatchProposal
from pairing.views.reach import managed_round

AT_ONCE = 200  # more are issued in the background


def visible_run(user, pk: int) -> MatchingRun:
    runs = MatchingRun.objects.visible_to(user)
    related = runs.select_related("round__organiser", "round__scheme_version", "job", "started_by")
    return get_object_or_404(related, pk=pk)


def matching_runs(request: Request, pk: int) -> HttpResponseBase:
    """The one button, its settings, and what was computed before."""
    round = managed_round(request.user, pk)
    form = SettingsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = acts.start_matching(by=request.user, round=round, settings=form.settings(), at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            return redirect(run)
    return render_list(
        request,
        queryset=runs_of(round),
        filterset_class=RunFilter,
        table_class=RunTable,
        title=_("Proposed partners"),
        template="pairing/matching/runs.html",
        context={"round": round, "form": form, "empty_sentence": _("Nothing was computed for this round yet.")},
    )


@require_safe
def matching(request: Request, pk: int) -> HttpResponseBase:
    """How far the computation is; then the proposed pairs."""
    run = visible_run(request.user, pk)
    if run.finished_at is None:
        return render(request, "pairing/matching/under_way.html", {"run": run, "round": run.round, "job": run.job})
    proposals = with_load(acts.proposals_of(run), run)
    return render_list(
        request,
        queryset=proposals.order_by("pk"),
        filterset_class=for_round(ProposalFilter, run=run),
        table_class=ProposalTable,
        title=str(run),
        is_long=True,
        template="pairing/matching/proposals.html",
        context={
            "run": run,
            "round": run.round,
            "compared": compared(run),
            "newer": run.round.matching_runs.filter(number__gt=run.number, finished_at__isnull=False).first(),
            "step_url": reverse("issue_matching", args=[run.pk]),
            "step_words": _("Issue these …"),
            "empty_sentence": _("No village was open: each has as many units as it should."),
        },
    )


def issue_matching(request: Request, pk: int) -> HttpResponse:
    """What becomes of the ticked pairs, or of all that the list shows."""
    run = visible_run(request.user, pk)
    chosen = picked(request, run)
    number = chosen.count()
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return perform(request, run, list(chosen.values_list("pk", flat=True)), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    some = acts.proposals_of(run).filter(pk__in=chosen[:10].values("pk")).order_by("pk")
    shown = {"run": run, "round": run.round, "form": form, "number": number, "some": some}
    return render(request, "pairing/matching/issue.html", shown)


def picked(request: Request, run: MatchingRun) -> QuerySet[MatchProposal]:
    """Those of `?pick=`; where none is named, what the filter in the address shows."""
    proposals = run.proposals.filter(state__in=MAY_PICK).order_by("pk")
    if "pick" in request.GET:
        return proposals.filter(pk__in=[pk for pk in request.GET.getlist("pick") if pk.isdecimal()])
    filterset = for_round(ProposalFilter, run=run)(request.GET, queryset=proposals, request=request)
    return filterset.qs


def perform(request: Request, run: MatchingRun, proposals: list[int], step: str, reason: str) -> HttpResponse:
    at = timezone.now()
    if step == DROP:
        number = acts.drop_proposals(by=request.user, run=run, proposals=proposals, at=at)
        messages.success(request, _("Dropped: %(number)s. They stay in the list.") % {"number": number})
        return redirect(run)
    if len(proposals) > AT_ONCE:
        return redirect(in_background(request, run, proposals, step, reason))
    verb = issuing.recommend if step == RECOMMEND else issuing.issue
    issued = verb(by=request.user, run=run, proposals=proposals, reason=reason, at=at)
    messages.success(request, _("Issued: %(done)s; skipped: %(skipped)s.") % issued.result)
    for proposal in issued.skipped[:5]:
        messages.warning(request, proposal.note)
    return redirect(run)


def in_background(request: Request, run: MatchingRun, proposals: list[int], step: str, reason: str):
    return jobs.start(
        by=request.user,
        kind="matching.issue",
        title=_("Issue %(number)s pairs: %(round)s") % {"number": len(proposals), "round": run.round.name},
        arguments={"run": run.pk, "proposals": proposals, "verb": step, "reason": reason},
        url=run.get_absolute_url(),
        organisation=run.round.organiser,
    )


def match_proposal(request: Request, pk: int) -> HttpResponse:
    """One village: its proposed unit with the reasons, and others that come into question."""
    runs = MatchingRun.objects.visible_to(request.user)
    related = ("run__round__organiser", "run__round__scheme_version", "village", "unit", "proposed_unit", "tie")
    proposal = get_object_or_404(MatchProposal.objects.filter(run__in=runs).select_related(*related), pk=pk)
    run = proposal.run
    if request.method == "POST":
        return move(request, run, proposal)
    sought = request.GET.get("unit", "").strip()
    may_move = proposal.state in acts.MAY_MOVE
    shown = {
        "run": run,
        "round": run.round,
        "proposal": proposal,
        "reasons": reasons(proposal),
        "may_move": may_move,
        "may_issue": proposal.state in MAY_PICK,
        "may_drop": proposal.state == MatchState.PROPOSED,
        "may_restore": proposal.state in (MatchState.DROPPED, MatchState.SKIPPED),
        "alternatives": alternatives(run, proposal, sought) if may_move else [],
        "compared": compared(run),
    }
    return render(request, "pairing/matching/proposal.html", shown)


def move(request: Request, run: MatchingRun, proposal: MatchProposal) -> HttpResponse:
    """Choose another unit, or drop the pair; says what it changed in the measure."""
    before = run.now
    try:
        if request.POST.get("verb") == DROP:
            acts.drop_proposals(by=request.user, run=run, proposals=[proposal.pk], at=timezone.now())
        else:
            chosen, seen = request.POST.get("chosen", ""), request.POST.get("seen", "")
            acts.choose_unit(
                by=request.user,
                proposal=proposal,
                unit=get_object_or_404(Organisation, pk=chosen if chosen.isdecimal() else 0),
                seen=int(seen) if seen.isdecimal() else None,
                exchange="exchange" in request.POST,
                at=timezone.now(),
            )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        run.refresh_from_db(fields=["now"])
        changed = in_one(changes(before, run.now)) or _("the measure stays as it was")
        messages.success(request, _("Kept. %(changes)s.") % {"changes": changed})
    return redirect(proposal)
