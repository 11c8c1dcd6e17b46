"""Kept views of the statistics tables: kept, opened, renamed, removed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from organisations.requests import Request
from reports.actions import saved_views as acts
from reports.forms.saved_views import KeepForm, ViewForm
from reports.holding import offices_of
from reports.models import SavedView
from reports.statistics.frame import all_statistics
from reports.statistics.kept import address_of, kept_words, place_gone, title_of, views_for


@require_POST
def keep_view(request: Request, table: str) -> HttpResponse:
    statistic = all_statistics().get(table)
    if statistic is None or not statistic.is_for(request.user):
        raise Http404
    form = KeepForm(request.POST, offices=offices_of(request.user))
    if form.is_valid():
        given = {"name": form.cleaned_data["name"], "organisation": form.organisation}
        query = kept_words(statistic, form.cleaned_data["query"])
        try:
            view = acts.keep_view(by=request.user, table=table, query=query, at=timezone.now(), **given)
        except Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("Kept. You find it on top of the statistics tables."))
            return redirect(address_of(view))
    title = f"{statistic.code} {statistic.name}"
    return render(request, "reports/statistics/name_view.html", {"form": form, "title": title, "view": None})


@require_safe
def open_view(request: Request, pk: int) -> HttpResponse:
    """Leads to the table; says what the view names and is not there any more."""
    view = visible_view(request, pk)
    shown = next(each for each in views_for(request.user, view.table) if each.view.pk == view.pk)
    statistic = all_statistics().get(view.table)
    said = shown.gone or place_gone(request.user, view)
    if said:
        messages.warning(request, _("Kept view “%(name)s”: %(sentence)s") % {"name": view.name, "sentence": said})
    if statistic is None or not statistic.is_for(request.user):
        return redirect("statistics")
    return redirect(address_of(view))


def rename_view(request: Request, pk: int) -> HttpResponse:
    view = own_view(request, pk)
    initial = {"name": view.name, "office": str(view.organisation_id or "")}
    form = ViewForm(request.POST or None, offices=offices_of(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"name": form.cleaned_data["name"], "organisation": form.organisation}
        try:
            acts.rename_view(by=request.user, view=view, **given)
        except Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("Kept."))
            return redirect("statistics")
    return render(request, "reports/statistics/name_view.html", {"form": form, "title": title_of(view), "view": view})


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    acts.remove_view(by=request.user, view=own_view(request, pk))
    messages.success(request, _("Removed."))
    return redirect("statistics")


def visible_view(request: Request, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user).distinct(), pk=pk)


def own_view(request: Request, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.filter(kept_by=request.user).select_related("organisation"), pk=pk)
