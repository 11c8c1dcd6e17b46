"""The language of the page, pages and their parts at one address, and refusals as answers."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from core.refusals import Refused


class ChosenLanguageMiddleware:
    """Chinese, unless the reader chose otherwise by the switch. What a browser prefers says little about its user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
        return response


class PartsMiddleware:
    """A part of a page has the address of its page: a browser going back must not show the one for the other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response


class RefusedMiddleware:
    """A refusal that no view caught: its sentence is shown where the person was, never a failure of the server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            return only_forms(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if getattr(request, "htmx", False):
            return refused_part(request, exception)
        origin = request.headers.get("Referer", "")
        own = url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())
        if request.method == "POST" and own:
            messages.error(request, exception.sentence)
            return HttpResponseRedirect(origin)
        return render(request, "409.html", {"sentence": exception.sentence}, status=409)


def only_forms(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An address that only takes forms was typed, bookmarked or reloaded: a page in place of an empty answer."""
    response = render(request, "405.html", status=answer.status_code)
    response.headers["Allow"] = answer.headers["Allow"]
    return response


def refused_part(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The sentence alone, put among the messages of the page that asked."""
    response = render(request, "parts/refused.html", {"sentence": refusal.sentence}, status=422)
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML show:top"
    response["HX-Reselect"] = "unset"
    return response
