"""Amending a signed agreement, and dropping an amendment that nobody wants any more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import amending as acts
from pairing.forms.course import ReasonForm
from pairing.views.reach import own_agreement


@require_POST
def amend(request: Request, pk: int) -> HttpResponse:
    agreement, side = own_agreement(request.user, pk)
    try:
        draft = acts.start_amendment(by=request.user, agreement=agreement, side=side, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(agreement.pairing)
    messages.success(request, _("This is a copy of the agreement in force. Change what shall be different, then save."))
    return redirect("edit_agreement", draft.pk)


def drop(request: Request, pk: int) -> HttpResponse:
    agreement, side = own_agreement(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            acts.drop_amendment(by=request.user, agreement=agreement, side=side, words=words, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Dropped. The agreement in force stays as it is; the other side was told."))
            return redirect(agreement.pairing)
    return render(request, "pairing/agreements/drop.html", {"agreement": agreement, "form": form})
