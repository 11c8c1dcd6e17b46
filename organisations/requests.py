"""A request behind sign-in, for the type checker."""

from core.requests import HtmxRequest
from organisations.models import User


class Request(HtmxRequest):
    user: User  # type: ignore[assignment]  # behind sign-in; public views look at `is_authenticated` first
