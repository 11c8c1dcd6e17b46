"""Periodic reports: one's own, those of a desk, the page of one with its figures, the records behind a figure."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from duties.models import Duty
from office.inspection.naming import DOCX
from organisations.requests import Request
from reports.actions import periodic as acts
from reports.forms.periodic import RemarkForm, WordsForm
from reports.listings.periodic import MyReportTable, ReceivedFilter, ReceivedTable, ReportFilter, RowFilter, rows_table
from reports.models import PeriodicReport
from reports.periodic import paper, reading
from reports.periodic.counting import rows_behind
from reports.periodic.sources import SOURCES
from reports.querysets.periodic import READ, RECEIVE
from reports.states import OPEN_REPORTS, ReportState

SHOWN_ON_HOME = 3


def readable(request: Request, pk: int) -> PeriodicReport:
    return get_object_or_404(PeriodicReport.objects.visible_to(request.user).with_parts(), pk=pk)


@require_safe
def my_reports(request: Request) -> HttpResponseBase:
    """What is to be handed in stands on top, then all that there ever was."""
    mine, _waiting = reading.to_do(request.user)
    return render_list(
        request,
        queryset=PeriodicReport.objects.written_by(request.user).standing().with_parts(),
        filterset_class=ReportFilter,
        table_class=MyReportTable,
        title=_("My reports"),
        template="reports/periodic/mine.html",
        context={
            "mine": mine,
            "empty_sentence": _("Nothing is to be reported yet: a report is drafted the day after its period ends."),
        },
    )


@require_safe
def panel(request: Request) -> HttpResponse:
    """On the first page: what is to be handed in, how many wait to be accepted."""
    if not request.htmx:
        return redirect("my_reports")
    mine, waiting = reading.to_do(request.user)
    if not mine and not waiting:
        return HttpResponse()
    shown = {"mine": mine[:SHOWN_ON_HOME], "number": len(mine), "waiting": waiting}
    return render(request, "reports/periodic/panel.html", shown)


@require_safe
def received(request: Request) -> HttpResponseBase:
    """All that came in, at the own desk and below; those that wait at the own desk can be accepted together."""
    if not request.user.can(READ):
        raise Http404
    rows = PeriodicReport.objects.visible_to(request.user).exclude(state=ReportState.DRAFTED)
    receives = request.user.can(RECEIVE)
    return render_list(
        request,
        queryset=rows.exclude(PeriodicReport.objects.owed(request.user)).with_parts(),
        filterset_class=ReceivedFilter,
        table_class=ReceivedTable,
        title=_("Reports received"),
        template="reports/periodic/received.html",
        context={"receives": receives, "empty_sentence": _("No report has been handed in yet.")},
    )


@require_POST
def accept(request: Request) -> HttpResponse:
    """The ticked ones of the list, or the one of a page."""
    picked = [pk for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 12]
    rows = PeriodicReport.objects.visible_to(request.user).filter(pk__in=picked)
    try:
        number = acts.accept(by=request.user, reports=list(rows), at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        words = ngettext("%(number)s report was accepted.", "%(number)s reports were accepted.", number)
        messages.success(request, words % {"number": number})
    return redirect(f"{reverse('reports_received')}?{request.GET.urlencode()}".rstrip("?"))


@require_safe
def missing(request: Request) -> HttpResponse:
    """Of each period at the own desks, how many reports are in and whose are missing."""
    if not request.user.can(RECEIVE):
        raise Http404
    return render(request, "reports/periodic/missing.html", {"periods": reading.expected(request.user)})


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """All that are missing for the period of this report at its desk."""
    rows = PeriodicReport.objects.received_by(request.user).select_related("desk", "round")
    sample = get_object_or_404(rows, pk=pk)
    try:
        told = acts.remind_missing(
            by=request.user, desk=sample.desk, round=sample.round, period=sample.period, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        words = ngettext("%(number)s was reminded.", "%(number)s were reminded.", told)
        messages.success(request, words % {"number": told})
    return redirect("reports_missing")


def report_page(request: Request, pk: int) -> HttpResponse:
    """Whoever writes it finds it filled; the words are kept and, by the other button, it is handed in."""
    report = readable(request, pk)
    writes = report.state in OPEN_REPORTS and acts.may_write(request.user, report)
    form = WordsForm(request.POST or None, report=report) if writes else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and keep(request, report, form):
            return redirect(report)
    receives = report.state == ReportState.SUBMITTED and acts.receiving_post(request.user, report)
    shown = reading.whole(report) | {
        "report": report,
        "form": form,
        "receives": receives,
        "remark_form": RemarkForm() if receives else None,
        "steps": report.steps.select_related("by"),
        "is_own": acts.may_write(request.user, report),
        "reads": request.user.can(READ),
    }
    return render(request, "reports/periodic/page.html", shown)


def keep(request: Request, report: PeriodicReport, form: WordsForm) -> bool:
    """Keeps the words, or hands the report in; False where that is refused."""
    given = {"by": request.user, "report": report, "words": form.cleaned_data, "at": timezone.now()}
    try:
        if request.POST.get("step") == "submit":
            acts.submit(**given)
            messages.success(request, _("Handed in. %(name)s was told.") % {"name": report.desk.name})
        else:
            acts.write(**given)
            messages.success(request, _("Kept. It is not handed in yet."))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    report = readable(request, pk)
    if not acts.may_write(request.user, report):
        raise Http404
    try:
        acts.refresh(by=request.user, report=report, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The figures are those of now."))
    return redirect(report)


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    report = readable(request, pk)
    if not acts.receiving_post(request.user, report):
        raise Http404
    form = RemarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what is to be changed."))
        return redirect(report)
    try:
        acts.give_back(by=request.user, report=report, remark=form.cleaned_data["remark"], at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Sent back with your remark."))
    return redirect(report)


@require_safe
def report_rows(request: Request, pk: int, figure: str) -> HttpResponseBase:
    """The records behind one figure, as they stand now: those of them that the reader may see."""
    report = readable(request, pk)
    key, _dot, part = figure.partition(".")
    source = SOURCES.get(key)
    if source is None:
        raise Http404
    adds = rows_behind(report, key, part)
    rows = source.rows.visible_to(request.user).filter(pk__in=adds).select_related(*source.related)
    name = f"{source.name} · {source.parts(part)}" if part and source.parts else str(source.name)
    return render_list(
        request,
        queryset=rows.distinct().order_by("pk"),
        filterset_class=RowFilter,
        table_class=rows_table(adds),
        title=name,
        template="reports/periodic/rows.html",
        context={
            "report": report,
            "number": reading.in_all(adds.values(), source.is_money),
            "of_words": source.of_words,
            "all_rows": len(adds),
            "empty_sentence": _("There is no record behind this figure that you may open."),
        },
    )


@require_safe
def report_document(request: Request, pk: int) -> HttpResponse:
    report = readable(request, pk)
    content = paper.content_of(report, reading.whole(report))
    response = HttpResponse(paper.document(content, report.place), content_type=DOCX)
    name = f"{content['title']}.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def write_report(request: Request, pk: int) -> HttpResponse:
    """From a duty to its report; where there is none yet, it is drafted at once, once its period is over."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user).owed_by(request.user).related(), pk=pk)
    existing = PeriodicReport.objects.filter(duty=duty).with_parts().first()
    if existing is not None and PeriodicReport.objects.visible_to(request.user).filter(pk=existing.pk).exists():
        return redirect(existing)
    if request.method == "POST":
        try:
            return redirect(acts.draft(by=request.user, duty=duty, at=timezone.now()))
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("write_report", pk)
    over = duty.counts_until < timezone.localdate()
    shown = {"duty": duty, "over": over, "existing": existing, "writes": acts.may_draft(request.user, duty)}
    return render(request, "reports/periodic/write.html", shown)
