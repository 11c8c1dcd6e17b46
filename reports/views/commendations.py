"""Areas side by side, and the commendation list that is drafted from them; what everybody reads of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exports import workbook_response
from core.refusals import Refused
from core.requests import HtmxRequest
from members.views.submitting import form_page, performed
from organisations.models import User
from organisations.requests import Request
from pairing.models import Round
from reports.actions import commendations as acts
from reports.forms.commendation import CommendationForm, DaysForm, LineForm
from reports.holding import inspecting, rounds_of
from reports.inspection.states import NoticeKind, NoticeState
from reports.models import Assessment, CommendationLine, Notice
from reports.praise.awarding import KNOWN
from reports.praise.comparing import empty_table, may_rank, table_of
from reports.views.notices import written


@require_safe
def area_comparison(request: Request) -> HttpResponseBase:
    """For whoever writes circulars of a committee: the areas just below it."""
    organisation = inspecting(request.user)
    form = DaysForm(request.GET, rounds=rounds_of(request.user))
    round, since, until = form.chosen
    table = table_of(organisation, round, since, until) if round else empty_table()
    title = _("Comparison of areas")
    if request.GET.get("export") == "xlsx":
        return workbook_response(title, table.header, table.rows())
    shown = {
        "form": form, "table": table, "page": table.page(request), "title": title, "organisation": organisation,
        "may_rank": round is not None and may_rank(round), "chosen": {"round": round, "since": since, "until": until},
    }  # fmt: skip
    return render(request, "reports/commendations/comparison.html", shown)


def new_commendation(request: Request) -> HttpResponse:
    organisation = inspecting(request.user)
    today = timezone.localdate()
    start: dict[str, Any] = {"since": today.replace(month=1, day=1), "until": today}
    start |= {name: request.GET[name] for name in ("round", "since", "until") if request.GET.get(name)}
    known = Assessment.objects.visible_to(request.user).filter(state__in=KNOWN).select_related("round")
    form = CommendationForm(
        request.POST or None, rounds=rounds_of(request.user), assessments=known.order_by("-ends_on"), initial=start
    )

    def write(*, by: User, **fields) -> Notice:
        basis, at = CommendationForm.basis_of(fields), timezone.now()
        given = {"organisation": organisation, "round": fields["round"], "award": fields["award"]}
        return acts.write_commendation(by=by, basis=basis, at=at, **given)

    if notice := performed(request, form, write):
        messages.success(request, _("Drafted. Adjust the list and the reasons, then issue it as a circular."))
        return redirect("edit_notice", notice.pk)
    title, submit = _("Write a commendation list"), _("To the list")
    back, back_name = reverse("area_comparison"), _("Comparison of areas")
    return form_page(request, form, title, back=back, back_name=back_name, about=organisation, submit=submit)


def add_commended(request: Request, pk: int) -> HttpResponse:
    notice = open_list(request.user, pk)
    form = LineForm(request.POST or None, below=notice.organisation)
    return saved(request, notice, form, partial(acts.commend, notice=notice), _("Put an organisation on the list"))


def edit_commended(request: Request, pk: int) -> HttpResponse:
    line = writable(request.user, pk)
    form = LineForm(request.POST or None, initial={"award": line.award, "reason": line.reason})
    return saved(request, line.notice, form, partial(acts.change_line, line=line), line.organisation.name)


def saved(request: Request, notice: Notice, form: LineForm, verb, title: str) -> HttpResponse:
    """One form, one act, back to the draft."""
    if performed(request, form, verb):
        return redirect("edit_notice", notice.pk)
    return form_page(request, form, title, back=reverse("edit_notice", args=[notice.pk]), back_name=notice.title)


@require_POST
def remove_commended(request: Request, pk: int) -> HttpResponse:
    line = writable(request.user, pk)
    try:
        acts.remove_line(by=request.user, line=line)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("edit_notice", line.notice_id)


def writable(user: User, pk: int) -> CommendationLine:
    line = get_object_or_404(CommendationLine.objects.select_related("notice__organisation", "organisation"), pk=pk)
    open_list(user, line.notice_id)
    return line


def open_list(user: User, pk: int) -> Notice:
    """The draft of a commendation list, for whoever writes it; to everybody else it does not exist."""
    notice = written(user, pk)
    if notice.kind != NoticeKind.COMMENDATION or notice.state != NoticeState.DRAFT:
        raise Http404
    return notice


@login_not_required
@require_safe
def open_commendations(request: HtmxRequest, pk: int) -> HttpResponse:
    """What everybody reads of a round: who was commended, as what and why; nothing else of the circular."""
    round = get_object_or_404(Round.objects.published().select_related("organiser"), pk=pk)
    rows = Notice.objects.filter(round=round, kind=NoticeKind.COMMENDATION, state=NoticeState.ISSUED)
    notices = rows.select_related("organisation").prefetch_related("awards__organisation").order_by("-issued_at", "-pk")
    return render(request, "reports/commendations/open.html", {"round": round, "notices": notices})
