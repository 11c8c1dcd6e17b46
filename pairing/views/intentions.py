"""Proposals: the list, and the page on which the other side answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import market as acts
from pairing.forms.market import AnswerForm
from pairing.listings.pairings import IntentionFilter, IntentionTable
from pairing.models import Intention
from pairing.states import IntentionState, Side

VERBS = {"accept": acts.accept, "decline": acts.decline, "withdraw": acts.withdraw}


@require_safe
def intention_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Intention.objects.visible_to(request.user).select_related("round", "unit", "village"),
        filterset_class=IntentionFilter,
        table_class=IntentionTable,
        title=str(_("Intentions")),
        context={"empty_sentence": _("No proposals yet. In an open round, units and villages propose to each other.")},
    )


def intention_page(request: Request, pk: int) -> HttpResponse:
    """Who proposes what to whom; the side that is asked answers, the other may withdraw."""
    related = ("round", "unit", "village", "proposed_as__organisation", "answered_as__organisation", "pairing")
    intention = get_object_or_404(Intention.objects.visible_to(request.user).select_related(*related), pk=pk)
    verbs = open_verbs(request.user, intention)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = perform(request, intention, form.cleaned_data["words"])
        if answer:
            return answer
    context = {
        "intention": intention,
        "verbs": verbs,
        "form": form,
        "shows_words": reads_words(request.user, intention),
    }
    return render(request, "pairing/market/intention.html", context)


def reads_words(user, intention: Intention) -> bool:
    """What the two say to each other is for them and the organiser."""
    return Intention.objects.with_papers_for(user).filter(pk=intention.pk).exists()


def open_verbs(user, intention: Intention) -> list[str]:
    """What this person may do with an open proposal."""
    if intention.state != IntentionState.PROPOSED:
        return []
    own = [side for side in Side if user.can(f"{side}.act", intention.party(side))]
    answers = ["accept", "decline"] if intention.answering_side in own else []
    return answers + (["withdraw"] if intention.proposed_side in own else [])


def perform(request: Request, intention: Intention, words: str) -> HttpResponse | None:
    """Where to go after the answer; None where it was refused and the sentence shows on the page."""
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        messages.error(request, _("Choose one of the answers."))
        return None
    try:
        result = VERBS[verb](by=request.user, intention=intention, words=words, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    messages.success(request, DONE[verb])
    return redirect(result)


DONE = {
    "accept": _("Accepted: the pairing stands, its agreement is waiting to be negotiated."),
    "decline": _("Declined. The other side was told."),
    "withdraw": _("Withdrawn. The other side was told."),
}
