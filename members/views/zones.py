"""Responsibility zones and chains of a village; what a service centre did."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from members.actions import zones as acts
from members.forms.postings import ServiceForm, ZoneFillForm, ZoneForm
from members.listings.columns import shown_name
from members.listings.postings import ServiceFilter, ServiceTable, ZoneFilter, ZoneTable
from members.models import CentreService, Household, Member, Zone
from members.views.submitting import first_step, form_page, performed
from organisations.models import Facility
from organisations.requests import Request

KEEP = "household.edit"


@require_safe
def zones(request: Request) -> HttpResponseBase:
    if not any(map(request.user.can, ("household.read", KEEP))):
        raise Http404
    rows = Zone.objects.visible_to(request.user).filter(closed_on=None).select_related("village")
    counted = rows.annotate(
        member_count=Count("members", distinct=True), household_count=Count("households", distinct=True)
    )
    return render_list(
        request,
        queryset=counted,
        filterset_class=ZoneFilter,
        table_class=ZoneTable,
        title=_("Responsibility zones and chains"),
        template="members/zones/list.html",
        context={
            "keeps": (keeps := request.user.can(KEEP)),
            **first_step(
                keeps,
                _("No zone or chain is set up yet: members look after an area, households are served."),
                "add_zone",
                _("Set up a zone or chain"),
            ),
        },
    )


def add_zone(request: Request) -> HttpResponse:
    if not request.user.can(KEEP):
        raise Http404
    form = ZoneForm(request.POST or None, user=request.user)
    made = performed(request, form, acts.set_up_zone)
    if made:
        return redirect("fill_zone", made.pk)
    return form_page(
        request,
        form,
        _("Set up a responsibility zone or chain"),
        back=reverse("zones"),
        back_name=_("Responsibility zones and chains"),
    )


@require_safe
def zone(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Zone.objects.visible_to(request.user).select_related("village"), pk=pk)
    members = Member.objects.filter(zones__zone=found).with_nearness(request.user)
    households = Household.objects.filter(zones__zone=found).with_nearness(request.user)
    shown = {
        "zone": found,
        "members": members,
        "households": [(household, shown_name(household)) for household in households],
        "keeps": request.user.can(KEEP, found.village) and found.closed_on is None,
    }
    return render(request, "members/zones/zone.html", shown)


def kept_zone(request: Request, pk: int) -> Zone:
    return get_object_or_404(Zone.objects.kept_by(request.user).select_related("village"), pk=pk)


def fill_zone(request: Request, pk: int) -> HttpResponse:
    found = kept_zone(request, pk)
    initial = {
        "members": list(found.members.values_list("member", flat=True)),
        "households": list(found.households.values_list("household", flat=True)),
    }
    form = ZoneFillForm(request.POST or None, initial=initial, zone=found)
    if performed(request, form, acts.fill_zone, zone=found):
        messages.success(request, _("Kept."))
        return redirect(found)
    title = _("Who belongs to %(name)s") % {"name": found.name}
    return form_page(request, form, title, back=found.get_absolute_url(), back_name=found.name)


@require_POST
def close_zone(request: Request, pk: int) -> HttpResponse:
    found = kept_zone(request, pk)
    try:
        acts.close_zone(by=request.user, zone=found, on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(found)
    messages.success(request, _("Closed. Its history stays."))
    return redirect("zones")


def centre_services(request: Request, pk: int) -> HttpResponseBase:
    """What a service centre or station did, and the form that records it; a panel on the page of the facility."""
    facilities = Facility.objects.readable_by(request.user).select_related("organisation")
    facility = get_object_or_404(facilities, pk=pk)
    is_panel = bool(request.htmx) and request.htmx.target != "list"
    if not request.user.can("member.read", facility.organisation):
        if is_panel:
            return HttpResponse()
        raise Http404
    if is_panel:
        return services_panel(request, facility)
    keeps = any(request.user.can(each, facility.organisation) for each in ("floating.manage", "member.edit"))
    if request.method == "POST" and not keeps:
        raise Http404
    form = ServiceForm(request.POST or None) if keeps else None
    if form and performed(request, form, acts.record_service, facility=facility, at=timezone.now()):
        messages.success(request, _("Recorded."))
        return redirect("centre_services", facility.pk)
    return render_list(
        request,
        queryset=CentreService.objects.filter(facility=facility),
        filterset_class=ServiceFilter,
        table_class=ServiceTable,
        title=_("Services of %(name)s") % {"name": facility.name},
        template="members/zones/services.html",
        context={"facility": facility, "form": form, "empty_sentence": _("No service is recorded yet.")},
    )


def services_panel(request: Request, facility: Facility) -> HttpResponse:
    """How many were served, by kind."""
    numbers = CentreService.objects.filter(facility=facility).order_by().values_list("kind")
    found = dict(numbers.annotate(Sum("persons")))
    served = [(kind.label, found[kind]) for kind in CentreService.Kind if kind in found]
    return render(request, "members/zones/services_panel.html", {"facility": facility, "served": served})
