"""Changing organisations: each view is one form and one action."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from organisations import actions
from organisations.forms.directory import (
    AliasForm,
    ContactForm,
    FactsForm,
    MoveForm,
    NeedFormSet,
    OrganisationForm,
    StrengthFormSet,
)
from organisations.models import Alias, Organisation
from organisations.requests import Request

FORM = "organisations/form.html"


def editable(request: Request, pk: int, narrower: str = "") -> Organisation:
    """What `organisation.edit`, or the narrower permission, reaches; everything else does not exist."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    permissions = ["organisation.edit", narrower] if narrower else ["organisation.edit"]
    if not any(request.user.can(permission, organisation) for permission in permissions):
        return get_object_or_404(Organisation.objects.none())
    return organisation


def refuse_in(form, refusal: Refused) -> None:
    """A refusal stands with the errors of the form, so that nothing typed is lost."""
    form.add_error(None, refusal.sentence)


def show_form(request, form, title, organisation, submit="", **context) -> HttpResponse:
    shown = {"form": form, "title": title, "organisation": organisation, "submit": submit or _("Save"), **context}
    return render(request, FORM, shown)


def add_organisation(request: Request, pk: int) -> HttpResponse:
    parent = editable(request, pk)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_organisation(by=request.user, parent=parent, fields=form.cleaned_data)
        warn(request, form)
        messages.success(request, _("%(name)s was added.") % {"name": added.name})
        return redirect(added)
    return show_form(request, form, _("Add an organisation below %(name)s") % {"name": parent.name}, parent)


def edit_organisation(request: Request, pk: int) -> HttpResponse:
    organisation = editable(request, pk)
    form = OrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.change_organisation(
            by=request.user, organisation=organisation, fields=form.cleaned_data, on=timezone.localdate()
        )
        warn(request, form)
        messages.success(request, _("Saved."))
        return redirect(organisation)
    return show_form(request, form, _("Change %(name)s") % {"name": organisation.name}, organisation)


def warn(request: Request, form: OrganisationForm) -> None:
    if form.warning:
        messages.warning(request, form.warning)


def edit_contact(request: Request, pk: int) -> HttpResponse:
    unit = editable(request, pk, "unit.edit")
    form = ContactForm(request.POST or None, instance=Organisation.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        actions.change_contact(by=request.user, unit=unit, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(unit)
    return show_form(request, form, _("Change the contact of %(name)s") % {"name": unit.name}, unit)


def move_organisation(request: Request, pk: int) -> HttpResponse:
    organisation = editable(request, pk)
    among = Organisation.objects.managed_by(request.user, "organisation.edit")
    form = MoveForm(request.POST or None, among=among)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_organisation(by=request.user, organisation=organisation, **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("%(name)s was moved.") % {"name": moved.name})
            return redirect(moved)
    lead = _("Everything below it moves too. Whoever is appointed above the new place will see it.")
    return show_form(
        request, form, _("Move %(name)s") % {"name": organisation.name}, organisation, _("Move"), lead=lead
    )


@require_POST
def reopen_organisation(request: Request, pk: int) -> HttpResponse:
    organisation = editable(request, pk)
    actions.reopen_organisation(by=request.user, organisation=organisation)
    messages.success(request, _("%(name)s is open again.") % {"name": organisation.name})
    return redirect(organisation)


def add_alias(request: Request, pk: int) -> HttpResponse:
    organisation = editable(request, pk)
    form = AliasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_alias(by=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, _("It can now be found by this name too."))
        return redirect(organisation)
    return show_form(request, form, _("Another name of %(name)s") % {"name": organisation.name}, organisation)


@require_POST
def remove_alias(request: Request, pk: int, alias: int) -> HttpResponse:
    organisation = editable(request, pk)
    actions.remove_alias(by=request.user, alias=get_object_or_404(Alias, pk=alias, organisation=organisation))
    messages.success(request, _("The other name was removed."))
    return redirect(organisation)


def edit_facts(request: Request, pk: int, year: int | None = None) -> HttpResponse:
    village = editable(request, pk, "village.edit")
    known = village.facts.filter(year=year).first() if year else None
    judges = request.user.can("organisation.edit", village)
    first = None if known else {"year": timezone.localdate().year}
    form = FactsForm(request.POST or None, instance=known, initial=first, judges=judges)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            actions.record_facts(by=request.user, village=village, year=fields.pop("year"), fields=fields)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(village)
    return show_form(request, form, _("Facts of %(name)s") % {"name": village.name}, village)


def edit_needs(request: Request, pk: int) -> HttpResponse:
    village = editable(request, pk, "village.edit")
    formset = NeedFormSet(request.POST or None, instance=village)
    if request.method == "POST" and formset.is_valid():
        actions.keep_needs(by=request.user, village=village, formset=formset)
        messages.success(request, _("Saved."))
        return redirect(village)
    return show_rows(request, formset, _("Needs of %(name)s") % {"name": village.name}, village)


def edit_strengths(request: Request, pk: int) -> HttpResponse:
    unit = editable(request, pk, "unit.edit")
    formset = StrengthFormSet(request.POST or None, instance=unit)
    if request.method == "POST" and formset.is_valid():
        actions.keep_strengths(by=request.user, unit=unit, formset=formset)
        messages.success(request, _("Saved."))
        return redirect(unit)
    return show_rows(request, formset, _("Strengths of %(name)s") % {"name": unit.name}, unit)


def show_rows(request: Request, formset, title: str, organisation: Organisation) -> HttpResponse:
    context = {"formset": formset, "title": title, "organisation": organisation}
    return render(request, "organisations/rows_form.html", context)
