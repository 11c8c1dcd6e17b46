"""One way from a form to a verb: what is refused stands in the form, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.refusals import Refused
from organisations.models import User
from organisations.requests import Request

Made = TypeVar("Made")


def performed(request: Request, form: forms.BaseForm, verb: Callable[..., Made], **given) -> Made | None:
    """What the verb makes of what the form holds, and of what is `given` beside it.

    None where nothing was sent, where a field is wrong, or where the verb refused: then the form says so.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return verb(by=request.user, **given, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None


def entered(request: Request, form: forms.BaseForm, verb: Callable[..., Made], *apart: str, **given) -> Made | None:
    """Like `performed`, for a verb that takes what the form holds as `fields`; beside them what is named `apart`."""

    def perform(*, by: User, **held) -> Made:
        beside = {name: held.pop(name) for name in (*apart, *given) if name in held}
        return verb(by=by, fields=held, **beside)

    return performed(request, form, perform, **given)


def first_step(may: bool, sentence: str, address: str, action: str) -> dict[str, str]:
    """What an empty list says, and the step that it offers to whoever may take it."""
    step = {"empty_url": reverse(address), "empty_action": action} if may else {}
    return {"empty_sentence": sentence, **step}


def roster_form(
    request: Request, form: forms.BaseForm, title: str, submit: str, *, record: Any = None, kind: str = "", **more
) -> HttpResponse:
    """A page with the form of one entry of a roster of people; of a `kind` where it does not stand there yet."""
    shown = {"form": form, "title": title, "submit": submit, "record": record, **more}
    if record is not None:
        kind, shown["cancel_url"] = record._meta.model_name, record.get_absolute_url()
    return render(request, "members/form.html", shown | {"kind": kind})


def form_page(request: Request, form: forms.BaseForm, title: str, *, back: str, back_name: str, **more) -> HttpResponse:
    """A page with one form; `back` is where one came from."""
    shown = {"form": form, "title": title, "back": back, "back_name": back_name, **more}
    return render(request, "members/postings/form.html", shown)
