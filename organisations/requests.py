"""What the middleware has made of a request by the time a view sees it, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from organisations.models import User


class Request(HttpRequest):
    user: User  # type: ignore[assignment]  # behind sign-in; public views look at `is_authenticated` first
    htmx: HtmxDetails
