"""The page of T11."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.dates import localized_date, month_end
from core.exports import workbook_response
from core.figures import LINES, Column, Fact, Figure, Line, Table, address, in_all
from organisations.requests import Request
from pairing.figures import issues as figures
from pairing.figures.issues import By, Counted
from pairing.forms.figures import FiguresForm
from pairing.listings.issues import NOBODY, NOT_WITHDRAWN, UNSOLVED_WORD, WAITING_WORD
from pairing.models import Issue
from pairing.states import IssueState


@require_safe
def statistics(request: Request) -> HttpResponseBase:
    """T11: the ledger by village, unit, kind or month; as a workbook for `?export=xlsx`."""
    form, title = FiguresForm(request.GET, user=request.user, by=By), _("Statistics of the issue ledger")
    lines = figures.lines(request.user, form, timezone.localdate())
    if request.GET.get("export") == "xlsx":
        table = table_of(form, lines)
        return workbook_response(title, table.header, table.rows())
    page: Any = Paginator(lines, LINES).get_page(request.GET.get("page"))
    table = table_of(form, page.object_list)
    page.object_list = table.lines  # type: ignore[assignment]  # what is shown of the lines counted
    since, until = form.days()
    counted = figures.total(request.user, form, timezone.localdate())
    table.total = in_all(line_of(form, "", {}, counted).figures)
    shown = {
        "form": form,
        "table": table,
        "page": page,
        "facts": facts(counted, table.total),
        "title": title,
        "lead": _("Received from %(since)s to %(until)s, and how far they are today. Numbers lead to their list.")
        % {"since": localized_date(since), "until": localized_date(until)},
        "crumbs_url": reverse("issues"),
        "crumbs_name": _("Issue ledger"),
        "nothing": _("No issue was received in these days. Choose other days or a place."),
    }
    return render(request, "figures/page.html", shown)


def table_of(form: FiguresForm, lines: Iterable[tuple[Any, Any, Counted]]) -> Table:
    columns = [
        Column(_("Received")),
        Column(_("Not solved"), _("received")),
        Column(_("Overdue"), _("not solved")),
        Column(_("Waiting to be confirmed or closed")),
        Column(_("Closed"), _("received")),
        Column(_("Days to close, on average")),
    ]
    table = Table(str(By(form.chosen_by).label), columns)
    for key, name, counted in lines:
        table.lines.append(line_of(form, words_of(form, key, name), narrowed(form, key), counted))
    return table


def words_of(form: FiguresForm, key: Any, name: Any) -> str:
    if form.chosen_by == By.KIND:
        return str(Issue.Kind(key).label)
    if form.chosen_by == By.MONTH:
        return date_format(timezone.localtime(key), "YEAR_MONTH_FORMAT")
    return name or str(_("nobody is in charge yet"))


def narrowed(form: FiguresForm, key: Any) -> dict[str, Any]:
    if form.chosen_by == By.MONTH:
        first = timezone.localtime(key).date()
        since, until = form.days()
        return {"since": max(since, first), "until": min(until, month_end(first.year, first.month))}
    name = {By.PLACE: "at", By.OWNER: "owner", By.KIND: "kind"}[By(form.chosen_by)]
    return {name: NOBODY if key is None else key}


def line_of(form: FiguresForm, name: str, more: dict[str, Any], counted: Counted) -> Line:
    since, until = form.days()
    asked = {
        "since": since,
        "until": until,
        "place": form.words,
        "round": form.chosen_round.pk if form.chosen_round else None,
    }

    def to(**given) -> str:
        return address(reverse("issues"), **(asked | more | given))

    closed = to(state=IssueState.CLOSED)
    return Line(
        name,
        [
            Figure(counted.received, url=to(state=NOT_WITHDRAWN)),
            Figure(counted.unsolved, counted.received, to(state=UNSOLVED_WORD)),
            Figure(counted.overdue, counted.unsolved, to(overdue="yes"), is_late=True),
            Figure(counted.claimed, url=to(state=WAITING_WORD)),
            Figure(counted.closed, counted.received, closed),
            Figure(counted.days, url=f"{closed}&columns=days&columns=state&columns=raised_at&columns=closed_at"),
        ],
    )


def facts(counted: Counted, total: Line) -> list[Fact]:
    received, unsolved, overdue, _claimed, closed, days = total.figures
    found = [
        Fact(_("Received"), counted.received, url=received.url),
        Fact(_("Closed"), counted.closed, counted.received, closed.url),
        Fact(_("Not solved"), counted.unsolved, counted.received, unsolved.url),
        Fact(_("Overdue"), counted.overdue, counted.unsolved, overdue.url, "late" if counted.overdue else ""),
    ]
    if counted.days is not None:
        found.append(Fact(_("Days to close, on average"), counted.days, url=days.url))
    return found
