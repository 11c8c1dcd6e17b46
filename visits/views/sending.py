"""What a phone kept and sends by itself: taken from its author only, and answered in a form that a script reads."""

from collections.abc import Iterable

from django import forms
from django.http import HttpResponse, JsonResponse

from core.requests import wants_json
from organisations.middleware import sign_in_first
from organisations.requests import Request


def from_somebody_else(request: Request) -> HttpResponse | None:
    """Whoever signed in on that phone since does not send what its author wrote; it waits for them."""
    is_foreign = wants_json(request) and request.POST.get("author") != str(request.user.pk)
    return sign_in_first() if is_foreign else None


def received(record) -> HttpResponse:
    return JsonResponse({"address": record.get_absolute_url()}, status=201)


def refused(form: forms.BaseForm, alike: Iterable = ()) -> HttpResponse:
    """What is wrong, by field; and what seems to be the same one."""
    errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
    looks = [{"name": str(each), "address": each.get_absolute_url()} for each in alike]
    return JsonResponse({"errors": errors, "alike": looks}, status=422)
