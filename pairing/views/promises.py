"""Public commitments, seen by the two sides: writing, publishing, reporting, confirming, correcting (AH-23)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import promises as acts
from pairing.forms.plans import ReturnForm
from pairing.forms.targets import CorrectionForm, PromiseForm, ReportForm
from pairing.models import PublicCommitment
from pairing.states import CommitmentState
from pairing.views.plan_reach import acting_side, of_pairing, plain_pairing
from pairing.views.plans import may_write
from pairing.views.reach import own_side


def reached(request: Request, pk: int) -> PublicCommitment:
    return of_pairing(PublicCommitment.objects.visible_to(request.user).select_related("replaces"), pk)


def write_promise(request: Request, pk: int) -> HttpResponse:
    pairing = plain_pairing(request.user, pk)
    side = acting_side(request.user, pairing)
    form = PromiseForm(request.POST or None, round=pairing.round, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            promise = acts.write_promise(by=request.user, pairing=pairing, side=side, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved. Nobody else reads it before you publish it."))
            return redirect(promise)
    return render(request, "pairing/promises/write.html", {"pairing": pairing, "form": form, "side": side})


def edit_promise(request: Request, pk: int) -> HttpResponse:
    """Before it is published."""
    promise = reached(request, pk)
    side = acting_side(request.user, promise.pairing)
    initial = {"year": promise.year, "text": promise.text, "due_on": promise.due_on}
    given: dict[str, Any] = {"round": promise.pairing.round, "today": timezone.localdate(), "initial": initial}
    form = PromiseForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_promise(
                by=request.user, pairing=promise.pairing, side=side, promise=promise, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved. Nobody else reads it before you publish it."))
            return redirect(promise)
    shown = {"pairing": promise.pairing, "promise": promise, "form": form, "side": side}
    return render(request, "pairing/promises/write.html", shown)


@require_safe
def promise_page(request: Request, pk: int) -> HttpResponse:
    return promise_answer(request, reached(request, pk), ReportForm(), ReturnForm())


def promise_answer(request: Request, promise: PublicCommitment, report: ReportForm, back: ReturnForm) -> HttpResponse:
    side = own_side(request.user, promise.pairing)
    newer = PublicCommitment.objects.filter(replaces=promise).first()
    is_own = side == promise.side
    open_states = (CommitmentState.PROMISED, CommitmentState.UNDER_WAY, CommitmentState.UNFULFILLED)
    writes = may_write(request, promise.pairing) and newer is None
    shown = {
        "promise": promise,
        "pairing": promise.pairing,
        "newer": newer,
        "own_side": side,
        "may_publish": writes and is_own and promise.state == CommitmentState.DRAFT,
        "may_report": writes and is_own and promise.state in open_states,
        "may_correct": writes and is_own and promise.state not in (CommitmentState.DRAFT, CommitmentState.FULFILLED),
        "may_answer": writes and side and not is_own and promise.state == CommitmentState.CLAIMED,
        "report_form": report,
        "back_form": back,
    }
    return render(request, "pairing/promises/page.html", shown)


@require_POST
def promise_step(request: Request, pk: int) -> HttpResponse:
    """Publish, report how far it is, confirm that it is fulfilled, or send that back."""
    promise = reached(request, pk)
    given = {"by": request.user, "promise": promise, "side": acting_side(request.user, promise.pairing)}
    given["at"] = timezone.now()
    step = request.POST.get("step", "")
    if step == "publish":
        acts.publish_promise(**given)
        messages.success(request, _("Published. Everybody can read it now, without signing in."))
    elif step == "report":
        report = ReportForm(request.POST)
        if not report.is_valid():
            return promise_answer(request, promise, report, ReturnForm())
        state, words = CommitmentState(report.cleaned_data["state"]), report.cleaned_data["words"]
        acts.report_promise(**given, state=state, words=words)
        messages.success(request, _("Reported. Everybody can read it now."))
    elif step == "confirm":
        acts.confirm_promise(**given)
        messages.success(request, _("Confirmed: the commitment is fulfilled."))
    elif step == "return":
        back = ReturnForm(request.POST)
        if not back.is_valid():
            return promise_answer(request, promise, ReportForm(), back)
        acts.return_promise(**given, words=back.cleaned_data["words"])
        messages.success(request, _("Sent back. The other side was told what is missing."))
    else:
        raise Http404
    return redirect(promise)


def correct_promise(request: Request, pk: int) -> HttpResponse:
    """A new one beside the old, which stays readable with the reason."""
    promise = reached(request, pk)
    side = acting_side(request.user, promise.pairing)
    form = CorrectionForm.of(promise, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            newer = acts.correct_promise(
                by=request.user, promise=promise, side=side, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Corrected. The earlier words stay readable beside the new ones."))
            return redirect(newer)
    return render(
        request, "pairing/promises/correct.html", {"pairing": promise.pairing, "promise": promise, "form": form}
    )
