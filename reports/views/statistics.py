"""The entrance to the statistics tables, and the page of each: on screen, on paper, as a workbook."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import sheets_response
from core.listing import MOST_COUNTED, page_number, render_list
from funds.figures import SIGNED
from funds.models import Entry
from office.inspection.naming import DOCX
from organisations.models import Organisation
from organisations.requests import Request
from pairing.models import Pairing
from reports.forms.saved_views import KeepForm
from reports.listings.rows import EntryRowsFilter, EntryRowsTable, PairingRowsFilter, PairingRowsTable
from reports.statistics.frame import Asked, Statistic, all_statistics, sheet_of
from reports.statistics.kept import kept_words, views_for
from reports.statistics.printing import document, workbook_sheets


@require_safe
def statistics(request: Request) -> HttpResponse:
    """“统计表”: all that this person may read. Asked for by htmx, the kept views of one table, on top of its page."""
    if request.htmx:
        kept = views_for(request.user, request.GET.get("table", ""))
        return render(request, "reports/statistics/kept.html", {"kept": kept})
    tables = [each for each in all_statistics().values() if each.is_for(request.user)]
    return render(request, "reports/statistics/index.html", {"tables": tables, "kept": views_for(request.user)})


def readable(request: Request, code: str) -> Statistic:
    statistic = all_statistics().get(code)
    if statistic is None or not statistic.is_for(request.user):
        raise Http404
    return statistic


@require_safe
def statistics_table(request: Request, table: str) -> HttpResponseBase:
    statistic = readable(request, table)
    form = statistic.form(request.GET, user=request.user, by=statistic.by)
    wanted = request.GET.get("export", "")
    sheet = sheet_of(statistic, Asked(request.user, form, None if wanted else page_number(request)))
    sheet.lead = sheet.lead or form.lead
    title = f"{statistic.code} {statistic.name}"
    if wanted == "xlsx":
        return sheets_response(workbook_sheets(sheet), title)
    if wanted == "docx":
        return word(title, document(title, sheet))
    for section in sheet.sections:
        section.page = section.page or section.table.page(request)
        if section.keys is not None:
            section.page.object_list = section.table.lines
    shown = {"statistic": statistic, "form": form, "sheet": sheet, "title": title, "query": asked_words(request)}
    initial = {"query": kept_words(statistic, asked_words(request))}
    shown["keep"] = KeepForm(initial=initial)
    return render(request, "reports/statistics/page.html", shown)


def asked_words(request: Request) -> str:
    """The filter as the address has it, without the page and the file asked for."""
    given = request.GET.copy()
    for name in ("page", "export"):
        given.pop(name, None)
    return given.urlencode()


def word(title: str, made: bytes) -> HttpResponse:
    response = HttpResponse(made, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{title}.docx")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def statistics_pairings(request: Request) -> HttpResponseBase:
    """The pairings behind a number of T1."""
    return render_list(
        request,
        queryset=Pairing.objects.visible_to(request.user).select_related("unit", "village", "round"),
        filterset_class=PairingRowsFilter,
        table_class=PairingRowsTable,
        title=_("Pairings behind the statistics"),
        is_long=True,
        template="reports/statistics/rows.html",
        context={"table_code": "T1", "table_name": all_statistics()["T1"].name},
    )


@require_safe
def statistics_entries(request: Request) -> HttpResponseBase:
    """The entries behind a number of T4 or T12: those of the ledgers of villages."""
    table = readable(request, "T4")
    villages = Organisation.objects.visible_to(request.user).villages().order_by()
    rows = Entry.objects.filter(fund__holder__in=villages.values("pk")).annotate(signed_amount=SIGNED)
    return render_list(
        request,
        queryset=rows.select_related("fund__holder", "giver").order_by("-on", "-pk"),
        filterset_class=EntryRowsFilter,
        table_class=EntryRowsTable,
        title=_("Entries behind the statistics"),
        most=MOST_COUNTED,
        template="reports/statistics/rows.html",
        context={"table_code": table.code, "table_name": table.name},
    )
