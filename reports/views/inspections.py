"""Inspections: the list, the plan, the draw, and how it ends."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.periods import half_years
from core.refusals import Refused
from members.views.submitting import form_page, performed
from organisations.models import User
from organisations.requests import Request
from reports.actions import inspections as acts
from reports.forms.inspection import PlanForm
from reports.holding import inspecting, rounds_of
from reports.inspection.standing import results_of, standing_of
from reports.listings.inspection import InspectionFilter, InspectionTable
from reports.models import InspectedVillage, Inspection

SAMPLE = 10


@require_safe
def inspection_list(request: Request) -> HttpResponseBase:
    rows = Inspection.objects.visible_to(request.user).select_related("organisation")
    return render_list(
        request,
        queryset=rows.annotate(issues=Count("places__findings")).order_by("-on", "-pk"),
        filterset_class=InspectionFilter,
        table_class=InspectionTable,
        title=_("Inspections"),
        template="reports/inspection/list.html",
        context={
            "may_plan": request.user.can(acts.INSPECT),
            "empty_sentence": _(
                "No inspection is planned yet. Villages are drawn by lot, so that not all need prepare."
            ),
        },
    )


def new_inspection(request: Request) -> HttpResponse:
    organisation = inspecting(request.user)
    today = timezone.localdate()
    period = next(half_years(today, today))
    days = {"on": today, "since": period.first_day, "until": period.last_day, "size": SAMPLE}
    form = PlanForm(request.POST or None, rounds=rounds_of(request.user), initial=days)

    def plan(*, by: User, **fields) -> Inspection:
        held = PlanForm.plan_of(fields)
        at = timezone.now()
        return acts.plan_inspection(by=by, organisation=organisation, round=fields["round"], plan=held, at=at)

    if inspection := performed(request, form, plan):
        messages.success(request, _("Planned. The villages are drawn in the next step."))
        return redirect(inspection)
    back, back_name = reverse("inspections"), _("Inspections")
    return form_page(request, form, _("Plan an inspection"), back=back, back_name=back_name, about=organisation)


def edit_inspection(request: Request, pk: int) -> HttpResponse:
    inspection = managed(request.user, pk)
    now = {name: getattr(inspection, name) for name in PlanForm.base_fields if name != "round"}
    now["is_planned"] = "yes" if inspection.is_planned else "no"
    form = PlanForm(request.POST or None, rounds=None, initial=now)

    def change(*, by: User, **fields) -> Inspection:
        return acts.change_plan(by=by, inspection=inspection, plan=PlanForm.plan_of(fields))

    if performed(request, form, change):
        return redirect(inspection)
    back = inspection.get_absolute_url()
    return form_page(request, form, _("Change the plan"), back=back, back_name=inspection.title)


@require_safe
def inspection_page(request: Request, pk: int) -> HttpResponse:
    inspection = visible(request.user, pk)
    places = InspectedVillage.objects.visible_to(request.user).filter(inspection=inspection)
    manages = request.user.can(acts.INSPECT, inspection.organisation)
    shown = {
        "inspection": inspection,
        "places": results_of(places),
        "manages": manages,
        "circulars": inspection.circulars.visible_to(request.user),
        "standing": standing_of(inspection, request.user) if manages else None,
    }
    return render(request, "reports/inspection/page.html", shown)


@require_POST
def draw_villages(request: Request, pk: int) -> HttpResponse:
    inspection = managed(request.user, pk)
    draw = partial(acts.draw_villages, by=request.user, inspection=inspection, at=timezone.now())
    return stepped(request, inspection, draw, _("Drawn. The checklists are filled from the records."))


@require_POST
def fill_inspection(request: Request, pk: int) -> HttpResponse:
    inspection = managed(request.user, pk)
    fill = partial(acts.fill_again, by=request.user, inspection=inspection, at=timezone.now())
    return stepped(request, inspection, fill, _("Filled anew from the records of today."))


@require_POST
def inspection_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Hand on, confirm, send back, give up."""
    inspection = managed(request.user, pk)
    words, now = request.POST.get("words", "")[:300], timezone.now()
    verbs: dict[str, Callable] = {
        "submit": partial(acts.submit_inspection, at=now),
        "confirm": partial(acts.confirm_inspection, at=now),
        "return": partial(acts.return_inspection, words=words, at=now),
        "drop": partial(acts.drop_inspection, words=words),
    }
    if step not in verbs:
        raise Http404
    return stepped(request, inspection, partial(verbs[step], by=request.user, inspection=inspection), _("Done."))


def stepped(request: Request, inspection: Inspection, verb: Callable, told: str) -> HttpResponse:
    """What was done, or why it was refused, on the page of the inspection."""
    try:
        verb()
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told)
    return redirect(inspection)


def visible(user: User, pk: int) -> Inspection:
    related = ("organisation", "round__scheme_version", "planned_by", "drawn_by", "submitted_by", "confirmed_by")
    return get_object_or_404(Inspection.objects.visible_to(user).select_related(*related), pk=pk)


def managed(user: User, pk: int) -> Inspection:
    """One of an organisation for which the user inspects; to everybody else it does not exist."""
    inspection = visible(user, pk)
    if not user.can(acts.INSPECT, inspection.organisation):
        raise Http404
    return inspection
