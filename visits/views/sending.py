"""What a phone kept and sends by itself: taken from its author only, and answered in a form that a script reads."""

import uuid
from collections.abc import Callable, Iterable
from typing import TypeVar

from django import forms
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from core.refusals import Refused
from core.requests import wants_json
from organisations.middleware import sign_in_first
from organisations.requests import Request
from organisations.views.editing import refuse_in

Record = TypeVar("Record", bound=Model)


def from_somebody_else(request: Request) -> HttpResponse | None:
    """Whoever signed in on that phone since does not send what its author wrote; it waits for them."""
    is_foreign = wants_json(request) and request.POST.get("author") != str(request.user.pk)
    return sign_in_first() if is_foreign else None


def recorded_under(key: str, mine: QuerySet[Record]) -> Record | None:
    """What this user recorded under the key of a form: it arrived, though the answer may have been lost."""
    try:
        return mine.filter(key=uuid.UUID(key)).first()
    except ValueError:
        return None


def saved_once(
    request: Request, form: forms.BaseForm, verb: Callable[..., Record], *, mine: QuerySet[Record], **given
) -> Record | None:
    """What the verb made, else what is refused stands in the form. `mine`: what this user has recorded."""
    try:
        return verb(by=request.user, at=timezone.now(), **given)
    except Refused as refusal:
        refuse_in(form, refusal)
        return None
    except IntegrityError:  # the same key at the same moment: the other sending was recorded
        known = recorded_under(request.POST.get("key", ""), mine)
        if known is None:
            raise
        return known


def received(record) -> HttpResponse:
    return JsonResponse({"address": record.get_absolute_url()}, status=201)


def refused(form: forms.BaseForm, alike: Iterable = ()) -> HttpResponse:
    """What is wrong, by field; and what seems to be the same one."""
    errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
    looks = [{"name": str(each), "address": each.get_absolute_url()} for each in alike]
    return JsonResponse({"errors": errors, "alike": looks}, status=422)
