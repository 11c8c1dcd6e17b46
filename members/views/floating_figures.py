"""Figures of floating members: origin by destination (T7), and the panel of a pairing (SH-20)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import workbook_response
from members.floating import counting
from members.floating.halves import half_of
from members.models import FloatingRecord
from members.querysets.floating import KEEP, kept
from members.views.floating_reach import keepers_only
from organisations.requests import Request
from pairing.views.reach import visible_pairing


@require_safe
def table(request: Request) -> HttpResponseBase:
    """Of those whom the user keeps at either place; as a workbook for `?export=xlsx`."""
    keepers_only(request.user)
    today = timezone.localdate()
    rows = FloatingRecord.objects.visible_to(request.user).filter(
        kept(request.user, "origin__path", "destination__path")
    )
    lines, title = counting.table(rows, today), _("Floating members by origin and destination")
    if request.GET.get("export") == "xlsx":
        return workbook_response(title, header(), map(exported, lines))
    shown = {"lines": lines, "totals": counting.totals(lines), "half": half_of(today).before, "today": today}
    return render(request, "members/floating/table.html", shown)


def header() -> list[str]:
    places = [_("Place of origin"), _("Destination")]
    return [*places, _("Registered"), _("Agreement signed"), _("Reported in"), _("Reports"), _("Deeds"), _("Letters")]


def exported(line: dict) -> list:
    return [line["origin__name"], line["destination__name"] or "", *(line[name] for name in counting.FIGURES)]


@require_safe
def of_pairing(request: Request, pk: int) -> HttpResponse:
    """A panel of the pairing's page, and a page: numbers for both sides, the list for whoever keeps them."""
    pairing = visible_pairing(request.user, pk)
    shown = {
        "pairing": pairing,
        "figures": counting.of_pairing(pairing, timezone.localdate()),
        "may_list": request.user.can(KEEP, pairing.village),
    }
    part = "pairing_panel" if request.htmx else "pairing_page"
    return render(request, f"members/floating/{part}.html", shown)
