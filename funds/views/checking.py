"""Anybody checks whether a ledger is whole, without sign-in; so many times from one address are too many."""

from typing import Any

from allauth.core.internal import ratelimit  # the public one never counts a GET
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.requests import HtmxRequest
from funds.forms.checking import CheckForm
from funds.publishing.checking import asked_for, check, of_village
from funds.views.open import open_organisation

THROTTLE: dict[str, Any] = {"app": "allauth.account", "action": "check_ledger", "limit_get": True}


@login_not_required
@never_cache
@require_safe
def open_check(request: HtmxRequest) -> HttpResponse:
    """What the poster prints is typed in, or `village` leads here: one sentence about each ledger."""
    form = CheckForm(request.GET if "what" in request.GET else None)
    number = request.GET.get("village", "")
    is_asked = form.is_valid() or (number.isdecimal() and len(number) < 16)
    if is_asked and not ratelimit.consume(request, **THROTTLE):
        return ratelimit.respond_429(request)
    village = None if form.is_bound or not is_asked else open_organisation(int(number))
    asked = None
    if is_asked:
        asked = of_village(village) if village else asked_for(form.cleaned_data["what"])
    shown = {"form": form, "village": village, "is_asked": is_asked, "asked": asked}
    return render(request, "funds/open/check.html", shown | {"checked": check(asked) if asked else []})
