"""Naming who answers for a signed pairing from a day on (SH-42)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions.responsibility import change_responsible
from pairing.agreements import responsibles
from pairing.forms.course import ResponsibleForm
from pairing.views.reach import own_side, visible_pairing


def change(request: Request, pk: int) -> HttpResponse:
    """Who answers for it now, the earlier ones, and the form for the next."""
    pairing = visible_pairing(request.user, pk)
    side, today = own_side(request.user, pairing), timezone.localdate()
    if side is None:
        raise Http404
    form = ResponsibleForm(request.POST or None, side=side, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        try:
            change_responsible(by=request.user, pairing=pairing, side=side, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Recorded. The other side was told."))
            return redirect(pairing)
    signed = pairing.agreements.in_force().first()
    context = {
        "pairing": pairing,
        "form": form,
        "responsibles": responsibles.current(pairing, signed, today),
        "changes": pairing.responsibles.order_by("-since", "-pk"),
    }
    return render(request, "pairing/course/responsible.html", context)
