"""The form of an activity: a new one, one that was planned or sent back, a correction."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.requests import wants_json
from organisations.models import User
from organisations.requests import Request
from pairing.models import Pairing
from pairing.states import Side
from pairing.views.reach import visible_pairing
from visits import doorstep, reading
from visits.actions import recording as acts
from visits.forms.activities import BETWEEN, DETAILS, ActivityForm
from visits.kinds import STANDARD
from visits.models import Activity
from visits.states import ActivityState
from visits.views.activities import own_activity
from visits.views.sending import from_somebody_else, received, recorded_under, refused, saved_once

MOST_PAIRINGS, MOST_DOORS = 100, 50


@require_safe
def new_activity(request: Request) -> HttpResponse:
    """With one pairing the form at once; with several, whom it was for."""
    if not request.user.can(acts.LOG):
        raise Http404
    pairings = list(reading.own_pairings(request.user)[:2])
    return redirect("record_activity", pairings[0].pk) if len(pairings) == 1 else redirect("choose_form")


@require_safe
def choose_form(request: Request) -> HttpResponse:
    """With whom, or at which door; opened where there is no signal. A script gets the addresses of the forms."""
    user = request.user
    pairings = list(reading.own_pairings(user)[:MOST_PAIRINGS]) if user.can(acts.LOG) else []
    doors = doorstep.own_doors(user)[:MOST_DOORS]
    if wants_json(request):
        forms = [reverse("record_activity", args=[each.pk]) for each in pairings]
        forms += [reverse(name, args=door) for door, _pair in doors for name in ("record_visit", "miss_visit")]
        return JsonResponse({"forms": forms})
    return render(request, "visits/activities/choose.html", {"pairings": pairings, "doors": doors})


def record_activity(request: Request, pk: int) -> HttpResponse:
    """What a phone kept is taken from its author only, whoever signed in there since; a second sending is no second."""
    mine = recorded_by(request.user)
    if request.method == "POST":
        if waits := from_somebody_else(request):
            return waits
        if known := recorded_under(request.POST.get("key", ""), mine):
            return told(request, known)
    pairing = visible_pairing(request.user, pk)
    acting = reading.acts_for(request.user, pairing)
    if acting is None:
        raise Http404
    unit, side = acting
    form = form_for(request, pairing, side)
    if request.method == "POST" and form.is_valid() and no_doubt(form, pairing):
        verb = acts.plan_activity if form.record.on > timezone.localdate() else acts.record_activity
        record = {"record": form.record, "key": form.cleaned_data["key"]}
        if saved := saved_once(request, form, verb, mine=mine, pairing=pairing, unit=unit, side=side, **record):
            return told(request, saved)
    if form.is_bound and (known := recorded_under(request.POST.get("key", ""), mine)):
        return told(request, known)  # by another window meanwhile: what seems to be a double is the record itself
    return form_page(request, form, pairing, _("Record an activity"), reverse("pairing_activities", args=[pk]))


def edit_activity(request: Request, pk: int) -> HttpResponse:
    """A plan that was carried out, what was sent back, or a correction of what is confirmed."""
    activity = own_activity(request.user, pk)
    is_correction = activity.state == ActivityState.CONFIRMED
    if not is_correction and activity.state not in (ActivityState.PLANNED, ActivityState.RETURNED):
        raise Http404
    pairing, side = activity.pairing, Side(activity.side)
    form = form_for(request, pairing, side, initial=initial_of(activity))
    if request.method == "POST" and form.is_valid() and no_doubt(form, pairing, but=activity):
        more = {"key": form.cleaned_data["key"]} if is_correction else {}
        verb, mine = acts.correct if is_correction else acts.resubmit, recorded_by(request.user)
        if saved := saved_once(request, form, verb, mine=mine, activity=activity, record=form.record, **more):
            return told(request, saved)
    title = _("Correct an activity") if is_correction else _("Record what was done")
    return form_page(request, form, pairing, title, activity.get_absolute_url(), activity=activity)


def form_for(request: Request, pairing: Pairing, side: Side, initial: dict | None = None) -> ActivityForm:
    """Whom to offer is asked only where the form is shown: saving does without."""

    @cache
    def likely() -> list[str]:
        known = reading.likely_people(pairing, side, request.user, timezone.localdate())
        return [f"{role}{BETWEEN}{name}" for role, name in known]

    def author() -> list[str]:
        return [value for value in likely() if value.endswith(BETWEEN + request.user.name)]

    first: dict[str, Any] = initial or {"people": author}
    given: dict[str, Any] = {"pairing": pairing, "user": request.user, "likely": likely}
    return ActivityForm(request.POST or None, request.FILES or None, initial=first, **given)


def initial_of(activity: Activity) -> dict:
    same = ("on", "words", "resources", "tags", "persons", "person_times", "items", "mode", "late_words")
    people = [f"{each.role}{BETWEEN}{each.name}" for each in activity.participants.all()]
    code = activity.kind or f"{STANDARD}{activity.nature}"
    detail = getattr(activity, "detail", None)
    special = {name: getattr(detail, name) for name in DETAILS} if detail else {}
    return {name: getattr(activity, name) for name in same} | special | {"people": people, "kind": code}


def no_doubt(form: ActivityForm, pairing: Pairing, but: Activity | None = None) -> bool:
    """Whether it is surely another one than what is recorded already; else the form asks."""
    form.look_alikes = reading.look_alikes(pairing, form.record, but=but)
    return not form.look_alikes or form.cleaned_data["is_another"]


def recorded_by(user: User) -> QuerySet[Activity]:
    return Activity.objects.filter(entered_by=user)


def told(request: Request, activity: Activity) -> HttpResponse:
    if wants_json(request):
        return received(activity)
    words = {
        ActivityState.PLANNED: _("Planned. After that day, record what was done."),
        ActivityState.SUBMITTED: _("Recorded. The other side was asked to confirm it."),
    }
    messages.success(request, words.get(ActivityState(activity.state), _("It was recorded already.")))
    return redirect(activity)


def form_page(request: Request, form: ActivityForm, pairing: Pairing, title: str, back: str, **more) -> HttpResponse:
    if wants_json(request):
        return refused(form, form.look_alikes)
    shown = {"form": form, "pairing": pairing, "title": title, "back": back, **more}
    return render(request, "visits/activities/form.html", shown)
