"""Reading the directory: lists, one organisation, its phone number."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.listing import render_list
from organisations.actions import read_contact_phone
from organisations.lists import (
    OrganisationFilter,
    OrganisationTable,
    UnitFilter,
    UnitTable,
    VillageFilter,
    VillageTable,
    with_newest_facts,
    with_parent_name,
)
from organisations.models import Organisation
from organisations.reading import page_of
from organisations.requests import Request

LIST = "organisations/organisation_list.html"


def organisation_list(request: Request) -> HttpResponseBase:
    """Everything in one's scope; `?under=` shows one branch of the tree."""
    organisations = Organisation.objects.visible_to(request.user)
    under = request.GET.get("under", "")
    branch = get_object_or_404(organisations, pk=under) if under.isdecimal() else None
    return render_list(
        request,
        queryset=with_parent_name(organisations.under(branch) if branch else organisations),
        filterset_class=OrganisationFilter,
        table_class=OrganisationTable,
        title=_("Organisations"),
        template=LIST,
        context={"branch": branch, "sheet": "ORGANISATIONS"},
    )


def village_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=with_newest_facts(with_parent_name(Organisation.objects.visible_to(request.user).villages())),
        filterset_class=VillageFilter,
        table_class=VillageTable,
        title=_("Villages"),
        template=LIST,
        context={
            "sheet": "VILLAGES",
            "empty_sentence": _("No village lies in your scope. The villages of a round stand in its directory."),
        },
    )


def unit_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=with_parent_name(Organisation.objects.visible_to(request.user).units()),
        filterset_class=UnitFilter,
        table_class=UnitTable,
        title=_("Units"),
        template=LIST,
        context={
            "sheet": "UNITS",
            "empty_sentence": _("No unit lies in your scope. The units of a round stand in its directory."),
        },
    )


def organisation(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.readable_by(request.user), pk=pk)
    return render(request, "organisations/organisation.html", page_of(organisation, request.user))


@require_POST
def organisation_phone(request: Request, pk: int) -> HttpResponse:
    """The page again, with the number in full; the reading is recorded."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    phone = read_contact_phone(by=request.user, organisation=organisation, at=timezone.now())
    return render(
        request, "organisations/organisation.html", {**page_of(organisation, request.user), "phone_in_full": phone}
    )
