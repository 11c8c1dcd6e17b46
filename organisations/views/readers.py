"""Who can see this? A panel of each record's page, and a page: for everybody who can see the record."""

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from organisations.audience import SOURCES, THROUGH, people_in, readers, told
from organisations.models import User
from organisations.requests import Request


def record_readers(request: Request, label: str, pk: int) -> HttpResponse:
    record = readable_record(label, pk, request.user)
    found = readers(record)
    groups = [found.circles, *(circles for _title, circles in found.parts)]
    words = iter(told([circle for circles in groups for circle in circles]))
    whole, *parts = [[next(words) for _circle in circles] for circles in groups]
    context = {
        "record": record,
        "kind": record._meta.verbose_name,
        "circles": whole,
        "people": people_in(found.circles).count(),
        "public": found.public,
        "parts": list(zip([title for title, _circles in found.parts], parts, strict=True)),
        "has_history": hasattr(record, "pgh_event_models"),
    }
    template = "organisations/readers/panel.html" if request.htmx else "organisations/readers/page.html"
    return render(request, template, context)


def readable_record(label: str, pk: int, user: User):
    """A record that the user can read; any other does not exist here."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if model not in SOURCES:
        raise Http404
    return get_object_or_404(getattr(model._default_manager, THROUGH[model])(user), pk=pk)
