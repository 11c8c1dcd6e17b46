"""Who may do what with a project: one table for the acts that refuse and for the pages that offer."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.models.project import Project
from funds.models.project_parts import ProjectStep
from funds.projects.states import BEFORE, OPEN, ProjectState
from funds.projects.turns import permission_of
from organisations.history import note_capacity
from organisations.models import Appointment, User
from pairing.models.consortium import PairingPartner
from pairing.states import STANDING, RoundState, Side

MANAGE = "round.manage"
Verb = ProjectStep.Verb


@dataclass(frozen=True)
class Standing:
    """For which side a person acts, each with the post; `manages`: staff of the organiser of the round."""

    unit: Appointment | None
    village: Appointment | None
    manages: Appointment | None

    def of(self, side: Side) -> Appointment | None:
        return self.unit if side == Side.UNIT else self.village

    @property
    def party(self) -> Appointment | None:
        return self.unit or self.village


def standing_of(user: User, project: Project) -> Standing:
    return Standing(
        unit=giving_post(user, project),
        village=user.capacity(permission_of(project, Side.VILLAGE), project.receiver),
        manages=user.capacity(MANAGE, project.round.organiser),
    )


def giving_post(user: User, project: Project) -> Appointment | None:
    """Of the lead, of a partner of the consortium (SH-13), or of the committee that pools."""
    permission = permission_of(project, Side.UNIT)
    post = user.capacity(permission, project.giver)
    if post or project.pairing is None or not user.can(permission):
        return post
    partners = PairingPartner.objects.joined().filter(pairing=project.pairing).select_related("unit")
    return next((post for each in partners if (post := user.capacity(permission, each.unit))), None)


OTHER_SIDE = _("Only the side that did not plan it agrees that it begins.")
VILLAGE = _("Only the village side can do that: it sees what was done.")
PARTIES = _("Only the two sides of the project can do that.")
# In which states a step is possible, who takes it, and what everybody else is told.
RULES = {
    Verb.CHANGED: (
        (ProjectState.PLANNED,), lambda who, project: who.of(Side(project.planned_side)),
        _("Only the side that planned it changes the plan."),
    ),
    Verb.CONSENTED: ((ProjectState.PLANNED,), lambda who, project: who.village, VILLAGE),
    Verb.STARTED: (BEFORE, lambda who, project: who.of(Side(project.planned_side).other), OTHER_SIDE),
    Verb.FINISHED: (
        (ProjectState.UNDER_WAY,), lambda who, project: who.of(Side(project.carrier)),
        _("Only whoever carries it out reports it finished."),
    ),
    Verb.ACCEPTED: ((ProjectState.FINISHED,), lambda who, project: who.village, VILLAGE),
    Verb.RETURNED: ((ProjectState.FINISHED,), lambda who, project: who.village, VILLAGE),
    Verb.STOPPED: (OPEN, lambda who, project: who.party, PARTIES),
    Verb.PROMOTED: (
        (ProjectState.ACCEPTED,), lambda who, project: who.manages,
        _("Only the organiser of the round shows a project as an example."),
    ),
}  # fmt: skip


def offered(user: User, project: Project) -> list[str]:
    """The steps that this person may take now."""
    if is_frozen(project):
        return []
    who = standing_of(user, project)
    found = [
        verb for verb, (states, allowed, _no) in RULES.items() if project.state in states and allowed(who, project)
    ]
    if project.finished_by_id == user.pk:
        found = [verb for verb in found if verb not in (Verb.ACCEPTED, Verb.RETURNED)]
    if project.promoted_at:
        found = [verb for verb in found if verb != Verb.PROMOTED]
    return [str(verb) for verb in found]


def check_step(by: User, project: Project, verb: ProjectStep.Verb) -> Appointment:
    """The post in which they take the step; or a refusal."""
    states, allowed, sentence = RULES[verb]
    check_open(project)
    if project.state not in states:
        raise Refused(
            _("This can't be done now: the project is “%(state)s”. Somebody may have acted before you; read it again.")
            % {"state": project.get_state_display()}
        )
    post = allowed(standing_of(by, project), project)
    if post is None:
        raise Refused(sentence)
    if verb in (Verb.ACCEPTED, Verb.RETURNED) and project.finished_by_id == by.pk:
        raise Refused(_("You reported it finished yourself; somebody else of the village has to accept it."))
    note_capacity(post)
    return post


def check_party(by: User, project: Project) -> Appointment:
    """For what both sides may add while it goes on: milestones, photos, figures."""
    check_open(project)
    if project.state == ProjectState.STOPPED:
        raise Refused(_("This project was stopped; nothing is added to it any more."))
    post = standing_of(by, project).party
    if post is None:
        raise Refused(PARTIES)
    note_capacity(post)
    return post


def may_add(user: User, project: Project) -> bool:
    is_on = project.state != ProjectState.STOPPED and not is_frozen(project)
    return is_on and standing_of(user, project).party is not None


def check_open(project: Project) -> None:
    if project.round.state == RoundState.CLOSED:
        raise Refused(_("The round of this project is closed; what belongs to it can be read only."))
    if project.pairing and project.pairing.state not in STANDING:
        raise Refused(_("This pairing has ended; nothing more is recorded for it."))


def is_frozen(project: Project) -> bool:
    has_ended = project.pairing is not None and project.pairing.state not in STANDING
    return has_ended or project.round.state == RoundState.CLOSED
