"""What stands around an organisation: links, facilities and the help given to them."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations import actions
from organisations.actions.facilities import keeping_permission
from organisations.forms.records import EndForm, FacilityForm, HelpForm, LinkForm
from organisations.models import Facility, FacilityHelp, Organisation, OrganisationLink
from organisations.reading import around
from organisations.registers import FacilityFilter, FacilityTable
from organisations.requests import Request
from organisations.views.editing import editable, refuse_in, show_form


@require_safe
def organisation_around(request: Request, pk: int) -> HttpResponse:
    """The second part of an organisation's page: a panel of it, and a page."""
    organisation = get_object_or_404(Organisation.objects.readable_by(request.user), pk=pk)
    template = "organisations/around/panel.html" if request.htmx else "organisations/around/page.html"
    return render(request, template, around(organisation, request.user))


def add_link(request: Request, pk: int) -> HttpResponse:
    holder = editable(request, pk)
    form = LinkForm(request.POST or None, among=Organisation.objects.managed_by(request.user, "organisation.edit"))
    if request.method == "POST" and form.is_valid():
        try:
            link = actions.add_link(by=request.user, holder=holder, **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": link.member.name})
            return redirect(holder)
    return show_form(request, form, _("Add to %(name)s") % {"name": holder.name}, holder, _("Add"))


def end_link(request: Request, pk: int) -> HttpResponse:
    links = OrganisationLink.objects.select_related("holder", "member")
    link = get_object_or_404(links, pk=pk, holder__in=reachable(request))
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_link(by=request.user, link=link, **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("It ends on that day."))
            return redirect(link.holder)
    title = _("End: %(link)s") % {"link": link}
    return show_form(request, form, title, link.holder, _("End"), danger=True)


def reachable(request: Request):
    return Organisation.objects.managed_by(request.user, "organisation.edit").order_by().values("pk")


@require_safe
def facility_list(request: Request) -> HttpResponseBase:
    rows = Facility.objects.visible_to(request.user).select_related("organisation")
    return render_list(
        request,
        queryset=rows.annotate(help_count=Count("helps")),
        filterset_class=FacilityFilter,
        table_class=FacilityTable,
        title=_("Facilities"),
        is_long=True,
        context={
            "empty_sentence": _("No facility is recorded in your scope. Add one on the page of its organisation.")
        },
    )


@require_safe
def facility(request: Request, pk: int) -> HttpResponse:
    return show_facility(request, readable_facility(request, pk))


def readable_facility(request: Request, pk: int) -> Facility:
    return get_object_or_404(Facility.objects.readable_by(request.user).select_related("organisation"), pk=pk)


def show_facility(request: Request, facility: Facility, form: HelpForm | None = None) -> HttpResponse:
    keeps = may_keep(request, facility.organisation)
    helps = facility.helps.select_related("helper", "recorded_by")
    context = {
        "facility": facility,
        "helps": [(one, keeps or one.recorded_by_id == request.user.pk) for one in helps],
        "may_keep": keeps,
        "form": form or (help_form(request) if keeps or request.user.can("unit.act") else None),
        "panels": settings.FACILITY_PANELS,
    }
    return render(request, "organisations/around/facility.html", context)


def may_keep(request: Request, organisation: Organisation) -> bool:
    user = request.user
    return user.can("organisation.edit", organisation) or user.can(keeping_permission(organisation), organisation)


def help_form(request: Request, data=None) -> HelpForm:
    """Whoever acts for one unit only finds it filled in."""
    own = [post.organisation for post in request.user.posts if post.grants("unit.act") and post.organisation.is_unit]
    initial = {"helper": own[0].name} if len(own) == 1 else {}
    return HelpForm(data, among=Organisation.objects.readable_by(request.user), initial=initial)


def kept(request: Request, pk: int) -> Organisation:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    return organisation if may_keep(request, organisation) else get_object_or_404(Organisation.objects.none())


def add_facility(request: Request, pk: int) -> HttpResponse:
    organisation = kept(request, pk)
    form = FacilityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_facility(by=request.user, organisation=organisation, fields=form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect(made)
    return show_form(request, form, _("A facility of %(name)s") % {"name": organisation.name}, organisation)


def edit_facility(request: Request, pk: int) -> HttpResponse:
    facility = readable_facility(request, pk)
    kept(request, facility.organisation_id)
    form = FacilityForm(request.POST or None, instance=Facility.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_facility(by=request.user, facility=facility, fields=form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    return show_form(request, form, _("Change %(name)s") % {"name": facility.name}, facility.organisation)


@require_POST
def add_help(request: Request, pk: int) -> HttpResponse:
    facility = readable_facility(request, pk)
    form = help_form(request, request.POST)
    if form.is_valid():
        try:
            actions.record_help(by=request.user, facility=facility, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("The help was recorded."))
            return redirect(facility)
    return show_facility(request, facility, form)


@require_POST
def remove_help(request: Request, pk: int, record: int) -> HttpResponse:
    facility = readable_facility(request, pk)
    row = get_object_or_404(FacilityHelp.objects.select_related("facility__organisation"), pk=record, facility=facility)
    actions.remove_help(by=request.user, record=row)
    messages.success(request, _("The record was removed; the history keeps what it said."))
    return redirect(facility)
