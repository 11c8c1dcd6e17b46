"""Circulars and notices: the list, reading one with its receipt, who has read it, its Word file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from office.inspection.naming import DOCX
from organisations.models import User
from organisations.requests import Request
from reports.actions import notices as acts
from reports.circulars.documents import content_of, notice_document
from reports.circulars.measuring import length_of
from reports.circulars.sending import reading_permission
from reports.inspection.states import NoticeState
from reports.listings.notice import NoticeFilter, NoticeTable, ReceiptFilter, ReceiptTable
from reports.models import Notice, NoticeReceipt

RELATED = ("organisation", "round__scheme_version", "inspection", "corrects", "issued_by", "withdrawn_by", "written_by")


@require_safe
def notice_list(request: Request) -> HttpResponseBase:
    rows = Notice.objects.visible_to(request.user).with_readers()
    return render_list(
        request,
        queryset=rows.select_related("organisation").order_by("-written_at", "-pk"),
        filterset_class=NoticeFilter,
        table_class=NoticeTable,
        title=_("Circulars and notices"),
        template="reports/notices/list.html",
        context={
            "may_write": request.user.can(acts.WRITE),
            "empty_sentence": _("Nothing was issued to you yet."),
        },
    )


@require_safe
def notice_page(request: Request, pk: int) -> HttpResponse:
    """As a paper, with what the reader may do: confirm having read it, or what the author may."""
    notice = visible(request.user, pk)
    writes = request.user.can(acts.WRITE, notice.organisation)
    receipts = notice.receipts.select_related("organisation", "read_by")
    shown = {
        "notice": notice,
        "paper": content_of(notice),
        "length": length_of(notice),
        "writes": writes,
        "own": own_receipts(request.user, notice),
        "sent": receipts.count(),
        "read": receipts.filter(read_at__isnull=False).count(),
        "correction": notice.corrections.filter(state__in=acts.UNDER_WAY).first() if writes else None,
        "successor": notice.corrections.issued().first(),
        "is_draft": notice.state == NoticeState.DRAFT,
    }
    return render(request, "reports/notices/page.html", shown)


@require_safe
def notice_receipts(request: Request, pk: int) -> HttpResponseBase:
    """Who has read it and who has not; for those who write for its organisation."""
    notice = written(request.user, pk)
    return render_list(
        request,
        queryset=notice.receipts.select_related("organisation", "read_by").order_by("organisation__path"),
        filterset_class=ReceiptFilter,
        table_class=ReceiptTable,
        title=_("Who has read it"),
        template="reports/notices/receipts.html",
        context={"notice": notice, "may_remind": notice.state == NoticeState.ISSUED},
    )


@require_POST
def confirm_reading(request: Request, pk: int) -> HttpResponse:
    """For all recipients for which the reader acts."""
    notice = visible(request.user, pk)
    waiting = [receipt for receipt in own_receipts(request.user, notice) if receipt.read_at is None]
    if not waiting:
        raise Http404
    for receipt in waiting:
        acts.confirm_reading(by=request.user, notice=notice, organisation=receipt.organisation, at=timezone.now())
    messages.success(request, _("Confirmed. The author sees that you have read it."))
    return redirect(notice)


@require_POST
def remind_readers(request: Request, pk: int) -> HttpResponse:
    notice = written(request.user, pk)
    try:
        number = acts.remind_readers(by=request.user, notice=notice, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        sent = ngettext("%(count)s recipient was reminded.", "%(count)s recipients were reminded.", number)
        messages.success(request, sent % {"count": number})
    return redirect("notice_receipts", pk)


@require_safe
def notice_word(request: Request, pk: int) -> HttpResponse:
    notice = visible(request.user, pk)
    response = HttpResponse(notice_document(notice), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{notice.title}.docx")
    response["Cache-Control"] = "private, no-store"
    return response


def own_receipts(user: User, notice: Notice) -> list[NoticeReceipt]:
    """Of the organisations that the user's own posts are at."""
    own = [post.organisation_id for post in user.posts]
    found = notice.receipts.filter(organisation__in=own).select_related("organisation", "read_by")
    return [each for each in found if user.can(reading_permission(each.organisation), each.organisation)]


def visible(user: User, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(user).select_related(*RELATED), pk=pk)


def written(user: User, pk: int) -> Notice:
    """One of an organisation for which the user writes; to everybody else it does not exist."""
    notice = visible(user, pk)
    if not user.can(acts.WRITE, notice.organisation):
        raise Http404
    return notice
