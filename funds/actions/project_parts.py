"""What is added to a project while it goes on: milestones, what the villagers say, pictures, figures."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.projects import locked, moved
from funds.models.project import Project
from funds.models.project_parts import ProjectMilestone, ProjectOutcome, ProjectPhoto, VillagersConsent
from funds.projects.kinds import Qualifier
from funds.projects.standing import Verb, check_party, check_step
from funds.projects.states import OVER, ProjectState
from office.models import StoredFile
from organisations.history import act
from organisations.models import User

MOST_MILESTONES, MOST_PHOTOS, MOST_OUTCOMES = 20, 30, 20


@act(_("added a milestone to a project"))
def add_milestone(*, by: User, project: Project, name: str, due_on: date) -> ProjectMilestone:
    project = locked(project)
    check_party(by, project)
    check_goes_on(project)
    if not name.strip():
        raise Refused(_("Say what is reached by then."))
    if project.milestones.count() >= MOST_MILESTONES:
        raise Refused(_("A project has at most %(number)s milestones.") % {"number": MOST_MILESTONES})
    if project.milestones.filter(name=name.strip()).exists():
        raise Refused(_("The project has a milestone of this name already."))
    if not project.round.starts_on <= due_on <= project.due_on:
        raise Refused(_("A milestone lies between the beginning of the round and the deadline of the project."))
    return ProjectMilestone.objects.create(project=project, name=name.strip(), due_on=due_on)


@act(_("noted a milestone as reached"))
def reach_milestone(*, by: User, milestone: ProjectMilestone, on: date, at: datetime) -> ProjectMilestone:
    project = locked(milestone.project)
    check_party(by, project)
    milestone = ProjectMilestone.objects.select_for_update(no_key=True).get(pk=milestone.pk)
    if milestone.done_on is not None:
        raise Refused(_("This milestone is noted as reached already."))
    if project.state not in (ProjectState.UNDER_WAY, ProjectState.FINISHED):
        raise Refused(_("Milestones are reached while the project is under way."))
    if on > timezone.localdate(at):
        raise Refused(_("This day lies in the future."))
    if on < project.round.starts_on:
        raise Refused(_("On that day this round had not begun; choose a later day."))
    milestone.done_on, milestone.done_by = on, by
    milestone.save(update_fields=["done_on", "done_by"])
    return milestone


@act(_("recorded that the villagers agree to a project"))
def record_consent(
    *,
    by: User,
    project: Project,
    on: date,
    form: str,
    asked: int,
    agreed: int,
    minutes: StoredFile | None,
    at: datetime,
) -> VillagersConsent:
    """By the village: on which day, how they were asked, how many of how many agreed (YD-05)."""
    project = locked(project)
    post = check_step(by, project, Verb.CONSENTED)
    if on > timezone.localdate(at) or on < project.round.starts_on:
        raise Refused(_("This day lies between the beginning of the round and today."))
    if agreed > asked:
        raise Refused(_("No more can agree than were asked."))
    if agreed * 2 <= asked:
        raise Refused(_("More than half of those who were asked have to agree; else the project can't begin."))
    consent = VillagersConsent.objects.create(
        project=project, on=on, form=form, asked=asked, agreed=agreed, minutes=minutes, recorded_at=at, recorded_by=by
    )
    moved(project, ProjectState.CONSENTED, Verb.CONSENTED, by, post, at, "")
    return consent


@act(_("added photos to a project"))
def add_photos(
    *, by: User, project: Project, moment: str, photos: Sequence[StoredFile], at: datetime
) -> list[ProjectPhoto]:
    """A picture that is there already is not kept twice."""
    project = locked(project)
    check_party(by, project)
    if not photos:
        raise Refused(_("Choose a photo first."))
    if project.photos.count() + len(photos) > MOST_PHOTOS:
        raise Refused(_("At most %(number)s photos belong to one project.") % {"number": MOST_PHOTOS})
    of_moment = project.photos.filter(moment=moment)
    known = set(of_moment.values_list("file__sha256", flat=True))
    fresh = {photo.sha256: photo for photo in photos if photo.sha256 not in known}
    ProjectPhoto.objects.bulk_create(
        ProjectPhoto(project=project, moment=moment, file=photo, added_at=at, added_by=by) for photo in fresh.values()
    )
    return list(of_moment.filter(file__sha256__in=[photo.sha256 for photo in photos]))


@act(_("noted a figure of what came of a project"))
def note_outcome(
    *,
    by: User,
    project: Project,
    measure: str,
    value: Decimal,
    source: str,
    on: date,
    qualifier: str = Qualifier.EXACT,
    at: datetime,
) -> ProjectOutcome:
    """A figure says where it comes from and of which day it is (SH-19)."""
    project = locked(project)
    check_party(by, project)
    if value <= 0:
        raise Refused(_("A figure is more than 0."))
    if not source.strip():
        raise Refused(_("Say where the figure comes from."))
    if on > timezone.localdate(at) or on < project.round.starts_on:
        raise Refused(_("This day lies between the beginning of the round and today."))
    same = {"measure": measure, "value": value, "qualifier": qualifier, "source": source.strip(), "on": on}
    if project.outcomes.filter(withdrawn_at=None, **same).exists():
        raise Refused(_("This figure is noted already."))
    if project.outcomes.filter(withdrawn_at=None).count() >= MOST_OUTCOMES:
        raise Refused(_("At most %(number)s figures belong to one project.") % {"number": MOST_OUTCOMES})
    return ProjectOutcome.objects.create(project=project, noted_at=at, noted_by=by, **same)


@act(_("withdrew a figure of a project"))
def withdraw_outcome(*, by: User, outcome: ProjectOutcome, at: datetime) -> ProjectOutcome:
    """A wrong one; it stays readable in the history. What a project was accepted on stays."""
    project = locked(outcome.project)
    check_party(by, project)
    check_goes_on(project)
    outcome = ProjectOutcome.objects.select_for_update(no_key=True).get(pk=outcome.pk)
    if outcome.withdrawn_at is not None:
        raise Refused(_("This figure was withdrawn already."))
    outcome.withdrawn_at, outcome.withdrawn_by = at, by
    outcome.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return outcome


def check_goes_on(project: Project) -> None:
    if project.state in OVER:
        raise Refused(_("The project is over; what belongs to it stays as it is."))
