"""The roster of households: list, one of them, its forms and its survey."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.actions import households as acts
from members.forms.households import HouseholdForm, SurveyForm
from members.listings.households import HouseholdFilter, HouseholdTable, with_helper_count
from members.listings.places import chosen_presence
from members.models import Household, Person
from members.nearness import Reader
from members.reading import page_of
from members.views.submitting import entered, first_step, roster_form
from organisations.requests import Request


@require_safe
def household_list(request: Request) -> HttpResponseBase:
    rows = chosen_presence(Household.objects.visible_to(request.user), request.GET.get("presence", ""))
    rows = with_helper_count(rows.with_nearness(request.user), "target_household")
    return render_list(
        request,
        queryset=rows.select_related("village"),
        filterset_class=HouseholdFilter,
        table_class=HouseholdTable,
        title=_("Households"),
        is_long=True,
        template="members/household_list.html",
        context={
            "may_add": (keeps := request.user.can("household.edit")),
            **first_step(
                keeps,
                _("No household stands on the roster of your villages yet."),
                "add_household",
                _("Add a household"),
            ),
        },
    )


@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    return show_household(request, readable_household(request, pk))


def readable_household(request: Request, pk: int) -> Household:
    found = Household.objects.visible_to(request.user).select_related("village", "surveyed_by")
    return get_object_or_404(found, pk=pk)


def show_household(request: Request, household: Household, **context) -> HttpResponse:
    reader = Reader(request.user)
    persons = Person.objects.visible_to(request.user).filter(household=household).select_related("village")
    shown = page_of(household, reader) | {
        "household": household,
        "persons": [(reader.name_of(person), person) for person in persons],
        **context,
    }
    return render(request, "members/household.html", shown)


def kept_household(request: Request, pk: int) -> Household:
    """404 for whoever sees the household without keeping the roster."""
    return get_object_or_404(Household.objects.kept_by(request.user).select_related("village"), pk=pk)


def add_household(request: Request) -> HttpResponse:
    if not request.user.can("household.edit"):
        raise Http404
    form = HouseholdForm(request.POST or None, by=request.user, initial=own_village(request) | {"is_needy": True})
    if added := entered(request, form, acts.add_household, "village"):
        messages.success(request, _("The household stands on the roster. Next: its survey."))
        return redirect(added)
    return roster_form(request, form, _("Add a household"), _("Add"), kind="household")


def own_village(request: Request) -> dict[str, str]:
    """The village of the post in which households are kept, where there is only one."""
    places = {post.organisation.name for post in request.user.posts if post.grants("household.edit")}
    return {"village": places.pop()} if len(places) == 1 else {}


def edit_household(request: Request, pk: int) -> HttpResponse:
    household = kept_household(request, pk)
    form = HouseholdForm(request.POST or None, by=request.user, instance=Household.objects.get(pk=pk))
    if entered(request, form, acts.change_household, household=household):
        messages.success(request, _("Saved."))
        return redirect(household)
    title = _("Change %(name)s") % {"name": household.full_name}
    return roster_form(request, form, title, _("Save"), record=household)


def survey_household(request: Request, pk: int) -> HttpResponse:
    """Survey first, then target and duty (QX-11); the wish before the measures (XY-03)."""
    household = kept_household(request, pk)
    form = SurveyForm(request.POST or None, request.FILES or None, instance=Household.objects.get(pk=pk))
    given = {"household": household, "at": timezone.now()}
    if entered(request, form, acts.survey_household, "on", "consent", **given):
        messages.success(request, _("The survey is recorded."))
        return redirect(household)
    title = _("Survey of %(name)s") % {"name": household.full_name}
    return roster_form(request, form, title, _("Record the survey"), record=household)
