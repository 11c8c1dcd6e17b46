"""Targets: one with its years, setting and changing it, and what is claimed and confirmed of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from office import files
from office.models import StoredFile
from organisations.requests import Request
from pairing.actions import targets as acts
from pairing.forms import targets as forms
from pairing.forms.plans import ReturnForm
from pairing.models import Target, TargetYear
from pairing.plans import asked as plans
from pairing.states import TargetState
from pairing.views.plan_reach import acting_side, of_pairing, plain_pairing
from pairing.views.plans import may_write
from pairing.views.reach import own_side


@require_POST
def take_goals(request: Request, pk: int) -> HttpResponse:
    pairing = plain_pairing(request.user, pk)
    number = acts.take_goals(by=request.user, pairing=pairing, side=acting_side(request.user, pairing))
    told = ngettext("%(count)s target was taken over.", "%(count)s targets were taken over.", number)
    messages.success(request, told % {"count": number})
    return redirect("pairing_plans", pk)


def add_target(request: Request, pk: int) -> HttpResponse:
    """One of the two sides' own."""
    pairing = plain_pairing(request.user, pk)
    side = acting_side(request.user, pairing)
    form = forms.TargetForm(request.POST or None, initial={"horizon_year": pairing.round.ends_on.year})
    if request.method == "POST" and form.is_valid():
        try:
            target = acts.add_target(by=request.user, pairing=pairing, side=side, terms=form.terms())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The target is set. Plan its years next."))
            return redirect(target)
    return render(request, "pairing/targets/edit.html", {"pairing": pairing, "form": form})


@require_safe
def target_page(request: Request, pk: int) -> HttpResponse:
    return target_answer(request, of_pairing(Target.objects.visible_to(request.user), pk))


def target_answer(
    request: Request, target: Target, claim: forms.ProofForm | None = None, back: ReturnForm | None = None
) -> HttpResponse:
    """What it means, year by year, and the next step."""
    side = own_side(request.user, target.pairing)
    rows = {row.year: row for row in target.years.select_related("proof")}
    last = max([target.horizon_year or 0, target.pairing.round.ends_on.year, *rows])
    shown = {
        "target": target,
        "pairing": target.pairing,
        "goals": next((s for s in target.pairing.round.rules.goals if s.key == target.set_key), None),
        "years": [(year, rows.get(year)) for year in range(target.pairing.round.starts_on.year, last + 1)],
        "own_side": side,
        "may_write": may_write(request, target.pairing),
        "may_answer": side and target.state == TargetState.CLAIMED and target.claimed_side != side,
        "papers": Target.objects.with_papers_for(request.user).filter(pk=target.pk).exists(),
        "claim_form": claim or forms.ProofForm(),
        "back_form": back or ReturnForm(),
    }
    return render(request, "pairing/targets/page.html", shown)


