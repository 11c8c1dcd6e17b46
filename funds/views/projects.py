"""Projects: the list, the page of one with its next step, planning, the panel of a pairing."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from funds.actions import projects as acts
from funds.forms.projects import MOST_PLACES, MilestoneForm, PlanForm, ReachedForm, StepForm, initial_of
from funds.listings.projects import ProjectFilter, ProjectTable
from funds.models import Entry, Project
from funds.projects import reading
from funds.projects.standing import Verb, may_add, offered, standing_of
from funds.projects.turns import POOL, turn_of
from funds.reading import is_reversed
from organisations.models import Organisation
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.models import Pairing
from pairing.views.reach import visible_pairing

SHOWN, MOST_ENTRIES = 5, 50
STEPS = {
    Verb.STARTED: (acts.start_project, gettext_lazy("Agree that it begins")),
    Verb.FINISHED: (acts.finish_project, gettext_lazy("Report it finished")),
    Verb.ACCEPTED: (acts.accept_project, gettext_lazy("Accept it")),
    Verb.RETURNED: (acts.return_project, gettext_lazy("Not yet: send it back")),
    Verb.PROMOTED: (acts.promote_project, gettext_lazy("Show it as an example")),
    Verb.STOPPED: (acts.stop_project, gettext_lazy("Stop the project")),
}


@require_safe
def project_list(request: Request) -> HttpResponseBase:
    rows = Project.objects.visible_to(request.user).with_shares_open()
    return render_list(
        request,
        queryset=rows.select_related("pairing__unit", "pairing__village", "place", "committee"),
        filterset_class=ProjectFilter,
        table_class=ProjectTable,
        title=_("Projects"),
        template="funds/projects/list.html",
        context={
            "may_plan": may_plan(request.user),
            "may_pool": request.user.can(POOL),
            "empty_sentence": _("No project yet. Plan one that can be seen and checked afterwards."),
        },
    )


def may_plan(user) -> bool:
    return user.can("unit.act") or user.can("village.act")


@require_safe
def pairing_projects(request: Request, pk: int) -> HttpResponse:
    """A panel of the pairing's page, and a page: its own projects, and those to which it gives a share."""
    pairing = visible_pairing(request.user, pk)
    found = reading.of_pairing(request.user, pairing)
    shown = {
        "pairing": pairing,
        "projects": found[:SHOWN] if request.htmx else found,
        "number": len(found),
        "may_plan": reading.planning_side(request.user, pairing) is not None,
    }
    return render(request, f"funds/projects/{'panel' if request.htmx else 'of_pairing'}.html", shown)


@require_safe
def new_project(request: Request) -> HttpResponse:
    """With one pairing the form at once; with several, for which of them."""
    pairings = list(reading.own_pairings(request.user)) if may_plan(request.user) else []
    if not pairings:
        raise Http404
    if len(pairings) == 1:
        return redirect("plan_project", pairings[0].pk)
    return render(request, "funds/projects/choose.html", {"pairings": pairings})


