"""One village of an inspection: its checklist, another village instead, what was found."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.views.submitting import form_page, performed
from organisations.models import User
from organisations.requests import Request
from pairing.models import Pairing
from reports.actions import inspections as acts
from reports.forms.inspection import CheckForm, FindingForm, ReplaceForm, villages_below
from reports.inspection.states import InspectionState
from reports.models import InspectedVillage


def inspected_village(request: Request, pk: int) -> HttpResponse:
    """What the records say, what the inspectors say, and the issues that were raised."""
    place = visible_place(request.user, pk)
    lines = list(place.lines.order_by("position"))
    is_open = may_work(request.user, place)
    form = CheckForm(request.POST or None, place=place, lines=lines) if is_open else None
    if request.method == "POST" and form is None:
        raise Http404

    def record(*, by: User, **fields) -> InspectedVillage:
        results = CheckForm.results_of(fields)
        looked_on, words = fields["looked_on"], fields["words"]
        return acts.record_check(
            by=by, place=place, looked_on=looked_on, words=words, results=results, at=timezone.now()
        )

    if form is not None and performed(request, form, record) is not None:
        messages.success(request, _("Saved. Nothing is final until the inspection is handed on."))
        return redirect(place)
    inspection = place.inspection
    names = {item.key: item for item in inspection.checklist}
    pairings = Pairing.objects.standing().filter(round=inspection.round, village=place.village)
    shown = {
        "place": place,
        "inspection": inspection,
        "lines": [(names[line.item], line) for line in lines],
        "form": form,
        "rows": [(names[line.item], line, result, remark) for line, result, remark in form.rows] if form else [],
        "findings": place.findings.select_related("issue"),
        "pairings": pairings.visible_to(request.user).select_related("unit", "village"),
        "may_raise": is_open and request.user.can("issue.manage", place.village),
        "replacement": InspectedVillage.objects.filter(instead_of=place).select_related("village").first(),
    }
    return render(request, "reports/inspection/village.html", shown)


def replace_village(request: Request, pk: int) -> HttpResponse:
    place = workable(request.user, pk)
    form = ReplaceForm(request.POST or None, among=villages_below(place.inspection.organisation))
    if taken := performed(request, form, acts.replace_village, place=place, at=timezone.now()):
        messages.success(request, _("Taken. The reason stands on the page of the inspection."))
        return redirect(taken)
    title, back = _("Take another village instead"), place.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=place.village.name, about=place.inspection)


def raise_from_inspection(request: Request, pk: int) -> HttpResponse:
    place = workable(request.user, pk)
    form = FindingForm(request.POST or None)
    if performed(request, form, acts.raise_finding, place=place, at=timezone.now()):
        messages.success(request, _("In the issue ledger; both sides are told."))
        return redirect(place)
    title, back = _("Raise an issue"), place.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=place.village.name, about=place.inspection)


def visible_place(user: User, pk: int) -> InspectedVillage:
    related = ("inspection__organisation", "inspection__round__scheme_version", "village", "recorded_by")
    rows = InspectedVillage.objects.visible_to(user).select_related(*related, "instead_of__village")
    return get_object_or_404(rows, pk=pk)


def may_work(user: User, place: InspectedVillage) -> bool:
    is_out = InspectedVillage.objects.filter(instead_of=place).exists()
    is_open = place.inspection.state == InspectionState.UNDER_WAY and not is_out
    return is_open and user.can(acts.INSPECT, place.inspection.organisation)


def workable(user: User, pk: int) -> InspectedVillage:
    place = visible_place(user, pk)
    if not may_work(user, place):
        raise Http404
    return place
