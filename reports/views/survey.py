"""Running a survey: opened for a round, its villages, slips, sheets; closed and filed."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import OuterRef, Subquery, Sum
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from funds.publishing.poster import code_svg
from members.models import Household
from organisations.requests import Request
from pairing.models import Round
from pairing.schemes.survey_words import Channel
from reports.actions import survey as acts
from reports.actions.survey_slips import print_slips
from reports.forms.survey import OpenSurveyForm, SheetsForm
from reports.listings.survey import DrawnFilter, DrawnTable, PlaceFilter, PlaceTable, SurveyFilter, SurveyTable
from reports.models import Survey, SurveyBatch, SurveyPlace, SurveyRespondent
from reports.querysets.survey import MANAGE
from reports.survey.states import SurveyState
from reports.survey.tables import formula

WITH_ROUND = ("survey__round__organiser", "survey__round__scheme_version", "village")


@require_safe
def survey_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Survey.objects.visible_to(request.user).select_related("round"),
        filterset_class=SurveyFilter,
        table_class=SurveyTable,
        title=_("Satisfaction surveys"),
        context={
            "lead": _("What people answer at the end of the year about teams, Party organisations and cadres."),
            "empty_sentence": _("No survey yet. Whoever organises a round opens one on the page of the round."),
        },
    )


@require_safe
def of_round(request: Request, pk: int) -> HttpResponse:
    """The newest survey of the round; the form where there is none and the reader may open one."""
    round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    newest = Survey.objects.visible_to(request.user).filter(round=round).exclude(state=SurveyState.GIVEN_UP).first()
    if newest is not None:
        return redirect(newest)
    may = request.user.can(MANAGE, round.organiser) and round.rules.survey.is_asked
    return render(request, "reports/survey/none.html", {"round": round, "may_open": may})


def open_one(request: Request, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("organiser", "scheme_version")
    round = get_object_or_404(rounds, pk=pk)
    if not request.user.can(MANAGE, round.organiser):
        raise Http404
    rules, today = round.rules.survey, timezone.localdate()
    form = OpenSurveyForm(request.POST or None, rules=rules, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("year", "until", "seed")}
        try:
            made = acts.open_survey(by=request.user, round=round, rules=form.chosen(), at=timezone.now(), **given)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Opened. The households are drawn; print the slips of each village."))
            return redirect(made)
    return render(request, "reports/survey/open.html", {"round": round, "form": form, "rules": rules})


@require_safe
def survey_page(request: Request, pk: int) -> HttpResponseBase:
    """How far it is, village by village; what comes next. Whoever was only asked about reads the results."""
    survey = reached(request, pk)
    places = SurveyPlace.objects.visible_to(request.user).filter(survey=survey)
    if survey.has_results and not places.exists():
        return redirect("survey_results", pk)
    columns = [f"{what}_{channel}" for what in ("drawn", "entered") for channel in Channel]
    sums = places.order_by().aggregate(**{column: Sum(column, default=0) for column in columns})
    channels = [(each.name, sums[f"entered_{each.key}"], sums[f"drawn_{each.key}"]) for each in survey.rules.channels]
    return render_list(
        request,
        queryset=places.select_related("village"),
        filterset_class=PlaceFilter,
        table_class=PlaceTable,
        title=str(survey),
        template="reports/survey/page.html",
        context={
            "survey": survey,
            "channels": channels,
            "formula": formula(survey.rules),
            "manages": request.user.can(MANAGE, survey.round.organiser),
            "has_answers": any(entered for _name, entered, _drawn in channels),
        },
    )


def reached(request: Request, pk: int) -> Survey:
    rows = Survey.objects.visible_to(request.user).select_related("round__organiser", "opened_by", "filed_by")
    return get_object_or_404(rows, pk=pk)


def step(request: Request, pk: int, verb: Callable, done: str) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.managed_by(request.user), pk=pk)
    try:
        verb(by=request.user, survey=survey, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(survey)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    return step(request, pk, acts.close_survey, _("Closed. The results are worked out; look at them, then file them."))


@require_POST
def file(request: Request, pk: int) -> HttpResponse:
    return step(request, pk, acts.file_survey, _("Filed. Those who were asked about can read their results."))


@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    return step(request, pk, acts.give_up_survey, _("Given up. Another one can be opened for this year."))


def managed_place(request: Request, pk: int) -> SurveyPlace:
    return get_object_or_404(SurveyPlace.objects.managed_by(request.user).select_related(*WITH_ROUND), pk=pk)


@require_safe
def place_page(request: Request, pk: int) -> HttpResponseBase:
    """The households that were drawn, names as far as the reader may read them; the sheets that are in."""
    rows = SurveyPlace.objects.visible_to(request.user).select_related(*WITH_ROUND)
    place = get_object_or_404(rows, pk=pk)
    drawn = SurveyRespondent.objects.filter(place=place, household=OuterRef("pk")).order_by()
    households = Household.objects.visible_to(request.user).filter(surveyed_for__place=place)
    rules = place.survey.rules
    return render_list(
        request,
        queryset=households.with_nearness(request.user)
        .annotate(channel=Subquery(drawn.values("channel")[:1]))
        .order_by("channel", "pk"),
        filterset_class=DrawnFilter,
        table_class=DrawnTable,
        title=place.village.name,
        template="reports/survey/place.html",
        context={
            "place": place,
            "survey": place.survey,
            "channels": [(each.name, place.entered(each.key), place.drawn(each.key)) for each in rules.channels],
            "batches": place.batches.select_related("entered_by"),
            "slips_out": place.codes.count(),
            "manages": request.user.can(MANAGE, place.survey.round.organiser),
            "room_for_slips": place.room(Channel.PAPER),
            "has_room": any(place.room(each.key) for each in rules.channels),
        },
    )


@never_cache
@require_POST
def slips(request: Request, pk: int) -> HttpResponse:
    """The codes stand on this page alone: only their hashes are kept."""
    place = managed_place(request, pk)
    try:
        codes = print_slips(by=request.user, place=place, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(place)
    addresses = [(code, request.build_absolute_uri(reverse("survey_answer", args=[code]))) for code in codes]
    shown = {
        "place": place,
        "survey": place.survey,
        "slips": [(code, code_svg(address)) for code, address in addresses],
        "address": request.build_absolute_uri(reverse("survey_code")),
    }
    return render(request, "reports/survey/slips.html", shown)


def enter(request: Request, pk: int) -> HttpResponse:
    place = managed_place(request, pk)
    form = SheetsForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("channel", "sheets", "key")}
        try:
            acts.enter_sheets(by=request.user, place=place, marks=form.marks(), at=timezone.now(), **given)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Entered. They count from now on."))
            return redirect(place)
    return render(request, "reports/survey/enter.html", {"place": place, "survey": place.survey, "form": form})


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    places = SurveyPlace.objects.managed_by(request.user)
    batch = get_object_or_404(SurveyBatch.objects.filter(place__in=places).select_related("place"), pk=pk)
    try:
        acts.withdraw_sheets(by=request.user, batch=batch, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Withdrawn. Enter these sheets again if they were entered wrongly."))
    return redirect(batch.place)
