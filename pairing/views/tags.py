"""The tags of a pairing: chosen by either side or the organiser, each leading to the pairings that bear it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.requests import Request
from pairing.actions.tagging import may_tag, tag_pairing
from pairing.forms.tags import TagsForm
from pairing.views.reach import visible_pairing


def pairing_tags(request: Request, pk: int) -> HttpResponse:
    pairing = visible_pairing(request.user, pk)
    if not may_tag(request.user, pairing) or not pairing.round.rules.tags:
        raise Http404
    form = TagsForm(request.POST or None, initial={"tags": pairing.tags}, round=pairing.round)
    if request.method == "POST" and form.is_valid():
        tag_pairing(by=request.user, pairing=pairing, tags=form.cleaned_data["tags"], at=timezone.now())
        messages.success(request, _("The tags are kept."))
        return redirect(pairing)
    return render(request, "pairing/pairings/tags.html", {"pairing": pairing, "form": form})
