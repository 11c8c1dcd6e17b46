"""How a signed pairing ends: early by consent, released for re-selection, or closed once all is done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import ending as acts
from pairing.agreements import closing
from pairing.forms.course import ReasonForm, WordsForm
from pairing.models import Ending, Pairing
from pairing.states import EndingState, Side
from pairing.views.reach import managed_pairing, visible_pairing

ANSWERS = {"agree": acts.agree_to_end, "decline": acts.decline_end, "withdraw": acts.withdraw_end}
DONE = {
    "agree": _("Agreed: the pairing has ended. Both sides were told."),
    "decline": _("Declined. The pairing stands; the other side was told."),
    "withdraw": _("Withdrawn. The pairing stands; the other side was told."),
}


def end(request: Request, pk: int) -> HttpResponse:
    """One side proposes to end early; on the same page the other agrees or declines, or the first withdraws."""
    pairing, side = signing_side(request, pk)
    ending = pairing.endings.filter(state=EndingState.PROPOSED).first()
    form = (WordsForm if ending else ReasonForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            if ending:
                return answered(request, pairing, ending, words)
            acts.propose_end(by=request.user, pairing=pairing, side=side, words=words, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Proposed. The pairing ends once the other side agrees; it was told."))
            return redirect(pairing)
    verbs, unmet = verbs_of(ending, side), closing.unmet_in(closing.of_pairing(pairing))
    shown = {"pairing": pairing, "ending": ending, "verbs": verbs, "form": form, "unmet": unmet}
    return render(request, "pairing/course/end.html", shown)


def verbs_of(ending: Ending | None, side: Side) -> list[str]:
    if ending is None:
        return []
    return ["withdraw"] if ending.side == side else ["agree", "decline"]


def answered(request: Request, pairing: Pairing, ending: Ending, words: str) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb not in ANSWERS:
        raise Refused(_("Choose one of the answers."))
    ending.pairing = pairing
    ANSWERS[verb](by=request.user, ending=ending, words=words, at=timezone.now())
    messages.success(request, DONE[verb])
    return redirect(pairing)


def reselect(request: Request, pk: int) -> HttpResponse:
    """Either side or the organiser gives the other back to the pool, with the reason."""
    pairing = visible_pairing(request.user, pk)
    side = side_that_signs(request.user, pairing)
    if side is None and not request.user.can("round.manage", pairing.round.organiser):
        raise Http404

    def verb(words: str) -> None:
        acts.reselect(by=request.user, pairing=pairing, side=side, words=words, at=timezone.now())

    return with_reason(request, pairing, "reselect", verb, _("Released. Both may choose again and were told."))


def close(request: Request, pk: int) -> HttpResponse:
    """The organiser closes a pairing; what the scheme still asks for is listed before and after the attempt."""
    pairing = managed_pairing(request.user, pk)

    def verb(words: str) -> None:
        acts.close_pairing(by=request.user, pairing=pairing, words=words, at=timezone.now())

    unmet = closing.unmet_in(closing.of_pairing(pairing))
    return with_reason(request, pairing, "close", verb, _("Closed. Both sides were told."), unmet=unmet)


def with_reason(
    request: Request, pairing: Pairing, what: str, verb: Callable[[str], None], done, unmet: list | None = None
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data["words"])
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect(pairing)
    return render(request, f"pairing/course/{what}.html", {"pairing": pairing, "form": form, "unmet": unmet or []})


def signing_side(request: Request, pk: int) -> tuple[Pairing, Side]:
    pairing = visible_pairing(request.user, pk)
    side = side_that_signs(request.user, pairing)
    if side is None:
        raise Http404
    return pairing, side


def side_that_signs(user, pairing: Pairing) -> Side | None:
    """The side for which this person may sign: who signed may also consent to the end."""
    return next((side for side in Side if user.can(f"{side}.sign", pairing.party(side))), None)
