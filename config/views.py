"""The switches in the frame of each page, how the system runs, and pages for what went wrong."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from config.health import failing
from config.navigation import ELDER_COOKIE
from office.models import Job, Outgoing
from office.states import JobState
from organisations.requests import Request

ONE_YEAR = 365 * 24 * 3600
WATCH = "job.manage"
FRESH = timedelta(days=7)


def back_to(request: HttpRequest) -> str:
    """Where the person was: an address of ours only."""
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if own else "/"


def remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=ONE_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


# No token: a forged choice does no harm, and public pages stay the same for everybody, so that they can be cached.
@csrf_exempt
@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return remember(HttpResponseRedirect(back_to(request)), settings.LANGUAGE_COOKIE_NAME, language)


@csrf_exempt
@login_not_required
@require_POST
def choose_elder_mode(request: HttpRequest) -> HttpResponse:
    chosen = "1" if request.POST.get("elder") == "1" else "0"
    return remember(HttpResponseRedirect(back_to(request)), ELDER_COOKIE, chosen)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that sites paid with public money publish (domain P-43)."""
    return render(request, "accessibility.html")


@require_safe
def health_panel(request: Request) -> HttpResponse:
    """On the first page of whoever keeps the product running: its parts, what failed lately, what was not delivered."""
    if not request.htmx:
        return redirect("jobs")
    if not request.user.can(WATCH):
        return HttpResponse()
    failed = Job.objects.visible_to(request.user).filter(state=JobState.FAILED, ended_at__gte=timezone.now() - FRESH)
    shown = {
        "sentences": list(failing().values()),
        "failed": failed.count(),
        "undelivered": Outgoing.objects.visible_to(request.user).undelivered().count(),
    }
    return render(request, "health.html", shown)


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without a context: whatever failed may fail again while the frame of a page is put together."""
    return HttpResponse(render_to_string("500.html"), status=500)
