"""Household visits: recording one at the door, the page of one, those of one household, the list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import MOST_COUNTED, render_list
from core.refusals import Refused
from core.requests import wants_json
from members.models import PersonPair
from members.nearness import Reader, Rosterable, place_of
from members.views.pair_reach import visible_pair
from members.views.submitting import performed
from organisations.models import User
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.models import Issue
from visits import doorstep
from visits.actions import household_visits as acts
from visits.doorstep import Standing
from visits.forms.household_visits import MissedForm, OpenQuestionsForm, VisitForm, WithdrawVisitForm
from visits.listings.household_visits import VisitFilter, VisitTable
from visits.models import HouseholdVisit
from visits.querysets.household_visits import MANAGE, READ
from visits.views.sending import from_somebody_else, received, recorded_under, refused, saved_once

SHOWN = 5


@require_safe
def household_visits(request: Request) -> HttpResponseBase:
    rows = HouseholdVisit.objects.visible_to(request.user).with_target().with_nearness(request.user)
    return render_list(
        request,
        queryset=rows.select_related("pair__helper_member"),
        filterset_class=VisitFilter,
        table_class=VisitTable,
        title=_("Household visits"),
        most=MOST_COUNTED,
        template="visits/household/list.html",
        context={
            "reads_coverage": any(map(request.user.can, (READ, MANAGE))),
            "empty_sentence": _("No visit is recorded yet. Whoever helps a household records it from “My households”."),
        },
    )


@require_safe
def visits_at(request: Request, side: str, pk: int) -> HttpResponse:
    """A panel of the page of a household, member or person, and a page: who called there, and what was heard."""
    target = target_of(request.user, side, pk)
    visits = HouseholdVisit.objects.visible_to(request.user).at(target).with_target()
    number = visits.paid().count()
    standing = doorstep.standing_of(request.user, target) if target.left_on is None else None
    if request.htmx and not number and standing is None:
        return HttpResponse()
    found = list(visits[:SHOWN] if request.htmx else visits)
    shown = {
        "target": target,
        "side": side,
        "name": Reader(request.user).name_of(target),
        "visits": [(visit, doorstep.reads_words(request.user, visit)) for visit in found[:1]]
        + [(visit, False) for visit in found[1:]],
        "number": number,
        "may_record": standing is not None,
        "asked": doorstep.asked_at(target, standing) if standing else [],
    }
    return render(request, f"visits/household/{'panel' if request.htmx else 'at'}.html", shown)


@require_safe
def record_pair_visit(request: Request, pk: int) -> HttpResponse:
    """From one of one's own pairs, with one tap, to the form at that door."""
    pair = visible_pair(request.user, pk)
    if pair.target_organisation_id:
        raise Http404
    return redirect("record_visit", pair.target._meta.model_name, pair.target.pk)


def record_visit(request: Request, side: str, pk: int) -> HttpResponse:
    """What a phone kept is taken from its author only; a second sending is no second visit."""
    if answer := answered_before(request):
        return answer
    target, standing = at_the_door(request.user, side, pk)
    asked = doorstep.asked_at(target, standing)
    given: dict[str, Any] = {"target": target, "rules": standing.rules, "asked": asked}
    form = VisitForm(request.POST or None, initial=doorstep.known_answers(target, standing) if asked else {}, **given)
    if request.method == "POST" and form.is_valid():
        record = {"target": target, "call": form.call, "key": form.cleaned_data["key"]}
        if visit := saved_once(request, form, acts.record_visit, mine=recorded_by(request.user), **record):
            return told(request, visit)
    if request.method == "POST" and wants_json(request):
        return refused(form)
    shown = door(request, target, side, standing) | {"form": form, "asked": asked}
    return render(request, "visits/household/form.html", shown)


def answered_before(request: Request) -> HttpResponse | None:
    if request.method != "POST":
        return None
    if waits := from_somebody_else(request):
        return waits
    known = recorded_under(request.POST.get("key", ""), recorded_by(request.user))
    return told(request, known) if known else None


def recorded_by(user: User) -> QuerySet[HouseholdVisit]:
    return HouseholdVisit.objects.filter(recorded_by=user)


def told(request: Request, visit: HouseholdVisit) -> HttpResponse:
    if wants_json(request):
        return received(visit)
    if not visit.took_place:
        messages.success(request, _("Noted. It does not count as a visit; the reason is kept."))
    elif visit.missing:
        names = "、".join(visit.missing_names)
        messages.warning(request, _("Recorded, but the first visit is incomplete: %(names)s.") % {"names": names})
    else:
        messages.success(request, _("The visit is recorded."))
    return redirect(visit)


