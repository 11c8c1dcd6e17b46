"""What the middleware has made of a request by the time a view sees it, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


def wants_json(request: HttpRequest) -> bool:
    """Asked for by a script that keeps what was written until it knows what became of it."""
    return request.headers.get("Accept") == "application/json"
