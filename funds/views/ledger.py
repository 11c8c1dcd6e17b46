"""Reading ledgers: the list of funds, a fund with its entries, one entry, vouchers, what the two sides disagree on."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from funds import reading, verifying
from funds.actions.opening import OPEN
from funds.forms.ledger import ConfirmForm
from funds.kinds import TWO_SIDED, Hand
from funds.listings.ledger import (
    DifferenceFilter,
    DifferenceTable,
    EntryFilter,
    EntryTable,
    FundFilter,
    FundTable,
)
from funds.models import Entry, Fund, LateVoucher, Project, Voucher
from funds.publishing.states import DisclosureKind
from funds.publishing.windows import Window, offered, suggested
from funds.querysets.ledger import ACKNOWLEDGE, VOUCHERS
from funds.views.publishing import publishes_for
from members.models import Household
from office.files import serve
from organisations.models import Organisation, User
from organisations.requests import Request
from pairing.views.reach import visible_pairing

SHOWN_ON_HOME = 3


@require_safe
def fund_list(request: Request) -> HttpResponseBase:
    """Asked for by htmx in part: what waits for confirmation, on the first page."""
    if request.htmx and request.htmx.target != "list":
        return panel(request)
    funds = Fund.objects.visible_to(request.user)
    return render_list(
        request,
        queryset=funds.select_related("holder"),
        filterset_class=FundFilter,
        table_class=FundTable,
        title=_("Aid money"),
        template="funds/ledger/funds.html",
        context={
            "may_open": request.user.can(OPEN),
            "verdict": verifying.last_verdict(),
            "may_see_verdict": request.user.can(ACKNOWLEDGE),
            "empty_sentence": _("No money or goods are entered yet. The ledger of a pairing is opened on its page."),
        },
    )


def panel(request: Request) -> HttpResponse:
    village, window = to_publish(request.user, timezone.localdate())
    asked = [asked_of(rows) for rows in (reading.waiting_for(request.user), reading.unsent_by(request.user))]
    if window is None and not any(one["number"] for one in asked):
        return HttpResponse()
    shown = {"village": village, "window": window, "waiting": asked[0], "unsent": asked[1]}
    return render(request, "funds/ledger/home_panel.html", shown)


def asked_of(rows: QuerySet[Entry]) -> dict:
    """The oldest few, each with the form that answers it, and how many there are."""
    first = rows.select_related("giver", "fund__holder").order_by("on", "pk")[:SHOWN_ON_HOME]
    return {"entries": [(entry, ConfirmForm(entry=entry)) for entry in first], "number": rows.count()}


def to_publish(user: User, today: date) -> tuple[Organisation | None, Window | None]:
    """The quarter that waits longest to be published by the user's village."""
    village = publishes_for(user).order_by("path").first()
    windows = offered(village, today) if village is not None else []
    return village, suggested([one for one in windows if one.kind == DisclosureKind.QUARTER])


@require_safe
def fund_page(request: Request, pk: int) -> HttpResponseBase:
    """What was promised, received, spent and is left; then the entries, each with who entered it and when."""
    fund = visible_fund(request.user, pk)
    entries = fund.entries.annotate(was_reversed=reading.is_reversed())
    return render_list(
        request,
        queryset=entries.select_related("giver", "entered_by", "project").order_by("-number"),
        filterset_class=EntryFilter,
        table_class=EntryTable,
        title=fund.name,
        template="funds/ledger/fund.html",
        context={"fund": fund, **acts(request.user, fund), **(about(fund) if not request.htmx else {})},
    )


def acts(user: User, fund: Fund) -> dict:
    kinds = reading.kinds_for(user, fund)
    keeps = any(reading.RULES[kind].hand == Hand.KEEPER for kind in kinds)
    return {"kinds": kinds, "may_pass_on": keeps}


def about(fund: Fund) -> dict:
    givers = reading.by_giver(fund)
    waiting = fund.entries.unanswered().filter(kind__in=reading.CONFIRMED_BY_KEEPER)
    return {
        "givers": givers if len(givers) > 1 or fund.pairing is None else [],
        "waiting": list(waiting.select_related("giver").order_by("on", "pk")),
    }