def plan_project(request: Request, pk: int) -> HttpResponse:
    pairing = visible_pairing(request.user, pk)
    side = reading.planning_side(request.user, pairing)
    if side is None:
        raise Http404
    if known := reading.planned_under(request.POST.get("key", ""), request.user):
        return redirect(known)
    form = PlanForm(request.POST or None, round=pairing.round, places=places_of(pairing))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            project = acts.plan_project(
                by=request.user, pairing=pairing, side=side, plan=form.plan, key=key, at=timezone.now()
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Planned. The other side was told."))
            return redirect(project)
    shown = {"form": form, "title": _("Plan a project"), "pairing": pairing, "back": pairing.get_absolute_url()}
    return render(request, "funds/projects/form.html", shown)


def places_of(pairing: Pairing) -> list[Organisation]:
    """The village side, and what lies above it up to the organiser (SH-40)."""
    above = Organisation.objects.filter(path__in=Organisation.paths_down_to(pairing.village.path))
    found = [each for each in above if each.path.startswith(pairing.round.organiser.path) or each == pairing.village]
    return sorted(found, key=lambda each: len(each.path), reverse=True)[:MOST_PLACES]


def edit_project(request: Request, pk: int) -> HttpResponse:
    project = project_for(request, pk, Verb.CHANGED)
    places = places_of(project.pairing) if project.pairing else None
    start = initial_of(project, is_typed=places is None)
    form = PlanForm(request.POST or None, round=project.round, places=places, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_project(by=request.user, project=project, plan=form.plan, at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved. The other side was told."))
            return redirect(project)
    shown = {"form": form, "title": _("Change the plan"), "project": project, "back": project.get_absolute_url()}
    return render(request, "funds/projects/form.html", shown)


def project_page(request: Request, pk: int) -> HttpResponse:
    """What it is, how far it is, before and after, what came of it, and the step that this person may take."""
    project = visible_project(request, pk)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and take_step(request, project, form):
        return redirect(project)
    return render(request, "funds/projects/page.html", page_of(request, project, form))


def take_step(request: Request, project: Project, form: StepForm) -> bool:
    verb = request.POST.get("verb", "")
    if verb not in offered(request.user, project) or verb not in STEPS:
        raise Http404
    try:
        STEPS[Verb(verb)][0](by=request.user, project=project, words=form.cleaned_data["words"], at=timezone.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, _("Noted. Whoever has to act next was told."))
    return True


def page_of(request: Request, project: Project, form: StepForm) -> dict[str, Any]:
    verbs, shares = offered(request.user, project), reading.shares_of(project, request.user)
    adds = may_add(request.user, project)
    return {
        "project": project,
        "turn": turn_of(project, shares_open=any(not share.is_agreed for share in shares)),
        "shares": shares,
        "milestones": list(project.milestones.all()),
        "photos": reading.photos_of(project),
        "outcomes": list(project.outcomes.filter(withdrawn_at=None)),
        "entries": list(reading.journal(project)),
        "verbs": verbs,
        "steps": [(str(verb), words) for verb, (_act, words) in STEPS.items() if verb in verbs],
        **money_of(request, project),
        "form": form,
        "milestone_form": MilestoneForm() if adds and project.is_going_on else None,
        "reached_form": ReachedForm(initial={"on": timezone.localdate()}),
        "adds": adds,
        "reads_minutes": reads_minutes(request, project),
        "may_share": project.committee is not None and reading.pools_for(request.user, project.committee),
        "days_late": project.days_late(timezone.localdate()),
        "today": timezone.localdate(),
    }


def money_of(request: Request, project: Project) -> dict[str, Any]:
    """What was received and spent for it, and those of the entries that this person sees, the newest first."""
    seen = Entry.objects.visible_to(request.user).filter(project=project)
    rows = seen.annotate(was_reversed=is_reversed()).select_related("giver").order_by("-on", "-pk")
    found = list(rows[: MOST_ENTRIES + 1])
    return {
        "money": project.entries.sums(),
        "money_entries": found[:MOST_ENTRIES],
        "has_older_money": len(found) > MOST_ENTRIES,
    }


def reads_minutes(request: Request, project: Project) -> bool:
    """They may name villagers: for those who act for one of the two sides, and who organise the round."""
    who = standing_of(request.user, project)
    return who.party is not None or who.manages is not None


def visible_project(request: Request, pk: int) -> Project:
    return get_object_or_404(related(Project.objects.visible_to(request.user)), pk=pk)


def related(projects: QuerySet[Project]) -> QuerySet[Project]:
    return projects.select_related(
        "round__organiser", "round__scheme_version", "pairing__unit", "pairing__village", "place", "committee",
        "consent__minutes", "accepted_by", "planned_by",
    )  # fmt: skip


def project_for(request: Request, pk: int, verb: str) -> Project:
    """404 for whoever can't take this step now."""
    project = visible_project(request, pk)
    if verb not in offered(request.user, project):
        raise Http404
    return project


@require_safe
def cases(request: Request) -> HttpResponse:
    """Projects that are shown as an example to everybody in the area (SH-40)."""
    found = Project.objects.cases(request.user).select_related("place", "pairing__unit", "committee")
    return render(request, "funds/projects/cases.html", {"projects": list(found.order_by("-promoted_at", "-pk"))})


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """What others need to do the same: no names of persons, no papers, no money but the budget."""
    project = get_object_or_404(related(Project.objects.cases(request.user)), pk=pk)
    shown = {
        "project": project,
        "photos": reading.photos_of(project),
        "outcomes": list(project.outcomes.filter(withdrawn_at=None)),
        "milestones": list(project.milestones.all()),
        "may_read_all": Project.objects.visible_to(request.user).filter(pk=pk).exists(),
        "is_case": True,
    }
    return render(request, "funds/projects/case.html", shown)
