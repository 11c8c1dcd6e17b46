"""Applicants between two places: the list, one applicant with what each place did."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from members.actions import floating_applicants as acts
from members.floating.kinds import TWICE, Desk, StepKind
from members.forms.floating_applicants import ApplicantForm, ApplicantStepForm, EndApplicantForm
from members.listings.floating_lists import ApplicantFilter, ApplicantTable
from members.models import FloatingApplicant
from members.querysets.floating import KEEP
from members.states import ApplicantState
from members.views.floating_reach import in_area, keepers_only, show_form
from members.views.submitting import first_step, performed
from organisations.requests import Request


@require_safe
def applicant_list(request: Request) -> HttpResponseBase:
    keepers_only(request.user)
    applicants = FloatingApplicant.objects.visible_to(request.user).select_related("origin", "destination")
    done = {desk: Count("steps", filter=Q(steps__desk=desk, steps__kind__in=TWICE)) for desk in Desk}
    return render_list(
        request,
        queryset=applicants.annotate(at_origin=done[Desk.ORIGIN], at_destination=done[Desk.DESTINATION]),
        filterset_class=ApplicantFilter,
        table_class=ApplicantTable,
        title=str(_("Applicants between two places")),
        template="members/floating/applicants.html",
        context={
            **first_step(
                True,
                _("No applicant yet. Both places cultivate, inspect, ask for opinions and give notice."),
                "new_floating_applicant",
                _("Enter an applicant"),
            )
        },
    )


def new_applicant(request: Request) -> HttpResponse:
    keepers_only(request.user)
    form = ApplicantForm(request.POST or None, among=in_area(request.user))
    if applicant := performed(request, form, acts.enter_applicant, at=timezone.now()):
        messages.success(request, _("Entered; both places see it."))
        return redirect(applicant)
    return show_form(request, form, _("Enter an applicant"), _("Enter it"))


@require_safe
def applicant_page(request: Request, pk: int) -> HttpResponse:
    """What each of the two places did, side by side, and what is still missing."""
    applicant = reached_applicant(request, pk)
    steps = list(applicant.steps.all())
    missing = acts.missing_steps(applicant, timezone.localdate())
    rows = [
        (kind.label, [[step for step in steps if (step.kind, step.desk) == (kind, desk)] for desk in Desk])
        for kind in StepKind
    ]
    is_open, lead = applicant.state == ApplicantState.CULTIVATED, leading(applicant)
    shown = {
        "applicant": applicant,
        "rows": rows,
        "missing": missing if is_open else [],
        "may_note": is_open,
        "may_erase": not is_open and not applicant.erased_at and request.user.can(acts.ERASE, applicant.origin),
        "may_complete": is_open and not missing and request.user.can(KEEP, lead),
    }
    return render(request, "members/floating/applicant.html", shown)


def applicant_step(request: Request, pk: int) -> HttpResponse:
    applicant, user = open_applicant(request, pk), request.user
    places = {Desk.ORIGIN: applicant.origin, Desk.DESTINATION: applicant.destination}
    form = ApplicantStepForm(request.POST or None, desks=[desk for desk in Desk if user.can(KEEP, places[desk])])
    if performed(request, form, acts.note_step, applicant=applicant, at=timezone.now()):
        messages.success(request, _("Noted; both places read it."))
        return redirect(applicant)
    return show_form(request, form, _("Note a step"), _("Note it"), back=applicant)


@require_POST
def complete(request: Request, pk: int) -> HttpResponse:
    applicant = open_applicant(request, pk)
    acts.complete(by=request.user, applicant=applicant, at=timezone.now())
    messages.success(request, _("Complete at both places."))
    return redirect(applicant)


def end_applicant(request: Request, pk: int) -> HttpResponse:
    applicant = open_applicant(request, pk)
    form = EndApplicantForm(request.POST or None)
    if performed(request, form, acts.end_applicant, applicant=applicant, at=timezone.now()):
        messages.success(request, _("Ended; what was noted stays."))
        return redirect(applicant)
    return show_form(request, form, _("End the cultivation"), _("End it"), back=applicant)


@require_POST
def erase_applicant(request: Request, pk: int) -> HttpResponse:
    applicant = reached_applicant(request, pk)
    if not request.user.can(acts.ERASE, applicant.origin):
        raise Http404
    acts.erase_applicant(by=request.user, applicant=applicant, at=timezone.now())
    messages.success(request, _("The personal data is erased."))
    return redirect(applicant)


def leading(applicant: FloatingApplicant):
    return applicant.origin if applicant.lead == Desk.ORIGIN else applicant.destination


def open_applicant(request: Request, pk: int) -> FloatingApplicant:
    applicant = reached_applicant(request, pk)
    if applicant.state != ApplicantState.CULTIVATED:
        raise Http404
    return applicant


def reached_applicant(request: Request, pk: int) -> FloatingApplicant:
    rows = FloatingApplicant.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("origin", "destination").prefetch_related("steps"), pk=pk)