def visible_fund(user: User, pk: int) -> Fund:
    related = ("holder", "pairing__unit", "pairing__village")
    return get_object_or_404(Fund.objects.visible_to(user).select_related(*related), pk=pk)


def visible_entry(user: User, pk: int) -> Entry:
    related = (
        "fund__holder",
        "fund__pairing__unit",
        "giver",
        "entered_by",
        "corrects",
        "answers",
        "reversal",
        "project",
    )
    return get_object_or_404(Entry.objects.visible_to(user).select_related(*related), pk=pk)


@require_safe
def entry_page(request: Request, pk: int) -> HttpResponse:
    entry = visible_entry(request.user, pk)
    waits = Entry.objects.alone().filter(pk=entry.pk, kind__in=TWO_SIDED, giver__isnull=False).exists()
    confirms = waits and reading.may_answer(request.user, entry)
    shown = {
        "entry": entry,
        "reversal": getattr(entry, "reversal", None),
        "lines": list(entry.lines.all()),
        "papers": list(entry.papers.select_related("file")),
        "late_papers": list(entry.late_papers.select_related("file", "added_by")),
        "may_add_voucher": reading.may_add_voucher(request.user, entry),
        "reads_vouchers": reads_vouchers(request.user, entry.fund),
        "household": seen_household(request.user, entry),
        "reads_project": Project.objects.visible_to(request.user).filter(pk=entry.project_id).exists(),
        "confirmed_by": entry.answered_by.filter(reversal=None).select_related("fund", "entered_by").first(),
        "waits": waits,
        "form": ConfirmForm(entry=entry) if confirms else None,
        "by_giver": entry.rule.hand == Hand.KEEPER,
        "may_reverse": reading.may_reverse(request.user, entry),
    }
    return render(request, "funds/ledger/entry.html", shown)


def seen_household(user: User, entry: Entry):
    """Whom it was spent on, for those who may see the household (XY-06)."""
    return Household.objects.visible_to(user).filter(pk=entry.household_id).first()


def reads_vouchers(user: User, fund: Fund) -> bool:
    """Posts of the keeper's and above it, and of the units of its pairing."""
    units = reading.units_of(fund.pairing) if fund.pairing is not None else []
    return any(user.can(VOUCHERS, place) for place in (fund.holder, *units))


@require_safe
def voucher(request: Request, pk: int, record: int) -> HttpResponseBase:
    return paper_of(request, pk, Voucher.objects.filter(pk=record))


@require_safe
def late_voucher(request: Request, pk: int, record: int) -> HttpResponseBase:
    return paper_of(request, pk, LateVoucher.objects.filter(pk=record))


def paper_of(request: Request, pk: int, papers: QuerySet) -> HttpResponseBase:
    """The file of one of the papers of an entry, to whoever opens vouchers."""
    entry = visible_entry(request.user, pk)
    if not reads_vouchers(request.user, entry.fund):
        raise Http404
    paper = get_object_or_404(papers.select_related("file"), entry=entry)
    if paper.file.destroyed_at is not None:
        raise Http404
    return serve(paper.file, as_attachment=False)


@require_safe
def difference_list(request: Request) -> HttpResponseBase:
    """Unmatched entries and differing amounts, for both sides and for those who supervise them (SH-52)."""
    entries = reading.differences(Entry.objects.visible_to(request.user))
    return render_list(
        request,
        queryset=entries.select_related("fund", "giver").order_by("on", "pk"),
        filterset_class=DifferenceFilter,
        table_class=DifferenceTable,
        title=_("What the two sides do not agree on"),
        template="funds/ledger/differences.html",
        context={"empty_sentence": _("Both sides agree on everything that was sent.")},
    )


@require_safe
def pairing_fund(request: Request, pk: int) -> HttpResponse:
    """The panel on the page of a pairing: its money, and what one may enter."""
    pairing = visible_pairing(request.user, pk)
    if not request.htmx:
        return redirect(pairing)
    fund = Fund.objects.filter(pairing=pairing).select_related("holder", "pairing__unit", "pairing__village").first()
    waiting = about(fund)["waiting"] if fund else []
    shown = {"pairing": pairing, "fund": fund, "kinds": reading.kinds_for(request.user, fund or pairing)}
    return render(request, "funds/ledger/pairing_panel.html", shown | {"waiting": waiting})
