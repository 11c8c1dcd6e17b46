"""Who did what when: the history of any tracked record, as a panel of its page and as a page."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import render

from organisations.chronicle import entries_of
from organisations.models import Organisation, User
from organisations.requests import Request

READING = "history.read"
PANEL = 20


def history(request: Request, label: str, pk: int) -> HttpResponse:
    """Visible to whoever sees the record by a post that grants `history.read`."""
    model = tracked(label)
    reader = request.user.limited_to(READING)
    record = model.objects.visible_to(reader).filter(pk=pk).first() if reader.posts else None
    if record is None and not may_read_deleted(reader, model, pk):
        raise Http404
    entries = entries_of(model, pk)
    context = {
        "record": record,
        "kind": model._meta.verbose_name,
        "entries": entries[:PANEL] if request.htmx else entries,
        "hidden": max(len(entries) - PANEL, 0) if request.htmx else 0,
        "with_address": reader.can("personal.read"),
        "label": label,
        "pk": pk,
    }
    template = "organisations/history/panel.html" if request.htmx else "organisations/history/page.html"
    return render(request, template, context)


def tracked(label: str) -> Any:
    """A model under `with_history` whose rows know whom they are visible to; any other does not exist here."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not hasattr(model, "pgh_event_models") or not hasattr(model.objects, "visible_to"):
        raise Http404
    return model


def may_read_deleted(reader: User, model: Any, pk: int) -> bool:
    """A row that is gone: by the organisations that its last event names; by none of them, only from a root down."""
    if not reader.posts or model._base_manager.filter(pk=pk).exists():
        return False
    last = model.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("-pgh_id").values().first()
    if last is None:
        return False
    if "path" in last:
        return any(last["path"].startswith(path) for path in reader.scopes())
    named = {last[f.attname] for f in model._meta.concrete_fields if f.related_model is Organisation} - {None}
    if Organisation.objects.filter(pk__in=named).exists():
        return Organisation.objects.visible_to(reader).filter(pk__in=named).exists()
    return any(len(path) == Organisation.steplen for path in reader.scopes())