def edit_target(request: Request, pk: int) -> HttpResponse:
    target = of_pairing(Target.objects.visible_to(request.user), pk)
    side = acting_side(request.user, target.pairing)
    form = forms.TargetForm.of(target, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.revise_target(by=request.user, target=target, side=side, terms=form.terms())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The target is changed."))
            return redirect(target)
    return render(request, "pairing/targets/edit.html", {"pairing": target.pairing, "target": target, "form": form})


@require_POST
def target_step(request: Request, pk: int) -> HttpResponse:
    """Begin with it, claim that it is met, confirm that, or send it back."""
    target = of_pairing(Target.objects.visible_to(request.user), pk)
    given = {"by": request.user, "target": target, "side": acting_side(request.user, target.pairing)}
    step, now = request.POST.get("step", ""), timezone.now()
    if step == "begin":
        acts.begin_target(**given)
        messages.success(request, _("The target is under way."))
    elif step == "claim":
        form = forms.ProofForm(request.POST, request.FILES)
        if not form.is_valid():
            return target_answer(request, target, claim=form)
        words, upload = form.cleaned_data["proof_words"], form.cleaned_data["file"]
        acts.claim_target(**given, proof_words=words, at=now, upload=upload)
        messages.success(request, _("Recorded. The other side was asked to confirm."))
    elif step == "confirm":
        acts.confirm_target(**given, at=now)
        messages.success(request, _("Confirmed: the target is met."))
    elif step == "return":
        back = ReturnForm(request.POST)
        if not back.is_valid():
            return target_answer(request, target, back=back)
        acts.return_target(**given, words=back.cleaned_data["words"], at=now)
        messages.success(request, _("Sent back. The other side was told what is missing."))
    else:
        raise Http404
    return redirect(target)


def target_year(request: Request, pk: int, year: int) -> HttpResponse:
    """One year of a target: planned, recorded with proof, confirmed or sent back."""
    target = of_pairing(Target.objects.visible_to(request.user), pk)
    acting_side(request.user, target.pairing)
    row = target.years.filter(year=year).select_related("proof").first()
    if row is None and year not in plans.years_of(target.pairing.round) and year > (target.horizon_year or 0):
        raise Http404
    if request.method == "POST":
        return year_step(request, target, year, row)
    return year_answer(request, target, year, row)


def year_step(request: Request, target: Target, year: int, row: TargetYear | None) -> HttpResponse:
    step, side, now = request.POST.get("step", ""), acting_side(request.user, target.pairing), timezone.now()
    if step in ("confirm", "return") and row is not None:
        row.target = target
        if step == "confirm":
            acts.confirm_year(by=request.user, row=row, side=side, at=now)
            messages.success(request, _("Confirmed. This year can't be changed any more."))
            return redirect(target)
        back = ReturnForm(request.POST)
        if not back.is_valid():
            return year_answer(request, target, year, row, back=back)
        acts.return_year(by=request.user, row=row, side=side, words=back.cleaned_data["words"], at=now)
        messages.success(request, _("Sent back. The other side was told what is missing."))
        return redirect(target)
    if step == "plan":
        form = forms.PlanYearForm(request.POST)
        if not form.is_valid():
            return year_answer(request, target, year, row, plan=form)
        acts.plan_year(by=request.user, target=target, side=side, year=year, **form.cleaned_data)
        messages.success(request, _("The year is planned."))
        return redirect(target)
    if step != "claim":
        raise Http404
    return record_year(request, target, year, row)


def record_year(request: Request, target: Target, year: int, row: TargetYear | None) -> HttpResponse:
    form = claim_form(row, request.POST, request.FILES)
    if not form.is_valid():
        return year_answer(request, target, year, row, claim=form)
    acts.claim_year(
        by=request.user,
        target=target,
        side=acting_side(request.user, target.pairing),
        year=year,
        actual=form.cleaned_data["actual"],
        proof_words=form.cleaned_data["proof_words"],
        at=timezone.now(),
        upload=form.cleaned_data["file"],
    )
    messages.success(request, _("Recorded. The other side was asked to confirm."))
    return redirect(target)


def claim_form(row: TargetYear | None, data=None, uploads=None) -> forms.ClaimYearForm:
    initial = {"actual": row.actual, "proof_words": row.proof_words} if row else {}
    form = forms.ClaimYearForm(data, uploads, initial=initial)
    form.has_file = bool(row and row.proof_id)
    return form


def year_answer(request: Request, target: Target, year: int, row: TargetYear | None, **bound) -> HttpResponse:
    side = own_side(request.user, target.pairing)
    planned = {"planned": row.planned, "planned_words": row.planned_words} if row else None
    shown = {
        "target": target,
        "pairing": target.pairing,
        "year": year,
        "row": row,
        "may_answer": bool(row and row.claimed_at and not row.confirmed_at and row.claimed_side != side),
        "plan_form": bound.get("plan") or forms.PlanYearForm(initial=planned),
        "claim_form": bound.get("claim") or claim_form(row),
        "back_form": bound.get("back") or ReturnForm(),
    }
    return render(request, "pairing/targets/year.html", shown)


@require_safe
def target_proof(request: Request, pk: int) -> HttpResponseBase:
    """For both sides and the organiser."""
    targets = Target.objects.with_papers_for(request.user)
    return files.serve(proof_of(get_object_or_404(targets.select_related("proof"), pk=pk)))


@require_safe
def year_proof(request: Request, pk: int) -> HttpResponseBase:
    readable = Target.objects.with_papers_for(request.user)
    rows = TargetYear.objects.filter(target__in=readable).select_related("proof")
    return files.serve(proof_of(get_object_or_404(rows, pk=pk)))


def proof_of(claim: Target | TargetYear) -> StoredFile:
    if claim.proof is None:
        raise Http404
    return claim.proof
