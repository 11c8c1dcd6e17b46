"""Over a whole round: which plans and promises are there or missing, and how far the targets are."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from organisations.requests import Request
from pairing.listings.plans import TargetFilter, TargetTable, of_round
from pairing.models import Pairing, Target
from pairing.plans import asked as plans
from pairing.plans import goals
from pairing.states import PairingState
from pairing.views.plan_reach import number_in
from pairing.views.reach import visible_round


@require_safe
def round_plans(request: Request, pk: int) -> HttpResponseBase:
    """The signed pairings that one sees, each with everything that the scheme asks for (SH-43, TN-11)."""
    round = visible_round(request.user, pk)
    year = number_in(request.GET, "year", plans.year_in(round, timezone.localdate()))
    asked = plans.asked_of(round.rules)
    filterset, table = of_round(round, asked, year)
    signed = Pairing.objects.visible_to(request.user).filter(round=round, state=PairingState.SIGNED)
    shown = goals.with_target_counts(plans.with_standings(signed, asked, year))
    return render_list(
        request,
        queryset=shown.select_related("unit", "village"),
        filterset_class=filterset,
        table_class=table,
        title=_("Plans and promises"),
        is_long=True,
        template="pairing/plans/round.html",
        context={
            "round": round,
            "year": year,
            "years": plans.years_of(round),
            "tallies": plans.remembered_tally(signed, asked, year),
            "empty_sentence": _("No agreement is signed in this round yet; plans follow the signing."),
        },
    )


@require_safe
def round_targets(request: Request, pk: int) -> HttpResponseBase:
    """Every target of the pairings that one sees, and for each goal of the scheme how many have met it (QX-04)."""
    round = visible_round(request.user, pk)
    standing = Pairing.objects.visible_to(request.user).filter(round=round).exclude(state=PairingState.RELEASED)
    targets = Target.objects.visible_to(request.user).filter(pairing__round=round).order_by("pk")
    return render_list(
        request,
        queryset=targets.exclude(pairing__state=PairingState.RELEASED).select_related(
            "pairing__unit", "pairing__village"
        ),
        filterset_class=type("TargetFilter", (TargetFilter,), {"rules": round.rules}),
        table_class=TargetTable,
        title=_("Targets"),
        is_long=True,
        template="pairing/plans/round_targets.html",
        context={
            "round": round,
            "tallies": goals.tally(standing, round.rules),
            "empty_sentence": _("No pairing of this round has a target yet."),
        },
    )
