"""What every request carries: signing in, an end to idle sessions, and who writes, for the history."""

import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import pghistory
from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from core.requests import wants_json
from organisations.requests import Request

LAST_SEEN = "last_seen"
SECONDS_BETWEEN_MARKS = 60
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Nobody gets past it without signing in; a form that was sent too late leads back to the page that held it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:  # type: ignore[override]
        if wants_json(request):
            return sign_in_first()
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(sent_from(request), self.get_login_url(view_func))


class IdleTimeoutMiddleware:
    """A session that slept for SESSION_IDLE_SECONDS ends; what was asked for is kept as `next`.

    Once a minute it notes that somebody is there, also for the list of sessions.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        last = request.session.get(LAST_SEEN, now)
        if now - last > settings.SESSION_IDLE_SECONDS:
            return self.end(request)
        polling = "X-Poll" in request.headers  # a page left open asks for itself; nobody sits there
        if LAST_SEEN not in request.session or (now - last > SECONDS_BETWEEN_MARKS and not polling):
            request.session[LAST_SEEN] = now
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

    def end(self, request: Request) -> HttpResponse:
        logout(request)
        messages.info(request, _("You were away for a while, so you were signed out. Please sign in again."))
        if request.htmx:
            return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/").url)
        if wants_json(request):
            return sign_in_first()
        return redirect_to_login(request.get_full_path() if request.method in READING else sent_from(request))


def sign_in_first() -> JsonResponse:
    """For a script: whoever wrote this is not signed in; it keeps it and asks again later."""
    return JsonResponse({"sign_in": reverse(settings.LOGIN_URL)}, status=HTTPStatus.UNAUTHORIZED)


def sent_from(request: HttpRequest) -> str:
    """The page that held the form, so that what was typed can be offered there again."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page._replace(scheme="", netloc="").geturl() if page.netloc == request.get_host() else "/"


class HistoryContextMiddleware:
    """Who writes and from where. Reading pays nothing: it writes no history."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.method in READING:
            return self.get_response(request)
        with pghistory.context(
            user=request.user.pk, ip=get_adapter().get_client_ip(request), page=f"{request.method} {request.path}"
        ):
            return self.get_response(request)
