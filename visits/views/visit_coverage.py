"""How far the households and the people to be called on were visited: all villages, and one."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.nearness import Reader
from organisations.requests import Request
from visits import calling
from visits.doorstep import visiting_unit
from visits.listings.visit_coverage import CallFilter, CallTable
from visits.querysets.household_visits import MANAGE, READ


@require_safe
def visit_coverage(request: Request) -> HttpResponseBase:
    if not (request.user.can(READ) or request.user.can(MANAGE)):
        raise Http404
    return render_list(
        request,
        queryset=calling.with_calls(calling.villages_of(request.user)),
        filterset_class=CallFilter,
        table_class=CallTable,
        title=_("Who was visited, village by village"),
        plain=calling.villages_of(request.user),
        template="visits/household/coverage.html",
        context={"empty_sentence": _("No village of yours has households to be visited.")},
    )


@require_safe
def village_visits(request: Request, pk: int) -> HttpResponse:
    """The seven kinds of one village: how many the register knows, on whom nobody has called yet (XY-10)."""
    village = get_object_or_404(calling.with_calls(calling.villages_of(request.user)), pk=pk)
    reader = Reader(request.user)
    calls = [
        (each, [(reader.name_of(record), record, record._meta.model_name) for record in each.waiting])
        for each in calling.calls_in(village)
    ]
    shown = {"village": village, "calls": calls, "may_record": visiting_unit(request.user, village) is not None}
    return render(request, "visits/household/village.html", shown)
