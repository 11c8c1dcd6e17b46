"""Contests among townships or villages: the list, one with its sheets, the sheet of a contestant, the support."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from members.views.submitting import form_page, performed
from organisations.models import Organisation, User
from organisations.requests import Request
from reports.actions import contests as acts
from reports.forms.contest import ContestForm, SelectForm, SheetForm, SupportForm
from reports.holding import inspecting, rounds_of
from reports.listings.praise import ContestFilter, ContestTable
from reports.models import Contest, ContestEntry
from reports.praise.sheets import contestants_for, contestants_of, figures_of
from reports.praise.states import ContestState


@require_safe
def contest_list(request: Request) -> HttpResponseBase:
    rows = Contest.objects.visible_to(request.user).select_related("organisation")
    return render_list(
        request,
        queryset=rows.annotate(handed_in=Count("entries")).order_by("-until", "-pk"),
        filterset_class=ContestFilter,
        table_class=ContestTable,
        title=_("Contests"),
        template="reports/contests/list.html",
        context={
            "may_open": request.user.can(acts.HOLD),
            "empty_sentence": _("No contest is open yet. In what organisations compete stands in the scheme."),
        },
    )


def new_contest(request: Request) -> HttpResponse:
    """Of the rounds whose scheme names something in which organisations compete."""
    organisation = inspecting(request.user)
    rounds = rounds_of(request.user)
    with_contest = rounds.filter(pk__in=[round.pk for round in rounds if round.rules.contest.comparisons])
    first = with_contest.first()
    title = first.rules.contest.title if first else ""
    form = ContestForm(request.POST or None, rounds=with_contest, initial={"title": title})

    def begin(*, by: User, **fields) -> Contest:
        plan, at = ContestForm.plan_of(fields), timezone.now()
        return acts.open_contest(by=by, organisation=organisation, round=fields["round"], plan=plan, at=at)

    if contest := performed(request, form, begin):
        messages.success(request, _("Opened; all who can compete are told."))
        return redirect(contest)
    back, back_name = reverse("contests"), _("Contests")
    return form_page(request, form, _("Open a contest"), back=back, back_name=back_name, about=organisation)


@require_safe
def contest_page(request: Request, pk: int) -> HttpResponse:
    contest = visible(request.user, pk)
    entries = ContestEntry.objects.visible_to(request.user).filter(contest=contest).select_related("organisation")
    holds = request.user.can(acts.HOLD, contest.organisation)
    is_open = contest.state == ContestState.OPEN
    own = contestants_for(request.user, contest) if is_open else Organisation.objects.none()
    shown = {
        "contest": contest,
        "entries": entries.prefetch_related("lines", "supports").order_by("-is_selected", "organisation__path"),
        "own": list(own[:20]),
        "holds": holds and is_open,
        "asked": contestants_of(contest).count() if holds else None,
    }
    return render(request, "reports/contests/page.html", shown)


def contest_sheet(request: Request, pk: int, party: int) -> HttpResponse:
    """For whoever hands in for the contestant, as long as the contest is open."""
    contest = visible(request.user, pk)
    if contest.state != ContestState.OPEN:
        raise Http404
    organisation = get_object_or_404(contestants_for(request.user, contest), pk=party)
    entry = contest.entries.filter(organisation=organisation).first()
    form = SheetForm(request.POST or None, contest=contest, organisation=organisation, entry=entry)

    def hand_in(*, by: User, **_fields) -> ContestEntry:
        at = timezone.now()
        return acts.hand_in_sheet(by=by, contest=contest, organisation=organisation, written=form.written, at=at)

    if made := performed(request, form, hand_in):
        messages.success(request, _("Handed in. Until the result is told you can write it anew."))
        return redirect(made)
    shown = {"contest": contest, "organisation": organisation, "form": form}
    return render(
        request, "reports/contests/sheet.html", shown | {"rows": form.rows(figures_of(contest, organisation))}
    )


@require_safe
def entry_page(request: Request, pk: int) -> HttpResponse:
    entry = visible_entry(request.user, pk)
    contest = entry.contest
    holds = request.user.can(acts.HOLD, contest.organisation)
    is_open = contest.state == ContestState.OPEN
    named = {each.key: each for each in contest.comparisons}
    own = contestants_for(request.user, contest).filter(pk=entry.organisation_id) if is_open else None
    shown = {
        "entry": entry,
        "contest": contest,
        "lines": [(named[line.item], line) for line in entry.lines.all()],
        "supports": entry.supports.all(),
        "selecting": SelectForm(initial={"why": entry.why}) if holds and is_open else None,
        "supporting": holds and contest.state == ContestState.CLOSED and entry.is_selected,
        "may_write": own is not None and own.exists(),
    }
    return render(request, "reports/contests/entry.html", shown)


@require_POST
def select_entry(request: Request, pk: int) -> HttpResponse:
    entry, form = held_entry(request.user, pk), SelectForm(request.POST)
    if performed(request, form, acts.select_entry, entry=entry):
        messages.success(request, _("Done."))
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(entry)


def support_entry(request: Request, pk: int) -> HttpResponse:
    entry = held_entry(request.user, pk)
    if entry.contest.state != ContestState.CLOSED or not entry.is_selected:
        raise Http404
    form = SupportForm(request.POST or None)
    if performed(request, form, acts.note_support, entry=entry, at=timezone.now()):
        messages.success(request, _("Noted."))
        return redirect(entry)
    title, back = _("Note the support that was given"), entry.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=entry.organisation.name)


@require_POST
def contest_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Tell the result, or give the contest up."""
    contest = visible(request.user, pk)
    words = {"words": request.POST.get("words", "")[:300]}
    verbs: dict[str, Any] = {"close": acts.close_contest, "drop": partial(acts.drop_contest, **words)}
    if step not in verbs or not request.user.can(acts.HOLD, contest.organisation):
        raise Http404
    try:
        verbs[step](by=request.user, contest=contest, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Done."))
    return redirect(contest)


def visible(user: User, pk: int) -> Contest:
    related = ("organisation", "round__scheme_version", "opened_by", "closed_by")
    return get_object_or_404(Contest.objects.visible_to(user).select_related(*related), pk=pk)


def visible_entry(user: User, pk: int) -> ContestEntry:
    related = ("organisation", "contest__organisation", "contest__round__scheme_version", "submitted_by")
    return get_object_or_404(ContestEntry.objects.visible_to(user).select_related(*related), pk=pk)


def held_entry(user: User, pk: int) -> ContestEntry:
    """For whoever holds the contest; to everybody else there is nothing to decide."""
    entry = visible_entry(user, pk)
    if not user.can(acts.HOLD, entry.contest.organisation):
        raise Http404
    return entry
