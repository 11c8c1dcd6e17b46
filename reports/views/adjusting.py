"""Pairings with little effect: opening a case, choosing a new partner, or leaving it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.requests import Request
from reports.actions import adjusting as acts
from reports.forms.adjusting import DropForm, OpenCaseForm, PartnerForm
from reports.listings.adjusting import CaseFilter, CaseTable
from reports.models import AdjustmentCase
from reports.querysets.assessment import MANAGE
from reports.states import CaseState
from reports.views.sheets import visible_sheet


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    rows = AdjustmentCase.objects.visible_to(request.user).select_related(
        "pairing__unit", "pairing__village", "partner"
    )
    return render_list(
        request,
        queryset=rows,
        filterset_class=CaseFilter,
        table_class=CaseTable,
        title=_("Adjustments of pairings"),
        context={
            "lead": _("Pairings of which an assessment showed little effect: why they are adjusted, and with whom."),
            "empty_sentence": _("No pairing is being adjusted. A case is opened on the sheet of an assessment."),
        },
    )


def open_adjustment(request: Request, pk: int) -> HttpResponse:
    assessed = visible_sheet(request.user, pk)
    if not request.user.can(MANAGE, assessed.assessment.round.organiser):
        raise Http404
    form = OpenCaseForm(request.POST or None, pairings=acts.pairings_of(assessed))
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.open_case(
                by=request.user, assessed=assessed, pairing=form.chosen, reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(made)
    shown = {"form": form, "assessed": assessed, "line": None, "item": None, "submit": _("Open an adjustment")}
    return render(request, "reports/assessment/form.html", shown)


def adjustment_case(request: Request, pk: int) -> HttpResponse:
    """The organiser chooses the new partner, or says why it stays."""
    rows = AdjustmentCase.objects.visible_to(request.user).select_related(
        "assessed__assessment__round", "assessed__organisation", "pairing__round__organiser", "pairing__unit",
        "pairing__village", "partner", "following", "opened_by", "settled_by",
    )  # fmt: skip
    case = get_object_or_404(rows, pk=pk)
    manages = request.user.can(MANAGE, case.pairing.round.organiser) and case.state == CaseState.OPEN
    drops = "drop" in request.POST
    partner = PartnerForm(None if drops else request.POST or None, round=case.pairing.round)
    drop = DropForm(request.POST if drops else None, prefix="drop")
    form = drop if drops else partner
    if request.method == "POST":
        if not manages:
            raise Http404
        if form.is_valid() and done(request, case, form, drops):
            return redirect(case)
    shown = {"case": case, "manages": manages, "form": partner, "drop": drop}
    return render(request, "reports/assessment/case.html", shown)


def done(request: Request, case: AdjustmentCase, form, drops: bool) -> bool:
    common = {"by": request.user, "case": case, "words": form.cleaned_data["words"], "at": timezone.now()}
    try:
        if drops:
            acts.drop_case(**common)
        else:
            acts.settle_case(unit=form.cleaned_data["unit"], **common)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Kept. Both sides can read it."))
    return True
