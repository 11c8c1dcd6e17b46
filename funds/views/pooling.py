"""Pooled projects (SH-39): planning one, its shares, and what each side says to its own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from funds.actions import pooling as acts
from funds.forms.projects import AnswerForm, PlanForm, SharesForm
from funds.models import Project, ProjectShare
from funds.projects import reading
from funds.projects.states import BEFORE
from funds.views.projects import visible_project
from organisations.models import Organisation
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.models import Round
from pairing.states import RoundState


def pool_project(request: Request) -> HttpResponse:
    """By a committee of its own posts, in an open round."""
    committee = get_object_or_404(reading.own_committees(request.user).order_by("path")[:1])
    if known := reading.planned_under(request.POST.get("key", ""), request.user):
        return redirect(known)
    round = chosen_round(request)
    form = PlanForm(request.POST or None, round=round, places=None)
    shares = SharesForm(request.POST or None, committee=committee, round=round)
    is_right = request.method == "POST" and form.is_valid() & shares.is_valid()
    if is_right and (project := pooled(request, committee, round, form, shares)):
        messages.success(request, _("Planned. Everybody who is to give was asked."))
        return redirect(project)
    shown = {"form": form, "shares": shares, "committee": committee, "round": round}
    return render(request, "funds/projects/pool.html", shown)


def chosen_round(request: Request) -> Round:
    """The one of the address, else the newest that is open."""
    rounds = Round.objects.visible_to(request.user).filter(state=RoundState.OPEN)
    asked = request.GET.get("round", "")
    if asked.isdecimal() and len(asked) < 10:
        rounds = rounds.filter(pk=int(asked))
    found = rounds.select_related("organiser", "scheme_version").order_by("-starts_on", "-pk").first()
    if found is None:
        raise Http404
    return found


def pooled(
    request: Request, committee: Organisation, round: Round, form: PlanForm, shares: SharesForm
) -> Project | None:
    try:
        return acts.plan_pooled(
            by=request.user, committee=committee, round=round, plan=form.plan, shares=shares.shares,
            key=form.cleaned_data["key"], at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        refuse_in(form, refusal)
        return None


def project_shares(request: Request, pk: int) -> HttpResponse:
    """For the committee: who gives which part; changed as long as nothing has begun."""
    project = visible_project(request, pk)
    if (
        project.committee is None
        or project.state not in BEFORE
        or not reading.pools_for(request.user, project.committee)
    ):
        raise Http404
    known = reading.shares_of(project)
    form = SharesForm(request.POST or None, committee=project.committee, round=project.round, shares=known)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_shares(by=request.user, project=project, shares=form.shares, at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("The shares are set. Whoever has not agreed yet was asked."))
            return redirect(project)
    return render(request, "funds/projects/shares.html", {"project": project, "form": form})


@require_POST
def answer_share(request: Request, pk: int, record: int) -> HttpResponse:
    """By a side of the pairing that gives: yes, or no with the reason."""
    project = visible_project(request, pk)
    shares = ProjectShare.objects.filter(project=project).select_related("pairing__unit", "pairing__village")
    share = get_object_or_404(shares, pk=record)
    side = reading.answering_side(request.user, share)
    form = AnswerForm(request.POST)
    if side is None or project.state not in BEFORE or request.POST.get("answer") not in ("yes", "no"):
        raise Http404
    words = form.cleaned_data["words"] if form.is_valid() else ""
    agrees = request.POST["answer"] == "yes"
    try:
        acts.answer_share(by=request.user, share=share, side=side, agrees=agrees, words=words, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Noted. The committee sees it."))
    return redirect(project)
