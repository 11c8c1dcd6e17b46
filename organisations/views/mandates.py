"""Who has which part in the work of an area: the role matrix of AH-38 and TN-20."""

from django.contrib import messages
from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from organisations import actions
from organisations.forms.records import MandateForm
from organisations.kinds import Kind
from organisations.mandates import PARTS
from organisations.models import Mandate, Organisation
from organisations.querysets import within
from organisations.requests import Request
from organisations.views.editing import refuse_in

SUPERVISE = "supervise"


def mandates(request: Request, pk: int) -> HttpResponse:
    """For everybody in the area; those who may change the area give parts here."""
    area = readable_area(request, pk)
    may_edit = request.user.can("organisation.edit", area) and area.closed_on is None
    form = None
    if may_edit:
        among = Organisation.objects.under(area).managed_by(request.user, "organisation.edit")
        form = MandateForm(request.POST or None, among=among)
    if form and request.method == "POST" and form.is_valid():
        try:
            given = actions.give_mandate(by=request.user, area=area, **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("%(name)s has this part from then on.") % {"name": given.holder.name})
            return redirect("mandates", pk)
    if request.method == "POST" and not may_edit:
        get_object_or_404(Organisation.objects.none())
    rows = matrix(area)
    context = {"area": area, "parts": list(PARTS.values()), "rows": rows, "form": form, "unassigned": unassigned(rows)}
    return render(request, "organisations/mandates.html", context)


def readable_area(request: Request, pk: int) -> Organisation:
    """In one's scope, or above one's own place."""
    scopes, step = request.user.scopes(), Organisation.steplen
    above = {path[:end] for path in scopes for end in range(step, len(path) + 1, step)}
    return get_object_or_404(Organisation.objects.filter(within(scopes) | Q(path__in=above)), pk=pk)


def matrix(area: Organisation) -> list[dict]:
    """One row for each organisation that has a part: its cells in the order of the parts.

    The agencies below are counted where it supervises them.
    """
    holder, last = OuterRef("holder__path"), Value(Organisation.alphabet[-1] * Organisation.steplen)
    under = Q(path__range=(holder, Concat(holder, last)))  # by the index, which a pattern made of a column can't use
    below = Organisation.objects.order_by().open().filter(under, kind=Kind.AGENCY)
    agencies = below.values("kind").annotate(found=Count("pk")).values("found")
    held = (
        Mandate.objects.filter(area=area)
        .current()
        .select_related("holder")
        .annotate(agencies=Case(When(part=SUPERVISE, then=Coalesce(Subquery(agencies), 0)), default=Value(0)))
        .order_by("holder__depth", "holder__path")
    )
    rows: dict[int, dict] = {}
    for mandate in held:
        row = rows.setdefault(mandate.holder_id, {"holder": mandate.holder, "held": {}, "agencies": 0})
        row["held"][mandate.part] = mandate
        row["agencies"] += mandate.agencies
    return [row | {"cells": [(part, row["held"].get(key)) for key, part in PARTS.items()]} for row in rows.values()]


def unassigned(rows: list[dict]) -> list:
    held = {part for row in rows for part in row["held"]}
    return [part for key, part in PARTS.items() if key not in held]


@require_POST
def end_mandate(request: Request, pk: int) -> HttpResponse:
    reachable = Organisation.objects.managed_by(request.user, "organisation.edit").order_by().values("pk")
    mandate = get_object_or_404(Mandate.objects.select_related("area", "holder"), pk=pk, area__in=reachable)
    actions.end_mandate(by=request.user, mandate=mandate, on=timezone.localdate())
    messages.success(request, _("%(name)s has this part until today.") % {"name": mandate.holder.name})
    return redirect("mandates", mandate.area_id)
