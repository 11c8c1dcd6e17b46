"""「一张表」(P-13): one row a village or unit with fields chosen, and local forms that come back filled."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exports import XLSX, workbook_response
from core.refusals import Refused
from organisations.requests import Request
from reports.actions import local_forms as acts
from reports.forms.one_form import AskedForm, ColumnsForm, FieldsForm, HandInForm
from reports.holding import offices_of
from reports.models import LocalForm
from reports.oneform import filling
from reports.oneform.asked import About, Form
from reports.oneform.fields import rows_of
from reports.oneform.recognising import has_name, read, recognised, relaid, sheet_of

NAMES_SHOWN = 20


@require_safe
def one_form(request: Request) -> HttpResponseBase:
    """What to export; the workbook for `?export=xlsx`."""
    asked = AskedForm(request.GET, user=request.user)
    given = request.GET if "export" in request.GET else None
    fields = FieldsForm(given, about=asked.chosen_by)
    if given is not None and fields.is_valid():
        header, rows = rows_of(asked.asked(), fields.chosen)
        return workbook_response(_("One form"), header, rows)
    offices = offices_of(request.user)
    shown: dict[str, Any] = {"asked": asked, "fields": fields, "number": asked.asked().rows.count()}
    shown["forms"] = LocalForm.objects.visible_to(request.user).select_related("organisation")
    shown["hand_in"] = HandInForm(offices=offices) if offices else None
    return render(request, "reports/oneform/page.html", shown)


@require_POST
def hand_in_local_form(request: Request) -> HttpResponse:
    offices = offices_of(request.user)
    if not offices:
        raise Http404
    form = HandInForm(request.POST, request.FILES, offices=offices)
    if form.is_valid():
        try:
            given = {"organisation": form.cleaned_data["office"], "upload": form.cleaned_data["file"]}
            made = acts.hand_in_form(by=request.user, at=timezone.now(), **given)
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("Read. Look at what each column means, then fill the form."))
            return redirect(made)
    return render(request, "reports/oneform/hand_in.html", {"hand_in": form})


def own_form(request: Request, pk: int) -> LocalForm:
    rows = LocalForm.objects.visible_to(request.user).select_related("file", "organisation")
    return get_object_or_404(rows, pk=pk)


def local_form(request: Request, pk: int) -> HttpResponse:
    """Which field each column means, to be confirmed; then what it would be filled with."""
    form = own_form(request, pk)
    asked = AskedForm(request.GET, user=request.user, about=About(form.about))
    columns = ColumnsForm(request.POST or None, form=form)
    if request.method == "POST" and columns.is_valid():
        try:
            return redirect(kept(request, form, columns))
        except Refused as refusal:
            columns.add_error(None, refusal.sentence)
    shown = {"form": form, "asked": asked, "columns": columns, "query": asked_words(request)}
    return render(request, "reports/oneform/form.html", shown | told(form, asked))


def kept(request: Request, form: LocalForm, columns: ColumnsForm) -> LocalForm:
    data = columns.cleaned_data
    if layout := laid_out_otherwise(form, data):
        messages.info(request, _("The columns were read anew. Look at what each of them means."))
        return acts.lay_out_anew(by=request.user, form=form, layout=layout)
    given = {"name": data["name"], "about": data["about"], "mapping": columns.mapping()}
    messages.success(request, _("Kept. Now fill the form below."))
    return acts.confirm_columns(by=request.user, form=form, at=timezone.now(), **given)


def laid_out_otherwise(form: LocalForm, asked: dict[str, Any]) -> Form | None:
    """The headings of another sheet, as they are recognised there; or those of another row."""
    name = asked.get("sheet", form.sheet)
    if name != form.sheet:
        return recognised([sheet_of(read(form.path, form.file.name), name)])
    if asked["header_row"] == max(form.header_rows) and asked["about"] == form.about:
        return None
    spooled = sheet_of(read(form.path, form.file.name), name)
    return relaid(spooled, About(asked["about"]), asked["header_row"])


def told(form: LocalForm, asked: AskedForm) -> dict[str, Any]:
    """What filling it would come to, before anybody fetches it."""
    if form.confirmed_at is None or not has_name(form.understood.mapping):
        return {"plan": None}
    try:
        plan = filling.planned(form.understood, asked.asked(), form.path, form.file.name)
    except Refused as refusal:
        return {"plan": None, "refused": refusal.sentence}
    return {
        "plan": plan,
        "unknown": plan.unknown[:NAMES_SHOWN],
        "unknown_more": max(len(plan.unknown) - NAMES_SHOWN, 0),
    }


def asked_words(request: Request) -> str:
    given = request.GET.copy()
    given.pop("overwrite", None)
    return given.urlencode()


@require_safe
def filled_local_form(request: Request, pk: int) -> HttpResponseBase:
    """The workbook as it was handed in, filled from the records as they are now."""
    form = own_form(request, pk)
    if form.confirmed_at is None:
        raise Http404
    asked = AskedForm(request.GET, user=request.user, about=About(form.about)).asked()
    try:
        plan = filling.planned(form.understood, asked, form.path, form.file.name)
        made = filling.filled(form.understood, plan, form.path, overwrite=request.GET.get("overwrite") == "1")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(form)
    response = HttpResponse(made, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{form.name}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove_local_form(request: Request, pk: int) -> HttpResponse:
    acts.remove_form(by=request.user, form=own_form(request, pk))
    messages.success(request, _("Removed. The records stay as they are."))
    return redirect("one_form")
