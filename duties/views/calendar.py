"""Duties by day of a month, and the private address under which a calendar fetches one's own."""

from hashlib import sha256
from typing import Any

from allauth.core.internal import ratelimit  # the public one never counts a GET, and an address is guessed by one
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from core.months import month_asked
from core.requests import HtmxRequest
from duties import actions, calendars, reading
from duties.models import CalendarLink
from duties.querysets import FULFIL
from organisations.requests import Request

THROTTLE: dict[str, Any] = {"app": "allauth.account", "action": "calendar", "limit_get": True}


@require_safe
def duty_calendar(request: Request) -> HttpResponse:
    """What one owes (`whose=own`), or how many are due below (`whose=below`): first the one that is one's work."""
    user, today = request.user, timezone.localdate()
    owes = reading.may_owe(user)
    asked = request.GET.get("whose") or ("own" if user.can(FULFIL["unit"]) or user.can(FULFIL["village"]) else "below")
    whose = "own" if owes and asked == "own" else "below"
    first = month_asked(request.GET.get("month", ""), today)
    duties = calendars.owned(user) if whose == "own" else calendars.below(user)
    month = (calendars.of_owner if whose == "own" else calendars.of_staff)(duties, first, today)
    shown = {
        "month": month,
        "today": today,
        "next_due": None if month.number else calendars.next_due(duties, month),
        "whose": whose,
        "owes": owes,
        "keep": f"&whose={whose}",
        "link": user.calendar_links.filter(revoked_at=None).first() if owes else None,
    }
    return render(request, "duties/calendar.html", shown)


@never_cache
@require_POST
def make_calendar_link(request: Request) -> HttpResponse:
    """The address itself is the answer: its token is nowhere kept, so no redirect could show it."""
    if not reading.may_owe(request.user):
        raise Http404
    link = actions.make_calendar_link(by=request.user, at=timezone.now())
    return render(request, "duties/calendar_link.html", {"link": link})


@require_POST
def revoke_calendar_link(request: Request) -> HttpResponse:
    actions.revoke_calendar_link(by=request.user, at=timezone.now())
    messages.success(request, _("The address no longer works."))
    return redirect("duty_calendar")


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)
def duty_feed(request: HtmxRequest, token: str) -> HttpResponse:
    """Public: what the owner of the address owes. 304 where nothing changed; wrong tokens are counted for each
    address."""
    if not ratelimit.consume(request, **THROTTLE, dry_run=True):
        return ratelimit.respond_429(request)
    link = CalendarLink.objects.select_related("user").filter(token_hash=actions.hashed(token), revoked_at=None).first()
    if link is None or not link.user.is_active:
        ratelimit.consume(request, **THROTTLE)
        raise Http404
    base = request.build_absolute_uri("/").rstrip("/")
    content = calendars.feed(link.user, today=timezone.localdate(), host=request.get_host(), base=base)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    assert found is not None  # it is the response itself, where the calendar has another one
    return found
