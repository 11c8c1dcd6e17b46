"""Writing circulars and arrangement notices, until they are issued; withdrawing and correcting them afterwards."""

import json
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from members.views.submitting import form_page, performed
from organisations.requests import Request
from reports.actions import notices as acts
from reports.circulars.measuring import documents_of, length_of
from reports.forms.notice import ArrangementForm, NoticeForm, TaskForm, WithdrawForm
from reports.holding import inspecting, rounds_of
from reports.inspection.states import MOST_CHARACTERS, InspectionState, NoticeKind, NoticeState
from reports.models import Inspection, NoticeTask
from reports.views.notices import written


def new_circular(request: Request) -> HttpResponse:
    """From which inspection: those that are closed and have no circular yet."""
    organisation = inspecting(request.user)
    closed = Inspection.objects.visible_to(request.user).filter(organisation=organisation, state=InspectionState.CLOSED)
    waiting = closed.exclude(circulars__state__in=acts.UNDER_WAY).select_related("organisation", "round")
    if request.method == "POST":
        chosen = request.POST.get("inspection", "")
        inspection = get_object_or_404(waiting, pk=chosen if chosen.isdecimal() and len(chosen) < 10 else 0)
        return redirect(
            "edit_notice", acts.write_circular(by=request.user, inspection=inspection, at=timezone.now()).pk
        )
    shown = {"organisation": organisation, "waiting": waiting.order_by("-on", "-pk")}
    return render(request, "reports/notices/new_circular.html", shown)


def new_arrangement(request: Request) -> HttpResponse:
    organisation = inspecting(request.user)
    form = ArrangementForm(request.POST or None, rounds=rounds_of(request.user))
    begin = partial(acts.write_arrangement, organisation=organisation, at=timezone.now())
    if notice := performed(request, form, begin):
        return redirect("edit_notice", notice.pk)
    back, back_name = reverse("notices"), _("Circulars and notices")
    title, submit = _("Write an arrangement notice"), _("To the text")
    return form_page(request, form, title, back=back, back_name=back_name, about=organisation, submit=submit)


def edit_notice(request: Request, pk: int) -> HttpResponse:
    """The text with its live count of characters; tasks beside it. Nothing typed is lost."""
    notice = written(request.user, pk)
    if notice.state != NoticeState.DRAFT:
        return redirect(notice)
    form = NoticeForm(request.POST or None, initial=NoticeForm.now_of(notice))
    if performed(request, form, acts.change_notice, notice=notice):
        messages.success(request, _("The draft is saved; nobody below reads it before it is issued."))
        return redirect(notice)
    shown = {
        "notice": notice,
        "form": form,
        "length": length_of(notice),
        "most": json.dumps(MOST_CHARACTERS),
        "documents": documents_of(notice.organisation, timezone.localdate().year),
        "tasks": notice.tasks.all(),
        "has_tasks": notice.kind == NoticeKind.ARRANGEMENT,
        "awards": notice.awards.select_related("organisation"),
        "has_awards": notice.kind == NoticeKind.COMMENDATION,
    }
    return render(request, "reports/notices/edit.html", shown)


def add_notice_task(request: Request, pk: int) -> HttpResponse:
    notice = written(request.user, pk)
    form = TaskForm(request.POST or None)
    if performed(request, form, acts.add_task, notice=notice):
        return redirect("edit_notice", pk)
    back = reverse("edit_notice", args=[pk])
    return form_page(request, form, _("Add a task"), back=back, back_name=notice.title)


@require_POST
def remove_notice_task(request: Request, pk: int) -> HttpResponse:
    task = get_object_or_404(NoticeTask.objects.select_related("notice__organisation"), pk=pk)
    notice = written(request.user, task.notice_id)
    try:
        acts.remove_task(by=request.user, task=task)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("edit_notice", notice.pk)


def withdraw_notice(request: Request, pk: int) -> HttpResponse:
    notice = written(request.user, pk)
    form = WithdrawForm(request.POST or None)
    if performed(request, form, acts.withdraw_notice, notice=notice, at=timezone.now()):
        messages.success(request, _("Withdrawn; the recipients are told, and the text stays readable."))
        return redirect(notice)
    title, back = _("Withdraw it"), notice.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=notice.title, submit=title)


@require_POST
def notice_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Issue, throw the draft away, begin a correction."""
    notice = written(request.user, pk)
    verbs: dict[str, Callable] = {
        "issue": partial(acts.issue_notice, at=timezone.now()),
        "drop": acts.drop_draft,
        "correct": partial(acts.correct_notice, at=timezone.now()),
    }
    if step not in verbs:
        raise Http404
    try:
        made = verbs[step](by=request.user, notice=notice)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(notice)
    if step == "drop":
        return redirect("notices")
    return redirect("edit_notice", made.pk) if step == "correct" else redirect(notice)
