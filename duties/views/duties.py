"""Duties: one's own, those of a pairing and of a round, and the page of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from duties import actions, assigning, by_hand, matrix, reading, records
from duties.counting.count import with_progress
from duties.forms import WaiveForm
from duties.fulfilling import owed
from duties.listings import DutyTable, of_round
from duties.models import Duty
from duties.states import DutyState
from members.nearness import Reader
from organisations.requests import Request
from pairing.models import Round
from pairing.views.reach import managed_round, visible_pairing, visible_round

SHOWN_ON_HOME = 5
SOON = 92  # days, a quarter: the first page names what falls due until then, or the next thing


@require_safe
def my_duties(request: Request) -> HttpResponse:
    """What one owes next, by when, how far it is; asked for by htmx, the first of it for the first page."""
    if request.htmx and not reading.may_owe(request.user):
        return HttpResponse()
    found = reading.owed_by(request.user, timezone.localdate())
    to_do, met = [each for each in found if not each.duty.is_met], [each for each in found if each.duty.is_met]
    cards = reading.bundled(to_do)
    shown = {"to_do": cards, "met": reading.bundled(met), "number": len(to_do)}
    if request.htmx:
        soon = [card for card in cards if card.first.days_left <= SOON] or cards[:1]
        shown["to_do"] = soon[:SHOWN_ON_HOME]
        return render(request, "duties/panel.html", shown) if found else HttpResponse()
    return render(request, "duties/mine.html", shown)


@require_safe
def pairing_duties(request: Request, pk: int) -> HttpResponse:
    """The panel on the page of a pairing: both sides see the same (AH-15)."""
    pairing = visible_pairing(request.user, pk)
    if not request.htmx:
        return redirect(pairing)
    found = reading.of_pairing(pairing, timezone.localdate())
    if not found:
        return HttpResponse()
    mine = set(Duty.objects.filter(pairing=pairing).owed_by(request.user).values_list("pk", flat=True))
    return render(request, "duties/of_pairing.html", {"duties": found, "mine": mine, "pairing": pairing})


@require_safe
def round_duties(request: Request, pk: int) -> HttpResponseBase:
    """Over a round: how each line of the scheme stands, and the list behind it."""
    round = visible_round(request.user, pk)
    rows = Duty.objects.visible_to(request.user).filter(round=round).open()
    today = timezone.localdate()
    return render_list(
        request,
        queryset=rows.related().worst_first(),
        read_from=Duty.objects.related(),
        filterset_class=of_round(round),
        table_class=DutyTable,
        title=_("Duties of the round"),
        template="duties/of_round.html",
        context={
            **list_of(request, round),
            "figures": None if request.htmx else reading.table_of(reading.tallies(rows, round, today)),
        },
    )


@require_safe
def round_card(request: Request, pk: int) -> HttpResponse:
    """The panel on the page of a round and on the desk of its organiser."""
    round = visible_round(request.user, pk)
    if not request.htmx:
        return redirect(round)
    rows = Duty.objects.visible_to(request.user).filter(round=round)
    found = reading.tallies(rows, round, timezone.localdate())
    if not found:
        return HttpResponse()
    totals = {name: sum(getattr(tally, name) for tally in found) for name in ("met", "running", "late")}
    return render(request, "duties/round_card.html", {"round": round, **totals})


@require_safe
def round_matrix(request: Request, pk: int) -> HttpResponseBase:
    """The same by pairing: one line each, a column for each line of the scheme."""
    round = visible_round(request.user, pk)
    return render_list(
        request,
        queryset=matrix.rows_of(request.user, round, timezone.localdate()),
        filterset_class=matrix.MatrixFilter,
        table_class=matrix.table_of(round),
        title=_("Duties of the round, by pairing"),
        template="duties/matrix.html",
        context=list_of(request, round),
    )


def list_of(request: Request, round: Round) -> dict:
    """What both lists of a round share; whoever organises it may remind from there."""
    shown: dict = {
        "round": round,
        "empty_sentence": _("Nothing is owed yet: duties are planned from the day of signing, once an hour."),
    }
    if by_hand.may_remind(request.user, round):
        shown |= {
            "manages": True,
            "step_url": reverse("remind_of_duties", args=[round.pk]),
            "step_words": _("Remind those behind"),
        }
    return shown


def remind_behind(request: Request, pk: int) -> HttpResponse:
    """Those behind in the duties that the address names, as the filter of the list does; first whom, then sending."""
    round = managed_round(request.user, pk)
    today = timezone.localdate()
    chosen = of_round(round)(request.GET, queryset=Duty.objects.filter(round=round).behind(today), request=request)
    if not chosen.is_valid():
        return redirect(f"{reverse('round_duties', args=[pk])}?{request.GET.urlencode()}")
    if request.method == "POST":
        try:
            told = by_hand.remind_behind(by=request.user, round=round, duties=chosen.qs, at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            sent = ngettext("%(number)s post was reminded.", "%(number)s posts were reminded.", told)
            messages.success(request, sent % {"number": told})
        return redirect("round_duties", pk)
    found = by_hand.behind(chosen.qs, round, today)
    shown = {"round": round, "found": found, "names": by_hand.names_of(found)}
    return render(request, "duties/remind.html", shown)


def duty(request: Request, pk: int) -> HttpResponse:
    """One duty: what the scheme says, how far it is, who was reminded. The organiser may waive it."""
    found = get_object_or_404(Duty.objects.visible_to(request.user).related().select_related("waiver"), pk=pk)
    may_waive = actions.may_waive(request.user, found)
    form = WaiveForm(request.POST or None)
    if request.method == "POST" and may_waive and form.is_valid():
        try:
            actions.waive(by=request.user, duty=found, words=form.cleaned_data["words"], at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Waived. The reason is kept with the duty."))
            return redirect(found)
    with_progress([found])
    owes = Duty.objects.filter(pk=found.pk).owed_by(request.user).exists()
    shown = {
        "duty": found,
        "owed": owed(found, timezone.localdate(), Reader(request.user)),
        "owes": owes and found.state == DutyState.OPEN,
        "waiver": getattr(found, "waiver", None),
        "activities": records.activities_of(request.user, found).select_related("unit"),
        "plans": records.plans_of(request.user, found),
        "disclosures": records.disclosures_of(found),
        "filings": found.filings.filter(withdrawn_at=None).select_related("filed_by"),
        "feedback": records.feedback_of(request.user, found),
        "reminders": found.reminders.select_related("organisation", "sent_by").order_by("-made_at", "-pk"),
        "may_waive": may_waive,
        "assigned": assigning.assigned(found),
        "may_assign": assigning.may_assign(request.user, found),
        "form": form,
    }
    return render(request, "duties/page.html", shown)
