"""Figures that the system can't count: the list, one of them with its versions, entering and correcting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from members.views.submitting import form_page
from organisations.models import Organisation
from organisations.requests import Request
from reports.actions import figures as acts
from reports.forms.figures import CorrectFigureForm, ReportFigureForm, WithdrawFigureForm
from reports.listings.figures import FigureFilter, FigureTable
from reports.models import ReportedFigure
from reports.querysets.figure import REPORT


@require_safe
def reported_figures(request: Request) -> HttpResponseBase:
    rows = ReportedFigure.objects.visible_to(request.user).current().select_related("place", "corrected_by")
    may = request.user.can(REPORT)
    first = {"empty_url": reverse("report_figure"), "empty_action": _("Report a figure")} if may else {}
    return render_list(
        request,
        queryset=rows,
        filterset_class=FigureFilter,
        table_class=FigureTable,
        title=_("Reported figures"),
        is_long=True,
        template="reports/figures/list.html",
        context={"may_report": may, "empty_sentence": _("Nothing has been reported here yet."), **first},
    )


def report_figure(request: Request) -> HttpResponse:
    if not request.user.can(REPORT):
        raise Http404
    among = Organisation.objects.managed_by(request.user, REPORT)
    own = {post.organisation.path: post.organisation.name for post in request.user.posts if post.grants(REPORT)}
    start = {"measure": request.GET.get("measure", ""), "place": next(iter(own.values()), "")}
    form = ReportFigureForm(request.POST or None, user=request.user, among=among, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.report(by=request.user, of=form.of, said=form.said, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Reported: %(figure)s. It stands in the statistics at once.") % {"figure": made}
            )
            return redirect(made)
    back = {"back": reverse("reported_figures"), "back_name": _("Reported figures")}
    return form_page(request, form, _("Report a figure"), **back)


def visible_figure(request: Request, pk: int) -> ReportedFigure:
    rows = ReportedFigure.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("place", "round", "entered_by", "entered_as__organisation"), pk=pk)


@require_safe
def reported_figure(request: Request, pk: int) -> HttpResponse:
    """All versions, the newest first; correcting starts from the newest."""
    figure = visible_figure(request, pk)
    same = {name: getattr(figure, name) for name in ("measure", "place", "round", "since", "until")}
    versions = ReportedFigure.objects.filter(**same).select_related("entered_by").order_by("-version")
    newest = versions[0]
    may = request.user.can(REPORT, figure.place) and newest.number is not None
    shown = {"figure": figure, "versions": versions, "newest": newest, "may_correct": may}
    return render(request, "reports/figures/page.html", shown)


def correct_figure(request: Request, pk: int) -> HttpResponse:
    figure = correctable(request, pk)
    start = {"figure": figure.words, "document": figure.document, "said_by": figure.said_by}
    form = CorrectFigureForm(request.POST or None, unit=figure.what.unit if figure.what else "", initial=start)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            made = acts.correct(by=request.user, figure=figure, said=form.said, reason=reason, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Corrected. The old version stays beside the new one."))
            return redirect(made)
    title = _("Correct “%(name)s”") % {"name": figure.name}
    return form_page(request, form, title, back=figure.get_absolute_url(), back_name=str(figure))


def withdraw_figure(request: Request, pk: int) -> HttpResponse:
    figure = correctable(request, pk)
    form = WithdrawFigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.withdraw(by=request.user, figure=figure, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Taken back. No table counts it any more; what was said stays readable."))
            return redirect(made)
    title = _("Take “%(name)s” back") % {"name": figure.name}
    return form_page(request, form, title, back=figure.get_absolute_url(), back_name=str(figure))


def correctable(request: Request, pk: int) -> ReportedFigure:
    figure = visible_figure(request, pk)
    if not request.user.can(REPORT, figure.place):
        raise Http404
    return figure
