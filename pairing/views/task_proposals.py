"""Task proposals: the list with progress, one of them, its Word file; for the organiser preparing and issuing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from organisations.requests import Request
from pairing.actions import task_proposals as acts
from pairing.figures.task_proposals import Standing, standings, task_document
from pairing.forms.task_proposals import TaskProposalForm
from pairing.listings.market import for_round
from pairing.listings.task_proposals import TaskProposalFilter, TaskProposalTable
from pairing.models import TaskProposal
from pairing.states import RoundState
from pairing.views.agreements import DOCX
from pairing.views.reach import managed_round, visible_round


@require_safe
def task_proposal_list(request: Request, pk: int) -> HttpResponseBase:
    round = visible_round(request.user, pk)
    visible = TaskProposal.objects.visible_to(request.user).filter(round=round).newest()
    manages = request.user.can("round.manage", round.organiser) and round.state == RoundState.OPEN
    return render_list(
        request,
        queryset=visible.select_related("committee").order_by("committee__path", "side"),
        filterset_class=TaskProposalFilter,
        table_class=for_round(TaskProposalTable, standings=standings(round)),
        title=_("Task proposals"),
        template="pairing/task_proposals/list.html",
        context={
            "round": round,
            "manages": manages,
            "drafts": visible.filter(issued_at=None).count() if manages else 0,
            "empty_sentence": _("No task proposal was issued to you in this round."),
        },
    )


@require_POST
def prepare(request: Request, pk: int) -> HttpResponse:
    round = managed_round(request.user, pk)
    number = acts.prepare_task_proposals(by=request.user, round=round)
    told = ngettext("%(count)s draft was prepared.", "%(count)s drafts were prepared.", number) % {"count": number}
    messages.success(request, told if number else _("Every committee of the directory has its proposal already."))
    return redirect("task_proposals", round.pk)


@require_POST
def issue_all(request: Request, pk: int) -> HttpResponse:
    round = managed_round(request.user, pk)
    number = acts.issue_task_proposals(by=request.user, round=round, at=timezone.now())
    messages.success(request, _told(number))
    return redirect("task_proposals", round.pk)


@require_safe
def task_proposal_page(request: Request, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    standing = standings(task.round).get((task.committee.path, task.side), Standing())
    versions = TaskProposal.objects.visible_to(request.user)
    shown = {
        "task": task,
        "round": task.round,
        "standing": standing,
        "shortfall": standing.short_of(task.suggested),
        "versions": versions.filter(round=task.round, committee=task.committee, side=task.side),
        "manages": manages(request, task),
    }
    return render(request, "pairing/task_proposals/page.html", shown)


def edit(request: Request, pk: int) -> HttpResponse:
    task = managed_task(request, pk)
    form = TaskProposalForm(request.POST or None, instance=task)
    if request.method == "POST" and form.is_valid():
        changed = acts.change_task_proposal(by=request.user, task=task, **form.cleaned_data)
        messages.success(request, _("The draft is saved; it counts once it is issued."))
        return redirect(changed)
    return render(request, "pairing/task_proposals/edit.html", {"task": task, "round": task.round, "form": form})


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    task = managed_task(request, pk)
    number = acts.issue_task_proposals(by=request.user, round=task.round, task=task, at=timezone.now())
    messages.success(request, _told(number))
    return redirect(task)


@require_safe
def word(request: Request, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    response = HttpResponse(task_document(task), content_type=DOCX)
    name = f"{task.committee.name}结对帮扶任务建议书.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def visible_task(request: Request, pk: int) -> TaskProposal:
    tasks = TaskProposal.objects.visible_to(request.user).prefetch_related("round__milestones")
    related = ("round__scheme_version", "round__organiser", "round__previous", "committee", "issued_by")
    return get_object_or_404(tasks.select_related(*related), pk=pk)


def managed_task(request: Request, pk: int) -> TaskProposal:
    """A proposal of a round that this person organises; to everybody else it does not exist."""
    task = visible_task(request, pk)
    if not manages(request, task):
        raise Http404
    return task


def manages(request: Request, task: TaskProposal) -> bool:
    return request.user.can("round.manage", task.round.organiser)


def _told(number: int) -> str:
    issued = ngettext("%(count)s task proposal was issued.", "%(count)s task proposals were issued.", number)
    return issued % {"count": number} if number else _("There was no draft left to issue.")
