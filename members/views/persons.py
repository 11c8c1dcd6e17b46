"""Single persons of a village: kept only where the help goes to a person and not to a household."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.actions import households as acts
from members.forms.households import PersonForm
from members.listings.households import PersonFilter, PersonTable, with_helper_count
from members.listings.places import chosen_presence
from members.models import Household, Person
from members.nearness import Reader
from members.reading import page_of
from members.views.households import own_village
from members.views.submitting import entered, first_step, roster_form
from organisations.requests import Request


@require_safe
def person_list(request: Request) -> HttpResponseBase:
    rows = chosen_presence(Person.objects.visible_to(request.user), request.GET.get("presence", ""))
    rows = with_helper_count(rows.with_nearness(request.user), "target_person")
    return render_list(
        request,
        queryset=rows.select_related("village"),
        filterset_class=PersonFilter,
        table_class=PersonTable,
        title=_("Single persons"),
        is_long=True,
        template="members/person_list.html",
        context={
            "may_add": (keeps := request.user.can("household.edit")),
            **first_step(
                keeps, _("No single person stands on the roster of your villages."), "add_person", _("Add a person")
            ),
        },
    )


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    return show_person(request, readable_person(request, pk))


def readable_person(request: Request, pk: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user).select_related("village"), pk=pk)


def show_person(request: Request, person: Person, **context) -> HttpResponse:
    return render(request, "members/person.html", page_of(person, Reader(request.user)) | {"person": person, **context})


def kept_person(request: Request, pk: int) -> Person:
    """404 for whoever sees the person without keeping the roster."""
    return get_object_or_404(Person.objects.kept_by(request.user).select_related("village"), pk=pk)


def add_person(request: Request) -> HttpResponse:
    if not request.user.can("household.edit"):
        raise Http404
    first = {"initial": own_village(request), "household": household_of(request)}
    form = PersonForm(request.POST or None, request.FILES or None, by=request.user, **first)
    if added := entered(request, form, acts.add_person, "village", "consent", at=timezone.now()):
        messages.success(request, _("%(name)s stands on the roster.") % {"name": added.full_name})
        return redirect(added)
    return roster_form(request, form, _("Add a person"), _("Add"), kind="person")


def household_of(request: Request) -> Household | None:
    """The household from whose page somebody is added; the village is known then."""
    key = request.GET.get("household", "")
    kept = Household.objects.kept_by(request.user).present().select_related("village")
    return get_object_or_404(kept, pk=key) if key.isdecimal() and len(key) < 12 else None


def edit_person(request: Request, pk: int) -> HttpResponse:
    person = kept_person(request, pk)
    form = PersonForm(request.POST or None, request.FILES or None, by=request.user, instance=Person.objects.get(pk=pk))
    given = {"person": person, "at": timezone.now()}
    if entered(request, form, acts.change_person, "consent", **given):
        messages.success(request, _("Saved."))
        return redirect(person)
    return roster_form(request, form, _("Change %(name)s") % {"name": person.full_name}, _("Save"), record=person)
