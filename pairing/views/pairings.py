"""Pairings: the list, the page of one with both sides, its notes, and its release by the organiser."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import agreements as agreement_acts
from pairing.actions import decisions as decision_acts
from pairing.actions.tagging import may_tag
from pairing.agreements import responsibles, timeline
from pairing.forms.market import NoteForm, PreferForm
from pairing.listings.pairings import PairingFilter, PairingTable, pairings_with_turn
from pairing.models import Agreement, Pairing
from pairing.schemes import modes, tags
from pairing.states import UNDER_WAY, AgreementState, PairingState
from pairing.views.ending import side_that_signs
from pairing.views.reach import managed_pairing, own_side, visible_pairing


@require_safe
def pairing_list(request: Request) -> HttpResponseBase:
    pairings = pairings_with_turn(Pairing.objects.visible_to(request.user).select_related("round", "unit", "village"))
    return render_list(
        request,
        queryset=pairings,
        filterset_class=PairingFilter,
        table_class=PairingTable,
        title=_("Pairings"),
        is_long=True,
        template="pairing/pairings/list.html",
        context={"empty_sentence": _("No pairings yet. They come to be when a proposal is accepted.")},
    )


@require_safe
def pairing_page(request: Request, pk: int) -> HttpResponse:
    """Where, what, in which state, whose turn; then the agreement, the notes, the decisions, the history."""
    return pairing_answer(request, visible_pairing(request.user, pk), NoteForm())


def pairing_answer(request: Request, pairing: Pairing, note_form: NoteForm) -> HttpResponse:
    agreements = list(
        Agreement.objects.filter(pairing=pairing).with_turn().prefetch_related("commitments", "signatures")
    )
    in_force = next((each for each in agreements if each.state == AgreementState.SIGNED), None)
    under_way = next((each for each in agreements if each.state in UNDER_WAY), None)
    agreement = in_force or under_way
    manages = request.user.can("round.manage", pairing.round.organiser)
    today = timezone.localdate()
    return render(
        request,
        "pairing/pairings/page.html",
        {
            "pairing": pairing,
            "agreement": agreement,
            "amendment": under_way if in_force else None,
            "former": [each for each in agreements if each not in (agreement, under_way)],
            "own_side": own_side(request.user, pairing),
            "signs": side_that_signs(request.user, pairing),
            "responsibles": responsibles.current(pairing, in_force, today),
            "is_expired": pairing.is_expired(today),
            "note_form": note_form,
            "mode": modes.name_of(pairing.round, pairing.mode) if pairing.mode else "",
            "tags": tags.borne_by(pairing),
            "may_tag": bool(pairing.round.rules.tags) and may_tag(request.user, pairing),
            "manages": manages,
            "panels": settings.PAIRING_PANELS,
            "may_release": manages and pairing.state == PairingState.NEGOTIATING,
        },
    )


@require_safe
def story(request: Request, pk: int) -> HttpResponse:
    """What happened, newest first: a panel of the pairing's page, and a page of its own."""
    pairing = visible_pairing(request.user, pk)
    agreements = list(Agreement.objects.filter(pairing=pairing).prefetch_related("signatures"))
    template = "parts/timeline.html" if request.htmx else "pairing/pairings/story.html"
    return render(request, template, {"pairing": pairing, "entries": timeline.of(pairing, agreements)})


@require_POST
def add_note(request: Request, pk: int) -> HttpResponse:
    pairing = visible_pairing(request.user, pk)
    side, form = own_side(request.user, pairing), NoteForm(request.POST)
    if side is None:
        raise Http404
    if not form.is_valid():
        return pairing_answer(request, pairing, form)
    agreement_acts.add_note(
        by=request.user, pairing=pairing, side=side, words=form.cleaned_data["words"], at=timezone.now()
    )
    messages.success(request, _("The other side was told of your note."))
    return redirect(pairing)


def release(request: Request, pk: int) -> HttpResponse:
    """The organiser undoes a pairing before it is signed, with a reason."""
    pairing = managed_pairing(request.user, pk)
    seen = {"seen": decision_acts.newest_decision(pairing.round, pairing.village)}
    form = PreferForm(request.POST or None, initial=seen)
    if request.method == "POST" and form.is_valid():
        reason, known = form.cleaned_data["reason"], form.cleaned_data["seen"] or 0
        try:
            decision_acts.release(by=request.user, pairing=pairing, reason=reason, seen=known, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Released. Both sides were told, with the reason."))
            return redirect(pairing)
    return render(request, "pairing/pairings/release.html", {"pairing": pairing, "form": form})
