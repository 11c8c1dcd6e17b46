"""What is added to a project: milestones, what the villagers say, photos, figures; and its files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from funds.actions import project_parts as acts
from funds.forms.projects import MilestoneForm, OutcomeForm, PhotosForm, ReachedForm, VillagersConsentForm
from funds.models import Project, ProjectPhoto, VillagersConsent
from funds.projects.standing import Verb, may_add
from funds.views.projects import project_for, reads_minutes, visible_project
from members.views.submitting import performed
from office.files import serve
from organisations.requests import Request


def addable(request: Request, pk: int) -> Project:
    """404 for whoever adds nothing to it."""
    project = visible_project(request, pk)
    if not may_add(request.user, project):
        raise Http404
    return project


@require_POST
def add_milestone(request: Request, pk: int) -> HttpResponse:
    project, form = addable(request, pk), MilestoneForm(request.POST)
    return added(request, project, form, acts.add_milestone, _("A milestone"), project=project)


@require_POST
def reach_milestone(request: Request, pk: int, record: int) -> HttpResponse:
    project, form = addable(request, pk), ReachedForm(request.POST)
    milestone = get_object_or_404(project.milestones.select_related("project"), pk=record)
    given = {"milestone": milestone, "at": timezone.now()}
    return added(request, project, form, acts.reach_milestone, milestone.name, **given)


def note_outcome(request: Request, pk: int) -> HttpResponse:
    project, form = addable(request, pk), OutcomeForm(request.POST or None)
    given = {"project": project, "at": timezone.now()}
    return added(request, project, form, acts.note_outcome, _("What came of it"), **given)


def add_photos(request: Request, pk: int) -> HttpResponse:
    project = addable(request, pk)
    form = PhotosForm(request.POST or None, request.FILES or None, user=request.user)
    given = {"project": project, "at": timezone.now()}
    return added(request, project, form, acts.add_photos, _("Add photos"), **given)


def record_consent(request: Request, pk: int) -> HttpResponse:
    project = project_for(request, pk, Verb.CONSENTED)
    form = VillagersConsentForm(request.POST or None, request.FILES or None, user=request.user)
    given = {"project": project, "at": timezone.now()}
    return added(request, project, form, acts.record_consent, _("What the villagers say"), **given)


def added(request: Request, about: Project, form: forms.Form, verb: Callable, title: str, **given: Any) -> HttpResponse:
    """One form, one act, back to the project; what is wrong stands in the form on a page of its own."""
    if performed(request, form, verb, **given):
        messages.success(request, _("Saved."))
        return redirect(about)
    return render(request, "funds/projects/add.html", {"project": about, "form": form, "title": title})


@require_POST
def withdraw_outcome(request: Request, pk: int, record: int) -> HttpResponse:
    project = addable(request, pk)
    outcome = get_object_or_404(project.outcomes.select_related("project"), pk=record)
    try:
        acts.withdraw_outcome(by=request.user, outcome=outcome, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Withdrawn; it stays readable in the history."))
    return redirect(project)


@require_safe
def photo(request: Request, pk: int, record: int) -> HttpResponseBase:
    return served(visible_project(request, pk), record)


@require_safe
def case_photo(request: Request, pk: int, record: int) -> HttpResponseBase:
    return served(get_object_or_404(Project.objects.cases(request.user), pk=pk), record)


def served(project: Project, record: int) -> HttpResponseBase:
    photos = ProjectPhoto.objects.filter(project=project, file__destroyed_at=None).select_related("file")
    return serve(get_object_or_404(photos, pk=record).file, as_attachment=False)


@require_safe
def minutes(request: Request, pk: int) -> HttpResponseBase:
    project = visible_project(request, pk)
    consent = VillagersConsent.objects.filter(project=project, minutes__destroyed_at=None).select_related("minutes")
    file = get_object_or_404(consent.exclude(minutes=None)).minutes
    if file is None or not reads_minutes(request, project):
        raise Http404
    return serve(file)
