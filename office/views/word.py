"""Word templates: which there are, what they may use, and putting another one in force."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
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


def replaceable(request: HttpRequest, key: str) -> TemplateKind:
    """The kind named by `key`; for those who may not replace templates there is none."""
    kind = next((kind for kind in documents.kinds() if kind.key == key), None)
    if kind is None or not request.user.can("template.replace"):
        raise Http404
    return kind


@require_safe
def word_templates(request: HttpRequest) -> HttpResponse:
    if not request.user.can("template.replace"):
        raise Http404
    newest = WordTemplate.objects.visible_to(request.user).select_related("file", "replaced_by")
    in_force = {row.kind: row for row in newest.order_by("kind", "-version").distinct("kind")}
    rows = [{"kind": kind, "version": in_force.get(kind.key)} for kind in documents.kinds()]
    return render(request, "office/word/list.html", {"rows": rows})


def word_template(request: HttpRequest, key: str) -> HttpResponse:
    kind = replaceable(request, key)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_template(
                by=request.user,
                kind=kind,
                upload=form.cleaned_data["file"],
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("The new template is in force."))
            return redirect("word_template", key)
    versions = WordTemplate.objects.visible_to(request.user).of(key).select_related("file", "replaced_by")
    return render(request, "office/word/template.html", {"kind": kind, "form": form, "versions": versions})


@require_safe
def download_template(request: HttpRequest, key: str) -> FileResponse:
    """The template in force, to be changed in Word."""
    kind = replaceable(request, key)
    return serve_content(io.BytesIO(documents.current(kind)), name=f"{kind.name}.docx", media_type=DOCX)


@require_safe
def download_version(request: HttpRequest, key: str, version: int) -> FileResponse:
    replaceable(request, key)
    row = get_object_or_404(WordTemplate.objects.visible_to(request.user).of(key), version=version, file__isnull=False)
    return serve(row.file)


@require_POST
def restore_template(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """Version 0 is the template that the product brings."""
    kind = replaceable(request, key)
    versions = WordTemplate.objects.visible_to(request.user).of(key).filter(file__isnull=False)
    row = get_object_or_404(versions, version=version) if version else None
    actions.restore_template(by=request.user, kind=kind, version=row, at=timezone.now())
    messages.success(request, _("The earlier template is in force again."))
    return redirect("word_template", key)
