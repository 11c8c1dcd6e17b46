"""Files of plans, references in other work plans, and the shared calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from office import files
from organisations.requests import Request
from pairing.actions import plans as acts
from pairing.forms.plans import ReferenceForm
from pairing.models import Plan, PlanReference
from pairing.plans import asked as plans
from pairing.plans import calendars
from pairing.plans.kinds import REFERENCES
from pairing.states import Side
from pairing.views.plan_reach import acting_side, number_in, plain_pairing


@require_safe
def plan_file(request: Request, pk: int) -> HttpResponseBase:
    """For both sides and the organiser."""
    plans_with_file = Plan.objects.with_papers_for(request.user).exclude(file=None).select_related("file")
    return files.serve(get_object_or_404(plans_with_file, pk=pk).file)


@require_safe
def reference_file(request: Request, pk: int) -> HttpResponseBase:
    references = PlanReference.objects.with_papers_for(request.user).select_related("file")
    return files.serve(get_object_or_404(references, pk=pk).file)


def refer_to_plan(request: Request, pk: int, kind: str) -> HttpResponse:
    """The unit ticks that the measures stand in its own plan, or its branch's, and attaches that (TN-22)."""
    pairing = plain_pairing(request.user, pk)
    if kind not in REFERENCES or acting_side(request.user, pairing) != Side.UNIT:
        raise Http404
    year = number_in(request.GET, "year", plans.year_in(pairing.round, timezone.localdate()))
    found = PlanReference.objects.filter(pairing=pairing, kind=kind, year=year).first()
    initial = {"title": found.title, "consent": True} if found else None
    form = ReferenceForm(request.POST or None, request.FILES or None, has_file=found is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.refer_to_plan(
                by=request.user,
                pairing=pairing,
                kind=kind,
                year=year,
                title=form.cleaned_data["title"],
                at=timezone.now(),
                upload=form.cleaned_data["file"],
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("Noted, with the plan attached."))
            return redirect("pairing_plans", pairing.pk)
    rule = plans.rule_for(pairing.round.rules, kind)
    shown = {"pairing": pairing, "rule": rule, "year": year, "form": form, "found": found}
    return render(request, "pairing/plans/reference.html", shown)


@require_safe
def pairing_calendar(request: Request, pk: int) -> HttpResponse:
    pairing = plain_pairing(request.user, pk)
    entries = calendars.entries_of(pairing)
    shown = {"pairing": pairing, "months": calendars.by_month(entries), "today": timezone.localdate()}
    return render(request, "pairing/plans/calendar.html", shown)


@require_safe
def pairing_ics(request: Request, pk: int) -> HttpResponse:
    pairing = plain_pairing(request.user, pk)
    base = request.build_absolute_uri("/").rstrip("/")
    content = calendars.as_ics(
        pairing, calendars.entries_of(pairing), host=request.get_host(), base=base, at=timezone.now()
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{pairing}.ics")
    response["Cache-Control"] = "private, no-store"
    return response
