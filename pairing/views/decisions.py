"""The organiser's desk: clashes, gaps, and the page on which one village is decided (SH-30)."""

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from pairing.actions import decisions as acts
from pairing.figures import helpers
from pairing.figures.balance import CLASHING
from pairing.figures.interest import idle_units, lines_with_interest, unpaired, with_proposals
from pairing.forms.market import AssignForm, PreferForm
from pairing.listings.market import DecideTable, UnitFilter, UnitTable, VillageFilter, for_round
from pairing.models import Decision, Intention, Pairing, PairingPartner, Round
from pairing.offering import listed, offered
from pairing.states import STANDING, PairingState, Side
from pairing.views.reach import managed_round


@require_safe
def clashes(request: Request, pk: int) -> HttpResponseBase:
    """Villages that several units want: two open proposals or more."""
    round = managed_round(request.user, pk)
    lines = lines_with_interest(round, Side.VILLAGE).filter(with_proposals(round, Side.VILLAGE, CLASHING))
    return desk_list(request, round, lines.order_by("-interested", "pk"), Side.VILLAGE, "clashes")


@require_safe
def gaps(request: Request, pk: int) -> HttpResponseBase:
    """Villages without a unit; with ?side=unit, units without a village."""
    round = managed_round(request.user, pk)
    side = Side.UNIT if request.GET.get("side") == Side.UNIT else Side.VILLAGE
    waiting = unpaired(round, side) if side == Side.VILLAGE else idle_units(round)
    lines = lines_with_interest(round, side).filter(waiting)
    return desk_list(request, round, lines.order_by("interested", "pk"), side, f"gaps_{side}")


def desk_list(request: Request, round: Round, lines, side: Side, what: str) -> HttpResponseBase:
    related = "organisation__needs" if side == Side.VILLAGE else "organisation__strengths"
    titles = {
        "clashes": _("Villages that several units want"),
        "gaps_village": _("Villages without a unit"),
        "gaps_unit": _("Units without a village"),
    }
    return render_list(
        request,
        queryset=lines.prefetch_related(related),
        filterset_class=for_round(VillageFilter if side == Side.VILLAGE else UnitFilter, round=round),
        table_class=for_round(DecideTable if side == Side.VILLAGE else UnitTable, round_pk=round.pk),
        title=titles[what],
        is_long=True,
        plain=lines_with_interest(round, side).prefetch_related(related),
        template="pairing/decisions/list.html",
        context={"round": round, "what": what, "empty_sentence": _("Nothing is left to decide here.")},
    )


def decide(request: Request, pk: int, party: int) -> HttpResponse:
    """One village: its proposals, its pairings, and the two decisions - prefer one, or assign a unit."""
    round = managed_round(request.user, pk)
    lines = lines_with_interest(round, Side.VILLAGE).select_related("organisation")
    line = get_object_or_404(lines, organisation=party)
    village, known = line.organisation, known_of(round, line.organisation)
    seen = {"seen": max((each.pk for each in known["decisions"]), default=0)}
    proposals = Intention.objects.open().filter(round=round, village=village).select_related("unit", "village")
    verb = request.POST.get("verb", "")
    prefer = PreferForm(request.POST if verb == "prefer" else None, initial=seen)
    assign = assign_form(request, round, verb, seen)
    form = {"prefer": prefer, "assign": assign}.get(verb)
    if form is not None and form.is_valid():
        answer = perform(request, round, village, proposals, form)
        if answer:
            return answer
    shown = {"round": round, "line": line, "proposals": proposals, "prefer": prefer, "assign": assign, **known}
    return render(request, "pairing/decisions/decide.html", shown)


def known_of(round: Round, village: Organisation) -> dict:
    """Pairings and decisions of a village, and what the organiser may do with several helpers at once."""
    joined = Prefetch("partners", PairingPartner.objects.joined().select_related("unit"), to_attr="joined_partners")
    ever = Pairing.objects.filter(round=round, village=village).select_related("unit", "village")
    pairings = list(ever.prefetch_related(joined))
    about = Q(village=village) | Q(touched__overlap=[each.pk for each in pairings])
    decisions = list(Decision.objects.filter(about, round=round).select_related("unit", "decided_as__organisation"))
    standing = [each for each in pairings if each.state in STANDING]
    unsigned = [each for each in standing if each.state == PairingState.NEGOTIATING]
    return {
        "pairings": standing,
        "decisions": decisions,
        "mergeable": len(unsigned) > 1,
        "arrangeable": standing[0] if helpers.are_unlinked(village, standing, decisions) else None,
    }


def assign_form(request: Request, round: Round, verb: str, seen: dict) -> AssignForm:
    """Any unit of the directory may be assigned; the first that fit `?unit=` are offered, those without a village
    before the others."""
    form = AssignForm(request.POST if verb == "assign" else None, initial=seen, units=listed(round, Side.UNIT))
    found, more = offered(round, Side.UNIT, request.GET.get("unit", ""))
    form.offer(found, more=more)
    return form


def perform(request: Request, round: Round, village: Organisation, proposals, form) -> HttpResponse | None:
    """The pairing that was decided; None where it was refused and the sentence shows on the page."""
    data = form.cleaned_data
    common = {"by": request.user, "reason": data["reason"], "seen": data["seen"] or 0, "at": timezone.now()}
    try:
        if "unit" in data:
            pairing = acts.assign(round=round, unit=data["unit"], village=village, **common)
        else:
            chosen = request.POST.get("intention", "")
            known = get_object_or_404(Intention, round=round, village=village, pk=chosen if chosen.isdecimal() else 0)
            pairing = acts.prefer(intention=known, **common)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    messages.success(request, _("Decided. Both sides were told, with the reason."))
    return redirect(pairing)
