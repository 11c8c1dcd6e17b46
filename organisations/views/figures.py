"""Figures of the directory: units by category and level, one village over the years."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.marks import Remembered
from organisations import comparing, statistics
from organisations.kinds import Level
from organisations.models import Organisation
from organisations.requests import Request


@require_safe
def unit_statistics(request: Request) -> HttpResponse:
    """Open units in one's scope: the eight categories of SH-08 and the kinds of AH-03, each by level."""
    units = Organisation.objects.visible_to(request.user).units().open()
    read = Remembered(units.values("kind", "level", "party_members"))
    categories, kinds = read.get("figures", lambda: (statistics.by_category(units), statistics.by_kind(units)))
    tables = [
        (_("By category"), "category", categories, statistics.totals(categories, _("all units"))),
        (_("By kind and level"), "kind", kinds, statistics.totals(kinds, _("all units"))),
    ]
    shown = statistics.levels_shown(kinds)
    for _title, _key, rows, total in tables:
        for row in (*rows, total):
            row.levels = {level: row.levels.get(level, 0) for level in shown}
    levels = [Level(level).label if level else _("no level") for level in shown]
    return render(request, "organisations/figures/units.html", {"tables": tables, "levels": levels})


@require_safe
def compare_facts(request: Request, pk: int) -> HttpResponse:
    """`?baseline=2020&year=2024`; without them the first and the last year."""
    village = get_object_or_404(Organisation.objects.readable_by(request.user).villages(), pk=pk)
    facts = list(village.facts.order_by("year"))
    comparison = comparing.chosen(facts, request.GET.get("baseline", ""), request.GET.get("year", ""))
    context = {"organisation": village, "facts": facts, "comparison": comparison}
    return render(request, "organisations/figures/facts.html", context)
