"""The published directory: for everybody, signed in or not (SH-29)."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.requests import HtmxRequest
from organisations.models import Organisation
from pairing.directories import changes, versions_of
from pairing.listings.directory import (
    DirectoryUnitFilter,
    DirectoryUnitTable,
    DirectoryVillageFilter,
    DirectoryVillageTable,
    of_directory,
)
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

FILTERS = {Side.VILLAGE: DirectoryVillageFilter, Side.UNIT: DirectoryUnitFilter}
TABLES = {Side.VILLAGE: DirectoryVillageTable, Side.UNIT: DirectoryUnitTable}


@login_not_required
@require_safe
def directory(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """`?version=` shows an earlier one, `?side=unit` the units."""
    round = get_object_or_404(Round.objects.select_related("organiser", "scheme_version"), pk=pk)
    versions = versions_of(round)
    number = request.GET.get("version", "")
    shown = next((version for version in versions if number in ("", str(version.version))), None)
    if shown is None:
        raise Http404
    side = Side.UNIT if request.GET.get("side") == Side.UNIT else Side.VILLAGE
    return render_list(
        request,
        queryset=DirectoryEntry.objects.filter(directory=shown, side=side).prefetch_related(*needs_of(side)),
        filterset_class=of_directory(FILTERS[side], shown.pk),
        table_class=TABLES[side],
        title=_("Directory"),
        template="pairing/directory/page.html",
        is_long=True,
        context={
            "round": round,
            "versions": versions,
            "shown": shown,
            "side": side,
            "labels": round.rules.labels,
            "changes": changes(shown),
        },
    )


def needs_of(side: Side) -> list:
    """Only what a public page prints is read: no contact, no phone."""
    if side == Side.UNIT:
        return []
    return [Prefetch("organisation", Organisation.objects.only("pk", "path")), "organisation__needs"]