def miss_visit(request: Request, side: str, pk: int) -> HttpResponse:
    if answer := answered_before(request):
        return answer
    target, standing = at_the_door(request.user, side, pk)
    form = MissedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"mine": recorded_by(request.user), "target": target, **form.cleaned_data}
        if visit := saved_once(request, form, acts.miss_visit, **given):
            return told(request, visit)
    if request.method == "POST" and wants_json(request):
        return refused(form)
    shown = door(request, target, side, standing) | {"form": form}
    return render(request, "visits/household/missed.html", shown)


@require_safe
def household_visit(request: Request, pk: int) -> HttpResponse:
    return show_visit(request, visible_visit(request.user, pk))


def show_visit(request: Request, visit: HouseholdVisit, **given) -> HttpResponse:
    reader = Reader(request.user)
    may_change = changes(request.user, visit)
    shown = {
        "visit": visit,
        "side": visit.target._meta.model_name,
        "name": reader.name_of(visit.target),
        "target_url": reader.address_of(visit.target),
        "reads_words": doorstep.reads_words(request.user, visit),
        "may_change": may_change,
        "findings": list(visit.findings.with_answered()),
        "issues": list(Issue.objects.visible_to(request.user).filter(source_url=visit.get_absolute_url())),
        "form": given.get("form") or (OpenQuestionsForm(visit=visit) if may_change and visit.missing else None),
        "withdraw_form": given.get("withdraw_form") or WithdrawVisitForm(),
    }
    return render(request, "visits/household/page.html", shown)


def complete_visit(request: Request, pk: int) -> HttpResponse:
    visit = own_visit(request.user, pk)
    form = OpenQuestionsForm(request.POST or None, visit=visit)
    if request.method != "POST":
        return redirect(visit)
    if form.is_valid():
        try:
            acts.complete_visit(by=request.user, visit=visit, at=timezone.now(), **form.given)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(visit)
    return show_visit(request, visit, form=form)


def withdraw_visit(request: Request, pk: int) -> HttpResponse:
    visit = own_visit(request.user, pk)
    form = WithdrawVisitForm(request.POST or None)
    if request.method != "POST":
        return redirect(visit)
    if performed(request, form, acts.withdraw_visit, visit=visit, at=timezone.now()):
        messages.success(request, _("Taken back; the entry stays readable, struck out."))
        return redirect(visit)
    return show_visit(request, visit, withdraw_form=form)


def target_of(user: User, side: str, pk: int) -> Rosterable:
    if side not in doorstep.SIDES:
        raise Http404
    place = "organisation" if side == "member" else "village"
    rows = doorstep.SIDES[side]._default_manager.visible_to(user)  # type: ignore[attr-defined]  # people have it
    return get_object_or_404(rows.select_related(place), pk=pk, erased_at=None)


def at_the_door(user: User, side: str, pk: int) -> tuple[Rosterable, Standing]:
    """Somebody on whom the user may call; everybody else does not exist."""
    target = target_of(user, side, pk)
    standing = doorstep.standing_of(user, target) if target.left_on is None else None
    if standing is None:
        raise Http404
    return target, standing


def door(request: Request, target: Rosterable, side: str, standing: Standing) -> dict:
    """What the two forms at a door show alike. The helper goes back to the own households."""
    pair: PersonPair | None = standing.pair
    is_own = pair is not None and pair.helper_member is not None and pair.helper_member.user_id == request.user.pk
    back = reverse("my_households") if is_own else target.get_absolute_url()
    name = Reader(request.user).name_of(target)
    back_name = _("My households") if is_own else name
    place = place_of(target)
    shown = {"target": target, "side": side, "name": name, "place": place, "back": back, "back_name": back_name}
    return shown | {"may_be_kept": doorstep.may_be_kept(target)}


def visible_visit(user: User, pk: int) -> HouseholdVisit:
    visits = HouseholdVisit.objects.visible_to(user).with_target()
    return get_object_or_404(visits.select_related("pair__helper_member", "withdrawn_by"), pk=pk)


def changes(user: User, visit: HouseholdVisit) -> bool:
    if visit.withdrawn_at:
        return False
    return visit.recorded_by_id == user.pk or acts.mending_post(user, visit) is not None


def own_visit(user: User, pk: int) -> HouseholdVisit:
    visit = visible_visit(user, pk)
    if not changes(user, visit):
        raise Http404
    return visit
