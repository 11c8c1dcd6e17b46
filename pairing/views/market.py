"""The market: units find villages, villages find units, and either proposes."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import market as acts
from pairing.figures.interest import lines_with_interest, unpaired_first, with_fit
from pairing.forms.market import ProposeForm
from pairing.levels import partners_of
from pairing.listings.market import UnitFilter, UnitTable, VillageFilter, VillageTable, for_round
from pairing.models import Intention, Pairing, Round
from pairing.states import Origin, Side
from pairing.views.reach import own_parties, visible_round


@require_safe
def villages(request: Request, pk: int) -> HttpResponseBase:
    """For a unit: the villages of the directory, first those without a unit whose needs it can meet."""
    return party_list(request, visible_round(request.user, pk), Side.VILLAGE)


@require_safe
def units(request: Request, pk: int) -> HttpResponseBase:
    """For a village: the units of the directory, first those without a village that offer what it needs."""
    return party_list(request, visible_round(request.user, pk), Side.UNIT)


def party_list(request: Request, round: Round, side: Side) -> HttpResponseBase:
    own = own_parties(request.user, round, side.other)
    chooses = side == Side.VILLAGE and request.user.can("units.choose")
    related = "organisation__needs" if side == Side.VILLAGE else "organisation__strengths"
    acting = acting_posts(request.user, side.other)
    lines = with_fit(lines_with_interest(round, side), side, own).prefetch_related(related)
    if kinds := partners_of((post.organisation.kind for post in acting), side, round.rules.pairing.levels):
        lines = lines.filter(kind__in=kinds)
    filterset, table = (VillageFilter, VillageTable) if side == Side.VILLAGE else (UnitFilter, UnitTable)
    return render_list(
        request,
        queryset=lines.order_by(*unpaired_first(round, side), *(["-fits"] if acting else []), "pk"),
        filterset_class=for_round(filterset, round=round),
        table_class=for_round(table, round_pk=round.pk),
        title=_("Choose a village") if side == Side.VILLAGE else _("Choose a unit"),
        is_long=True,
        template="pairing/market/list.html",
        context={
            "round": round,
            "side": side,
            "posts_acting": acting,
            "chooses": chooses,
        },
    )


def acting_posts(user, side: Side) -> list:
    return [post for post in user.posts if post.grants(f"{side}.act")]


def village(request: Request, pk: int, party: int) -> HttpResponse:
    return party_page(request, visible_round(request.user, pk), Side.VILLAGE, party)


def unit(request: Request, pk: int, party: int) -> HttpResponse:
    return party_page(request, visible_round(request.user, pk), Side.UNIT, party)


def party_page(request: Request, round: Round, side: Side, party: int) -> HttpResponse:
    """What is known of one line of the directory, who is interested, and the proposal."""
    line = get_object_or_404(lines_with_interest(round, side), organisation=party)
    own = own_parties(request.user, round, side.other)
    form = ProposeForm(request.POST or None, parties=own, round=round)
    if request.method == "POST" and form.is_valid():
        answer = propose(request, round, side, line.organisation, form.cleaned_data)
        if answer:
            return answer
    return render(
        request,
        "pairing/market/party.html",
        {
            "round": round,
            "line": line,
            "side": side,
            "form": form,
            "may_propose": own.exists(),
            "villagers_choose": side == Side.UNIT and Origin.VILLAGERS_CHOICE in round.rules.pairing.origins,
            "proposals": Intention.objects.open()
            .filter(round=round, **{side: party})
            .select_related("unit", "village"),
            "pairings": Pairing.objects.standing()
            .filter(round=round, **{side: party})
            .select_related("unit", "village"),
        },
    )


def propose(request: Request, round: Round, side: Side, other, data: dict) -> HttpResponse | None:
    """The page of the proposal; None where it was refused and the sentence shows on the page."""
    parties = {side: other, side.other: data["party"]}
    try:
        intention = acts.propose(
            by=request.user,
            round=round,
            unit=parties[Side.UNIT],
            village=parties[Side.VILLAGE],
            side=side.other,
            words=data["words"],
            mode=data["mode"],
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    messages.success(request, _("Proposed. %(name)s was told and will answer.") % {"name": other.name})
    return redirect(intention)
