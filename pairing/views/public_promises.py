"""What anybody may read, without sign-in: the public commitments of a round, and those of one village (AH-23)."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.requests import HtmxRequest
from pairing.listings.promises import PublicPromiseFilter, PublicPromiseTable
from pairing.models import DirectoryEntry, Pairing, Plan, PublicCommitment
from pairing.schemes.scheme import PlanKind
from pairing.states import PairingState, Side
from pairing.views.board import published_round

PERSONAL = tuple(
    f"pairing__{side}__{name}" for side in ("unit", "village") for name in ("contact_name", "contact_phone")
)  # not even read


@login_not_required
@require_safe
def public_promises(request: HtmxRequest, pk: int) -> HttpResponseBase:
    round = published_round(pk)
    promises = PublicCommitment.objects.published().in_force().filter(pairing__round=round)
    return render_list(
        request,
        queryset=promises.select_related("pairing__unit", "pairing__village").defer(*PERSONAL).order_by("-pk"),
        filterset_class=PublicPromiseFilter,
        table_class=PublicPromiseTable,
        title=_("Public commitments"),
        is_long=True,
        template="pairing/board/promises.html",
        context={"round": round, "empty_sentence": _("No commitment has been published in this round yet.")},
    )


@login_not_required
@require_safe
def public_village(request: HtmxRequest, pk: int, party: int) -> HttpResponse:
    """One village of the round: who aids it, the key points of their work, what was promised and kept."""
    round = published_round(pk)
    lines = DirectoryEntry.objects.current(round).filter(side=Side.VILLAGE)
    line = get_object_or_404(lines, organisation=party)
    published = PublicCommitment.objects.published().select_related("replaces", "replaced_by").order_by("due_on", "pk")
    key_points = Plan.objects.in_force().filter(kind=PlanKind.KEY_POINTS).order_by("-year").prefetch_related("items")
    pairings = (
        Pairing.objects.filter(round=round, village=party, state__in=[PairingState.SIGNED, PairingState.ENDED])
        .select_related("unit", "village")
        .defer(*(name.removeprefix("pairing__") for name in PERSONAL))
        .prefetch_related(
            Prefetch("public_commitments", published, to_attr="published"),
            Prefetch("plans", key_points, to_attr="key_points"),
        )
    )
    shown = {"round": round, "line": line, "pairings": pairings, "labels": round.rules.labels}
    return render(request, "pairing/board/village.html", shown)
