"""Answering with the code on a slip: no account, no name, and nothing kept of who it was."""

from typing import Any

from allauth.core.internal import ratelimit  # the public one never counts a GET, and a code is guessed by one
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from core.requests import HtmxRequest
from reports.actions.survey_slips import answer_by_code, open_code
from reports.forms.survey import AnswerForm, CodeForm

THROTTLE: dict[str, Any] = {"app": "allauth.account", "action": "survey", "limit_get": True}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HtmxRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("survey_answer", form.cleaned_data["code"])
    return render(request, "reports/survey/code.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HtmxRequest, code: str) -> HttpResponse:
    """So many wrong codes from one address are too many: nobody finds one by trying. Right ones are not counted: a
    whole village may answer on one phone."""
    if not ratelimit.consume(request, **THROTTLE, dry_run=True):
        return ratelimit.respond_429(request)
    now = timezone.now()
    try:
        place = open_code(code, now).place
        form = AnswerForm(request.POST or None, place=place)
        if request.method == "POST" and form.is_valid():
            answer_by_code(by=None, code=code, marks=form.marks(), at=now)
            return render(request, "reports/survey/thanks.html", {"place": place})
    except Refused as refusal:
        ratelimit.consume(request, **THROTTLE)
        return render(request, "reports/survey/code.html", {"form": CodeForm(), "refusal": refusal.sentence})
    return render(request, "reports/survey/answer.html", {"place": place, "survey": place.survey, "form": form})
