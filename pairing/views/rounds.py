"""Rounds: preparing, publishing the directory, opening, watching who is behind, closing."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.listing import render_list
from organisations.models import Organisation
from organisations.querysets import within
from organisations.requests import Request
from pairing.actions import rounds as actions
from pairing.agreements import closing
from pairing.figures import stages
from pairing.figures.progress import progress_for, public_progress
from pairing.figures.worst import worst
from pairing.forms.rounds import (
    ClosingForm,
    DirectoryChoiceForm,
    RoundBasisForm,
    RoundForm,
    initial_of,
    milestones_of,
)
from pairing.listings.directory import of_directory
from pairing.listings.rounds import BehindFilter, BehindTable, BehindTableWithReminder, RoundFilter, RoundTable
from pairing.models import Round, Scheme
from pairing.schemes.terms import default_terms
from pairing.states import RoundState

SHOWN_BEHIND = 8
SHOWN_NAMES = 60


def visible_round(request: Request, pk: int) -> Round:
    following = Round.objects.published().filter(previous=OuterRef("pk")).order_by("pk")
    rounds = Round.objects.visible_to(request.user).prefetch_related("milestones")
    rounds = rounds.annotate(following_pk=Subquery(following.values("pk")[:1]))
    return get_object_or_404(
        rounds.select_related("organiser", "scheme_version__scheme", "newest_directory", "previous"), pk=pk
    )


def managed_round(request: Request, pk: int) -> Round:
    """A round that this person organises; to everybody else it does not exist."""
    round = visible_round(request, pk)
    if not request.user.can("round.manage", round.organiser):
        raise Http404
    return round


@require_safe
def round_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Round.objects.visible_to(request.user).select_related("organiser", "scheme_version__scheme"),
        filterset_class=RoundFilter,
        table_class=RoundTable,
        title=_("Rounds"),
        template="pairing/rounds/list.html",
        context={"may_open": request.user.can("round.manage")},
    )


def new_round(request: Request) -> HttpResponse:
    if not request.user.can("round.manage"):
        raise Http404
    first = Scheme.objects.first()
    if first is None:
        return render(request, "pairing/rounds/no_scheme.html")
    basis = RoundBasisForm({"scheme": first.key, **request.GET.dict()})
    if not basis.is_valid():
        return render(request, "pairing/rounds/new.html", {"basis": basis})
    version = basis.cleaned_data["scheme"].versions.first()
    number = version.scheme.versions.filter(rounds__isnull=False).count() + 1
    terms = default_terms(version.rules, starts_on=basis.cleaned_data["starts_on"], number=number)
    form = RoundForm(request.POST or None, initial=initial_of(terms), user=request.user, rules=version.rules)
    if request.method == "POST" and form.is_valid():
        round = actions.prepare_round(
            by=request.user, scheme_version=version, organiser=form.cleaned_data["organiser"], terms=form.terms()
        )
        messages.success(request, _("The round is prepared. Next, publish its directory."))
        return redirect("publish_directory", round.pk)
    return render(request, "pairing/rounds/new.html", {"basis": basis, "form": form, "version": version})


@require_safe
def round_page(request: Request, pk: int) -> HttpResponse:
    round = visible_round(request, pk)
    progress = progress_for(request.user, round, today=timezone.localdate())
    shown = {
        "round": round,
        "progress": progress,
        "behind": worst(round, request.user.scopes(), progress.revision, SHOWN_BEHIND).lines,
        "manages": request.user.can("round.manage", round.organiser),
        "chooses": request.user.can("units.choose"),
    }
    return render(request, "pairing/rounds/page.html", shown)


@require_safe
def round_scheme_changes(request: Request, pk: int) -> HttpResponse:
    """The part of that page that tells who decided for which version of the scheme; nothing where nobody did."""
    round = visible_round(request, pk)
    if not request.htmx:
        return redirect(round)
    changes = round.scheme_changes.select_related("before__scheme", "version__scheme", "decided_by")
    return render(request, "pairing/rounds/scheme_changes.html", {"scheme_changes": changes})


def edit_round(request: Request, pk: int) -> HttpResponse:
    round = managed_round(request, pk)
    form = RoundForm(
        request.POST or None, instance=round, initial=milestones_of(round), user=request.user, rules=round.rules
    )
    if request.method == "POST" and form.is_valid():
        actions.change_round(by=request.user, round=round, terms=form.terms())
        messages.success(request, _("The terms are changed."))
        return redirect(round)
    return render(request, "pairing/rounds/edit.html", {"round": round, "form": form})


def publish_directory(request: Request, pk: int) -> HttpResponse:
    """The choice with its counts (a part of the page where htmx asks), and publishing it."""
    round = managed_round(request, pk)
    form = DirectoryChoiceForm(request.POST or request.GET, round=round)
    if request.method == "POST" and form.is_valid():
        directory = actions.publish_directory(
            by=request.user, round=round, villages=form.villages(), units=form.units(), at=timezone.now()
        )
        messages.success(
            request, _("Version %(number)s of the directory is published.") % {"number": directory.version}
        )
        return redirect(round)
    shown = {"round": round, "form": form, "newest": round.newest_directory}
    if form.is_valid():
        shown["counts"] = form.counts()
    part = request.htmx.target == "preview"
    return render(request, f"pairing/rounds/{'preview' if part else 'publish'}.html", shown)


def open_round(request: Request, pk: int) -> HttpResponse:
    round = managed_round(request, pk)
    if request.method == "POST":
        actions.open_round(by=request.user, round=round, at=timezone.now())
        messages.success(request, _("The round is open. Units and villages have been told that it is their turn."))
        return redirect(round)
    shown = {"round": round, "progress": public_progress(round, today=timezone.localdate())}
    return render(request, "pairing/rounds/open.html", shown)


def close_round(request: Request, pk: int) -> HttpResponse:
    round = managed_round(request, pk)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            actions.close_round(by=request.user, round=round, words=words, at=timezone.now())
        except closing.NotYet as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("The round is closed and can be read only."))
            return redirect(round)
    unmet = closing.unmet_in(closing.of_round(round))
    return render(request, "pairing/rounds/close.html", {"round": round, "form": form, "unmet": unmet})


@require_safe
def behind(request: Request, pk: int) -> HttpResponseBase:
    """Who is behind within one's own scope, worst first."""
    round = visible_round(request, pk)
    manages = request.user.can("round.manage", round.organiser) and round.state == RoundState.OPEN
    mine = within(request.user.scopes(), "organisation__path")
    return render_list(
        request,
        queryset=stages.with_partners(stages.behind(round).filter(mine), round),
        filterset_class=of_directory(BehindFilter, round.newest_directory_id),
        table_class=BehindTableWithReminder if manages else BehindTable,
        title=_("Who is behind"),
        is_long=True,
        plain=stages.with_partners(stages.measured(stages.lines(round).filter(mine), round), round),
        template="pairing/rounds/behind.html",
        context={"round": round, "manages": manages},
    )


def remind(request: Request, pk: int) -> HttpResponse:
    """All that are behind, or the one organisation named in the address; first the names, then the sending."""
    round = managed_round(request, pk)
    given = request.GET.get("organisation", "")
    one = get_object_or_404(Organisation.objects.visible_to(request.user), pk=given) if given.isdecimal() else None
    if request.method == "POST":
        reminded = actions.remind_behind(by=request.user, round=round, organisation=one, at=timezone.now())
        told = ngettext("%(count)s was reminded.", "%(count)s were reminded.", reminded) % {"count": reminded}
        messages.success(request, told)
        return redirect(round)
    found = stages.behind(round).filter(organisation=one) if one else stages.behind(round)
    shown = {"round": round, "names": found[:SHOWN_NAMES], "number": found.count()}
    return render(request, "pairing/rounds/remind.html", shown)
