"""Proposals: the list, and the page on which the other side answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from office import files
from organisations.requests import Request
from pairing.actions import market as acts
from pairing.forms.market import AnswerForm, CounterForm, ReasonForm
from pairing.listings.pairings import IntentionFilter, IntentionTable
from pairing.models import Intention, SelectionBatch, VillagersChoice
from pairing.schemes.modes import name_of
from pairing.states import IntentionState, Side
from pairing.views.reach import own_side, visible_pairing

VERBS = {"accept": acts.accept, "counter": acts.counter, "decline": acts.decline, "withdraw": acts.withdraw}


@require_safe
def intention_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Intention.objects.visible_to(request.user).select_related("round", "unit", "village"),
        filterset_class=IntentionFilter,
        table_class=IntentionTable,
        title=str(_("Intentions")),
        is_long=True,
        context={"empty_sentence": _("No proposals yet. In an open round, units and villages propose to each other.")},
    )


def intention_page(request: Request, pk: int) -> HttpResponse:
    """Who proposes what to whom; the side that is asked answers, the other may withdraw."""
    related = ("round__scheme_version", "unit", "village", "proposed_as__organisation", "answered_as__organisation")
    intentions = Intention.objects.visible_to(request.user).select_related(*related, *STANDING_WITH)
    intention = get_object_or_404(intentions, pk=pk)
    countering = request.POST.get("verb") == "counter"
    form = AnswerForm(None if countering else request.POST or None)
    counter = CounterForm(request.POST if countering else None, round=intention.round, initial={"mode": intention.mode})
    sent = counter if countering else form
    if request.method == "POST" and sent.is_valid():
        answer = perform(request, intention, sent.cleaned_data)
        if answer:
            return answer
    context = {
        "intention": intention,
        "mode": name_of(intention.round, intention.mode),
        "verbs": open_verbs(request.user, intention),
        "form": form,
        "counter": counter,
        "chain": chain_of(intention),
        "record": getattr(intention, "villagers_choice", None),
        "sees_batch": SelectionBatch.objects.visible_to(request.user).filter(pk=intention.batch_id).exists(),
        "shows_words": reads_words(request.user, intention),
    }
    return render(request, "pairing/market/intention.html", context)


STANDING_WITH = ("pairing", "batch__committee", "villagers_choice__scan")


def chain_of(intention: Intention) -> list[Intention]:
    """The proposals that answer each other, first to last; empty where this one stands alone."""
    between = Intention.objects.filter(round=intention.round, unit=intention.unit, village=intention.village)
    found = {each.pk: each for each in between.select_related("unit", "village")}
    answered_by = {each.counter_to_id: each for each in found.values()}
    step = found[intention.pk]
    while step.counter_to_id:
        step = found[step.counter_to_id]
    chain = [step]
    while chain[-1].pk in answered_by:
        chain.append(answered_by[chain[-1].pk])
    return chain if len(chain) > 1 else []


@require_safe
def choice_scan(request: Request, pk: int) -> HttpResponseBase:
    """The scan of the villagers' record, for both sides and the organiser."""
    readable = Intention.objects.visible_to(request.user).with_papers_for(request.user)
    record = get_object_or_404(
        VillagersChoice.objects.exclude(scan=None).select_related("scan"), intention__in=readable, intention=pk
    )
    assert record.scan is not None  # excluded above
    return files.serve(record.scan)


def reads_words(user, intention: Intention) -> bool:
    """What the two say to each other is for them and the organiser."""
    return Intention.objects.with_papers_for(user).filter(pk=intention.pk).exists()


def open_verbs(user, intention: Intention) -> list[str]:
    """What this person may do with an open proposal."""
    if intention.state != IntentionState.PROPOSED:
        return []
    own = [side for side in Side if user.can(f"{side}.act", intention.party(side))]
    answers = ["accept", "counter", "decline"] if intention.answering_side in own else []
    return answers + (["withdraw"] if intention.proposed_side in own else [])


def perform(request: Request, intention: Intention, data: dict) -> HttpResponse | None:
    """Where to go after the answer; None where it was refused and the sentence shows on the page."""
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        messages.error(request, _("Choose one of the answers."))
        return None
    try:
        result = VERBS[verb](by=request.user, intention=intention, at=timezone.now(), **data)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    messages.success(request, DONE[verb])
    return redirect(result)


def step_back(request: Request, pk: int) -> HttpResponse:
    """One side takes back an intention that was reached, with a reason, before anything is confirmed."""
    pairing = visible_pairing(request.user, pk)
    side = own_side(request.user, pairing)
    if side is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.step_back(
                by=request.user, pairing=pairing, side=side, words=form.cleaned_data["words"], at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Withdrawn. The other side was told; both may choose again."))
            return redirect(pairing)
    return render(request, "pairing/pairings/step_back.html", {"pairing": pairing, "form": form})


DONE = {
    "accept": _("Accepted: the pairing stands, its agreement is waiting to be negotiated."),
    "counter": _("Proposed in turn. The other side was told and will answer."),
    "decline": _("Declined. The other side was told."),
    "withdraw": _("Withdrawn. The other side was told."),
}
