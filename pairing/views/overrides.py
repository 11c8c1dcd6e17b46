"""The organiser's moves before an agreement is signed, each on a page of its own with its reason (SH-30, AH-06)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from pairing.actions import overrides as acts
from pairing.actions.decisions import newest_decision
from pairing.forms.consortium import AddForm, MergeForm, MoveForm
from pairing.forms.market import PreferForm
from pairing.models import Pairing, Round
from pairing.states import PairingState, Side
from pairing.views.reach import managed_pairing, managed_round

PAGE = "pairing/decisions/override.html"


def reassign(request: Request, pk: int) -> HttpResponse:
    """To another unit; with ?side=village, to another village."""
    pairing = managed_pairing(request.user, pk)
    side = Side.VILLAGE if request.GET.get("side") == Side.VILLAGE else Side.UNIT
    labels = {Side.UNIT: _("To which unit"), Side.VILLAGE: _("To which village")}
    where: dict[str, Any] = {
        "round": pairing.round,
        "side": side,
        "label": labels[side],
        "sought": request.GET.get("find", ""),
    }
    form = MoveForm(request.POST or None, initial=seen(pairing.round, pairing.village), **where)

    def move(data: dict) -> Pairing:
        return acts.reassign(pairing=pairing, side=side, to=data["party"], **common(request, data))

    lead = _("The draft agreement becomes void and a new one begins; partners stay. Everybody concerned is told.")
    title = _("Move the pairing to another unit") if side == Side.UNIT else _("Move the pairing to another village")
    return decided(request, pairing, form, move, {"title": title, "lead": lead, "side": side})


def add_partner(request: Request, pk: int) -> HttpResponse:
    pairing = managed_pairing(request.user, pk)
    where: dict[str, Any] = {"round": pairing.round, "side": Side.UNIT, "label": _("partner unit")}
    found: dict[str, Any] = {"sought": request.GET.get("find", ""), "initial": seen(pairing.round, pairing.village)}
    form = AddForm(request.POST or None, **where, **found)

    def add(data: dict) -> Pairing:
        part = {"unit": data["party"], "share": data["share"], "contribution": data["contribution"]}
        return acts.add_partner(pairing=pairing, **part, **common(request, data))

    lead = _("The unit is not asked; the draft agreement names it, and both sides confirm that anew.")
    return decided(request, pairing, form, add, {"title": _("Add a unit as a partner"), "lead": lead})


def arrange(request: Request, pk: int) -> HttpResponse:
    """Say how several helpers of one village work together; it then no longer stands on the list of warnings."""
    pairing = managed_pairing(request.user, pk)
    form = PreferForm(request.POST or None, initial=seen(pairing.round, pairing.village))

    def note(data: dict) -> Pairing:
        return acts.arrange(pairing=pairing, **common(request, data))

    lead = _("Say who does what, and who leads. A helper that comes later puts the village on the list again.")
    return decided(request, pairing, form, note, {"title": _("Arrange the helpers together"), "lead": lead})


def merge(request: Request, pk: int, party: int) -> HttpResponse:
    """The pairings of one village that are not signed yet become one with partners."""
    round = managed_round(request.user, pk)
    village = get_object_or_404(Organisation, pk=party)
    unsigned = Pairing.objects.filter(round=round, village=village, state=PairingState.NEGOTIATING)
    pairings = list(unsigned.select_related("unit", "village", "round").order_by("pk"))
    if not pairings:
        raise Http404
    if len(pairings) == 1:
        raise Refused(_("Only one pairing of this village is negotiated: there is nothing to merge."))
    form = MergeForm(request.POST or None, pairings=pairings, initial=seen(round, village))

    def join(data: dict) -> Pairing:
        lead, others, shares = form.chosen()
        return acts.merge(lead=lead, others=others, shares=shares, **common(request, data))

    lead = _("The lead's draft stays and names the others as partners; the other drafts become void.")
    shown = {"title": _("Merge the pairings of %(name)s") % {"name": village.name}, "lead": lead}
    return decided(request, pairings[0], form, join, shown)


def seen(round: Round, village: Organisation) -> dict:
    return {"seen": newest_decision(round, village)}


def common(request: Request, data: dict) -> dict:
    return {"by": request.user, "reason": data["reason"], "seen": data["seen"] or 0, "at": timezone.now()}


def decided(request: Request, pairing: Pairing, form, act: Callable[[dict], Pairing], shown: dict) -> HttpResponse:
    """The pairing that the decision made or changed; the form again where it was refused."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Decided. Everybody concerned was told, with the reason."))
            return redirect(result)
    return render(request, PAGE, {"pairing": pairing, "form": form, **shown})
