"""The course of a project: planned by one side, begun by the other, reported finished, accepted by the village."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.models.project import Project
from funds.models.project_parts import ProjectPhoto, ProjectStep
from funds.notices import projects as notices
from funds.projects.kinds import ProjectLevel
from funds.projects.standing import Verb, check_open, check_step, giving_post
from funds.projects.states import ProjectState, check_transition
from organisations.history import act, note_capacity
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, Round
from pairing.rules import check_in_being
from pairing.states import Side

LONGEST_YEARS = 10


@dataclass(frozen=True)
class Plan:
    """What is planned. `place` None: the village side of the pairing. `carrier`: the side that carries it out."""

    title: str
    goal: str
    in_charge: str
    kind: str
    field: str
    due_on: date
    level: str = ProjectLevel.VILLAGE
    place: Organisation | None = None
    called: str = ""
    mode: str = ""
    partners: Sequence[str] = ()
    budget: Decimal = Decimal(0)
    carrier: str = Side.VILLAGE


@act(_("planned a project"))
def plan_project(*, by: User, pairing: Pairing, side: Side, plan: Plan, key: uuid.UUID, at: datetime) -> Project:
    """Of one pairing, by one of its sides, for the other to agree. The same `key` again is no second project."""
    if known := Project.objects.filter(key=key, planned_by=by).first():
        return known
    project = Project(key=key, round=Round.objects.get(pk=pairing.round_id), pairing=pairing, planned_side=side)
    check_open(project)
    post = planning_post(by, project, side)
    write(project, plan, timezone.localdate(at))
    project.planned_at, project.planned_by, project.planned_as = at, by, post
    project.save()
    notices.tell_of(noted(project, Verb.PLANNED, by, post, at))
    return project


@act(_("changed the plan of a project"))
def change_project(*, by: User, project: Project, plan: Plan, at: datetime) -> Project:
    """As long as it is planned only. Of a pooled one with another budget every share is asked anew."""
    project = locked(project)
    post = check_step(by, project, Verb.CHANGED)
    budget = project.budget
    notices.settle(project, at)
    write(project, plan, timezone.localdate(at))
    project.save()
    if budget != project.budget:
        ask_anew(project)
    notices.tell_of(noted(project, Verb.CHANGED, by, post, at))
    return project


@act(_("agreed that a project begins"))
def start_project(*, by: User, project: Project, words: str = "", at: datetime) -> Project:
    """By the side that did not plan it; of a pooled one once both sides of each share agreed (SH-39)."""
    project = locked(project)
    post = check_step(by, project, Verb.STARTED)
    if project.asks_villagers and project.state == ProjectState.PLANNED:
        raise Refused(_("Such a project begins only after the villagers agreed; record that first."))
    if any(not share.is_agreed for share in project.shares.all()):
        raise Refused(_("Not everybody who gives has agreed to the own share yet."))
    project.started_on = timezone.localdate(at)
    return moved(project, ProjectState.UNDER_WAY, Verb.STARTED, by, post, at, words)


@act(_("reported a project finished"))
def finish_project(*, by: User, project: Project, words: str = "", at: datetime) -> Project:
    project = locked(project)
    post = check_step(by, project, Verb.FINISHED)
    project.finished_on, project.finished_by = timezone.localdate(at), by
    return moved(project, ProjectState.FINISHED, Verb.FINISHED, by, post, at, words)


@act(_("accepted a project"))
def accept_project(*, by: User, project: Project, words: str, at: datetime) -> Project:
    """By the village, by somebody else than who reported it finished; something shows what was done (SH-47)."""
    project = locked(project)
    post = check_step(by, project, Verb.ACCEPTED)
    check_words(words, _("Say in a few words how the village finds it."))
    has_picture = project.photos.filter(moment=ProjectPhoto.Moment.AFTER).exists()
    if not has_picture and not project.outcomes.filter(withdrawn_at=None).exists():
        raise Refused(_("Add a photo taken afterwards or a figure of what came of it; then it can be accepted."))
    project.accepted_at, project.accepted_by, project.accepted_words = at, by, words.strip()
    return moved(project, ProjectState.ACCEPTED, Verb.ACCEPTED, by, post, at, words)


@act(_("did not accept a project yet"))
def return_project(*, by: User, project: Project, words: str, at: datetime) -> Project:
    """Back to whoever carries it out, with the reason."""
    project = locked(project)
    post = check_step(by, project, Verb.RETURNED)
    check_words(words, _("Say what is missing, so that it can be mended."))
    project.finished_on = project.finished_by = None
    return moved(project, ProjectState.UNDER_WAY, Verb.RETURNED, by, post, at, words)


@act(_("stopped a project"))
def stop_project(*, by: User, project: Project, words: str, at: datetime) -> Project:
    """By either side, with the reason; it stays readable."""
    project = locked(project)
    post = check_step(by, project, Verb.STOPPED)
    check_words(words, _("Say why it is stopped; the other side reads it."))
    return moved(project, ProjectState.STOPPED, Verb.STOPPED, by, post, at, words)


@act(_("showed a project as an example"))
def promote_project(*, by: User, project: Project, words: str, at: datetime) -> Project:
    """To everybody in the area (SH-40), with what others can learn from it."""
    project = locked(project)
    post = check_step(by, project, Verb.PROMOTED)
    if project.promoted_at is not None:
        raise Refused(_("This project is shown as an example already."))
    check_words(words, _("Say what others can learn from it."))
    project.promoted_at, project.promoted_by, project.promoted_words = at, by, words.strip()
    project.save()
    notices.tell_of(noted(project, Verb.PROMOTED, by, post, at, words))
    return project


def planning_post(by: User, project: Project, side: Side) -> Appointment:
    """The post in which `by` acts for a side of the pairing."""
    post = giving_post(by, project) if side == Side.UNIT else by.capacity("village.act", project.receiver)
    if post is None:
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": project.party(side).name})
    note_capacity(post)
    return post


def write(project: Project, plan: Plan, today: date) -> None:
    """Check what is planned and put it into the record; nothing is saved."""
    texts = {name: getattr(plan, name).strip() for name in ("title", "goal", "in_charge", "called")}
    if not texts["title"] or not texts["goal"] or not texts["in_charge"]:
        raise Refused(_("Say what the project is called, what it is for, and who is in charge."))
    if plan.budget < 0:
        raise Refused(_("A budget is 0 or more."))
    if not today <= plan.due_on <= today.replace(year=today.year + LONGEST_YEARS, day=min(today.day, 28)):
        raise Refused(_("The deadline is a day to come, within ten years."))
    place = plan.place or (project.pairing.village if project.pairing else None)
    if place is None:
        raise Refused(_("Say where it is carried out."))
    check_in_being(place)
    for name, text in texts.items():
        setattr(project, name, text)
    project.place, project.level, project.kind, project.field = place, plan.level, plan.kind, plan.field
    project.mode, project.partners, project.budget = plan.mode, list(plan.partners), plan.budget
    project.due_on, project.carrier = plan.due_on, plan.carrier


def ask_anew(project: Project) -> None:
    """Whoever agreed to a share of another sum is asked again."""
    project.shares.update(
        unit_state="asked", unit_answered_at=None, unit_answered_by=None,
        village_state="asked", village_answered_at=None, village_answered_by=None,
    )  # fmt: skip


def moved(
    project: Project, then: ProjectState, verb: ProjectStep.Verb, by: User, post: Appointment, at: datetime, words: str
) -> Project:
    sentence = _("This can't be done now: the project is “%(state)s”.") % {"state": project.get_state_display()}
    check_transition(project.state, then, sentence)
    notices.settle(project, at)
    project.state = then
    project.save()
    notices.tell_of(noted(project, verb, by, post, at, words))
    return project


def locked(project: Project) -> Project:
    """The project as it is now; two who act on it at once do so one after the other."""
    rows = Project.objects.select_for_update(no_key=True, of=("self",))
    related = ("round__organiser", "pairing__unit", "pairing__village", "place", "committee")
    return rows.select_related(*related).get(pk=project.pk)


def noted(
    project: Project, verb: ProjectStep.Verb, by: User, post: Appointment | None, at: datetime, words: str = ""
) -> ProjectStep:
    return ProjectStep.objects.create(project=project, verb=verb, by=by, acting_as=post, at=at, words=words.strip())


def check_words(words: str, sentence) -> None:
    if not words.strip():
        raise Refused(sentence)
