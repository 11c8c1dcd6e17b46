"""Assessments: the list, one with everybody assessed (table T13), its rules, its steps, what others take over."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core.exports import workbook_response
from core.listing import render_list
from core.refusals import Refused
from organisations.querysets import within
from organisations.requests import Request
from pairing.models import Round
from reports.actions import assessment as acts
from reports.assessment import consumers
from reports.forms.assessment import RulesForm, SetUpForm
from reports.listings.assessment import AssessmentFilter, AssessmentTable, filter_of, table_of, with_number
from reports.models import Appeal, Assessed, Assessment
from reports.querysets.assessment import MANAGE
from reports.states import AssessmentState

SHOWN_ON_HOME = 3
STEPS = {
    "open": (acts.open_assessment, gettext_lazy("Opened and reckoned. Its rules stand from now on.")),
    "reckon": (acts.reckon_anew, gettext_lazy("Reckoned anew from the records as they are now.")),
    "show": (acts.show, gettext_lazy("Shown. The assessed have been told.")),
    "freeze": (acts.freeze, gettext_lazy("Frozen. Nothing can be changed any more.")),
}


@require_safe
def assessment_list(request: Request) -> HttpResponseBase:
    rows = with_number(Assessment.objects.visible_to(request.user).select_related("round"), request.user)
    return render_list(
        request,
        queryset=rows,
        filterset_class=AssessmentFilter,
        table_class=AssessmentTable,
        title=_("Assessments"),
        template="reports/assessment/list.html",
        context={
            "may_set_up": request.user.can(MANAGE),
            "empty_sentence": _("No assessment has been shown to you yet."),
        },
    )


@require_safe
def panel(request: Request) -> HttpResponse:
    """On the first page: sheets that are shown to the assessed; for the organiser what it has under way."""
    if not request.htmx:
        return redirect("assessments")
    sheets = Assessed.objects.of(request.user).filter(assessment__state=AssessmentState.SHOWN).order_by("-assessment")
    running = Assessment.objects.none()
    if request.user.can(MANAGE):
        managed = within(request.user.scopes(MANAGE), "round__organiser__path")
        running = Assessment.objects.filter(managed).exclude(state=AssessmentState.FROZEN)
    shown = {
        "sheets": sheets.related()[:SHOWN_ON_HOME],
        "running": running.select_related("round").with_waiting()[:SHOWN_ON_HOME],
    }
    if not shown["sheets"] and not shown["running"]:
        return HttpResponse()
    return render(request, "reports/assessment/panel.html", shown)


def set_up_assessment(request: Request) -> HttpResponse:
    rounds = [round for round in managed_rounds(request.user) if round.rules.assessment.items]
    if not request.user.can(MANAGE):
        raise Http404
    form = SetUpForm(request.POST or None, rounds=rounds, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        round, period = form.chosen
        try:
            made = acts.set_up(by=request.user, round=round, period=period, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Set up. Look at its rules, then open it."))
            return redirect(made)
    return render(request, "reports/assessment/set_up.html", {"form": form, "rounds": rounds})


def managed_rounds(user) -> list[Round]:
    rounds = Round.objects.visible_to(user).published().select_related("scheme_version", "organiser")
    return [round for round in rounds if user.can(MANAGE, round.organiser)]


@require_safe
def assessment_page(request: Request, pk: int) -> HttpResponseBase:
    """Everybody assessed whom the reader may see, item by item; for the organiser with the steps."""
    assessment = visible_assessment(request.user, pk)
    rows = Assessed.objects.visible_to(request.user).filter(assessment=assessment)
    manages = request.user.can(MANAGE, assessment.round.organiser)
    shown = {"assessment": assessment, "manages": manages, "rules": assessment.rules, "states": AssessmentState}
    if manages:
        shown["waiting"] = Appeal.objects.filter(assessed__assessment=assessment, replied_at=None).count()
        shown["thin"] = rows.filter(is_thin=True).count()
    return render_list(
        request,
        queryset=rows.related().prefetch_related("lines"),
        filterset_class=filter_of(assessment),
        table_class=table_of(assessment, request.GET.get("side", "")),
        title=str(assessment),
        template="reports/assessment/page.html",
        context=shown
        | {"empty_sentence": _("Nobody is assessed yet: open the assessment, then everything is reckoned.")},
    )


def assessment_rules(request: Request, pk: int) -> HttpResponse:
    """Before it opens the organiser may change points and weights; afterwards they are read."""
    assessment = managed_assessment(request.user, pk)
    if assessment.state != AssessmentState.DRAFT:
        return redirect(assessment)
    form = RulesForm(request.POST or None, rules=assessment.rules)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_rules(by=request.user, assessment=assessment, changes=form.changes(), items=form.items())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept."))
            return redirect(assessment)
    return render(request, "reports/assessment/rules.html", {"assessment": assessment, "form": form})


@require_POST
def assessment_step(request: Request, pk: int, step: str) -> HttpResponse:
    assessment = managed_assessment(request.user, pk)
    if step not in STEPS:
        raise Http404
    verb, said = STEPS[step]
    try:
        verb(by=request.user, assessment=assessment, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(assessment)


@require_safe
def assessment_taken(request: Request, pk: int, key: str) -> HttpResponseBase:
    """The workbook for another appraisal, or a check list."""
    assessment = visible_assessment(request.user, pk)
    rows = Assessed.objects.visible_to(request.user).filter(assessment=assessment)
    consumer = next((each for each in assessment.rules.consumers if each.key == key), None)
    sheet = next((each for each in assessment.rules.check_lists if each.key == key), None)
    if consumer:
        return workbook_response(consumer.name, *consumers.sheet_of(assessment, consumer, rows))
    if sheet:
        return workbook_response(sheet.name, *consumers.check_list(sheet, assessment, rows))
    raise Http404


def visible_assessment(user, pk: int) -> Assessment:
    rows = Assessment.objects.visible_to(user).select_related("round__organiser", "round__scheme_version", "earlier")
    return get_object_or_404(rows, pk=pk)


def managed_assessment(user, pk: int) -> Assessment:
    assessment = visible_assessment(user, pk)
    if not user.can(MANAGE, assessment.round.organiser):
        raise Http404
    return assessment
