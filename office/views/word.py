"""Word templates: which there are at which place, what they may use, and putting another one in force."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from office import actions, documents
from office.documents import TemplateKind
from office.files import serve, serve_content
from office.forms import TemplateForm
from office.inspection.naming import DOCX
from office.models import WordTemplate
from organisations.models import Organisation
from organisations.requests import Request

REPLACE = "template.replace"


def replaceable(request: Request, place: int, key: str) -> tuple[Organisation, TemplateKind]:
    """The place and the kind; for those who may not replace templates there, there is none."""
    organisation = get_object_or_404(Organisation.objects.managed_by(request.user, REPLACE), pk=place)
    kind = next((kind for kind in documents.kinds() if kind.key == key), None)
    if kind is None:
        raise Http404
    return organisation, kind


@require_safe
def word_templates(request: Request) -> HttpResponse:
    """The kinds at each place that the reader's posts reach from the top."""
    places = Organisation.objects.filter(path__in=request.user.scopes(REPLACE))
    if not places:
        raise Http404
    newest = WordTemplate.objects.filter(place__in=places).select_related("file", "replaced_by")
    ordered = newest.order_by("place_id", "kind", "-version").distinct("place_id", "kind")
    in_force = {(row.place_id, row.kind): row for row in ordered}
    rows = [
        {"place": place, "kind": kind, "version": in_force.get((place.pk, kind.key))}
        for place in places
        for kind in documents.kinds()
    ]
    return render(request, "office/word/list.html", {"rows": rows})


def word_template(request: Request, place: int, key: str) -> HttpResponse:
    organisation, kind = replaceable(request, place, key)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_template(
                by=request.user,
                place=organisation,
                kind=kind,
                upload=form.cleaned_data["file"],
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("The new template is in force."))
            return redirect("word_template", place, key)
    versions = WordTemplate.objects.of(key, organisation).select_related("file", "replaced_by")
    shown = {"place": organisation, "kind": kind, "form": form, "versions": versions}
    return render(request, "office/word/template.html", shown)


@require_safe
def download_template(request: Request, place: int, key: str) -> FileResponse:
    """The template in force, to be changed in Word."""
    organisation, kind = replaceable(request, place, key)
    content = io.BytesIO(documents.current(kind, organisation))
    return serve_content(content, name=f"{kind.name}.docx", media_type=DOCX)


@require_safe
def download_version(request: Request, place: int, key: str, version: int) -> FileResponse:
    organisation, _kind = replaceable(request, place, key)
    row = get_object_or_404(WordTemplate.objects.of(key, organisation), version=version, file__isnull=False)
    return serve(row.file)


@require_POST
def restore_template(request: Request, place: int, key: str, version: int) -> HttpResponse:
    """Version 0 is the template that the product brings."""
    organisation, kind = replaceable(request, place, key)
    versions = WordTemplate.objects.of(key, organisation).filter(file__isnull=False)
    row = get_object_or_404(versions, version=version) if version else None
    actions.restore_template(by=request.user, place=organisation, kind=kind, version=row, at=timezone.now())
    messages.success(request, _("The earlier template is in force again."))
    return redirect("word_template", place, key)
