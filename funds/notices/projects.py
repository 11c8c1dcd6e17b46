"""What each side is told about a project when it is its turn."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from funds.models.project import Project, ProjectShare
from funds.models.project_parts import ProjectStep
from funds.projects.states import ShareState
from funds.projects.turns import Need, permission_of, turn_of
from office import inbox
from organisations.models import Organisation
from pairing.notices.market import TURN
from pairing.states import Side

Verb = ProjectStep.Verb
ASKED = {
    Need.CONSENT: gettext_noop("Ask the villagers about a project and record what they say: %(title)s"),
    Need.AGREEMENT: gettext_noop("A project waits for your agreement: %(title)s"),
    Need.WORK: gettext_noop("A project begins, to be finished by %(day)s: %(title)s"),
    Need.ACCEPTANCE: gettext_noop("A project is reported finished, please look at it and accept it: %(title)s"),
}
RETURNED = gettext_noop("A project is not accepted yet, read why: %(title)s")
SHARE = gettext_noop("A part in a common project is asked of you: %(title)s")
NEWS = {
    Verb.PLANNED: gettext_noop("A project was planned: %(title)s"),
    Verb.CHANGED: gettext_noop("The plan of a project was changed: %(title)s"),
    Verb.STARTED: gettext_noop("A project begins: %(title)s"),
    Verb.ACCEPTED: gettext_noop("A project was accepted by the village: %(title)s"),
    Verb.STOPPED: gettext_noop("A project was stopped, read why: %(title)s"),
    Verb.DECLINED: gettext_noop("A share in a common project was declined: %(title)s"),
    Verb.PROMOTED: gettext_noop("Your project is shown to others as an example: %(title)s"),
}
Told = tuple[Organisation, str]


def settle(project: Project, at: datetime) -> None:
    """It is no longer the turn of whoever was told before."""
    inbox.settle_all([key_of(project, pk) for pk in project.steps.values_list("pk", flat=True)], at=at)


def key_of(project: Project, step: int) -> str:
    return f"project:{project.pk}:{step}"


def tell_of(step: ProjectStep) -> None:
    """Whoever has the turn now is asked; the others read what happened, where it concerns them."""
    project, asked = step.project, asked_by(step)
    subject = NEWS.get(Verb(step.verb))
    own = step.acting_as.organisation_id if step.acting_as else None
    known = {organisation.pk for (organisation, _permission), _subject in asked} | {own}
    news = [((place, permission), subject) for place, permission in everybody(project) if place.pk not in known]
    told = [(to, words, TURN) for to, words in asked]
    told += [(to, words, inbox.NOTICE) for to, words in news if words]
    tell(step, told)


def asked_by(step: ProjectStep) -> list[tuple[Told, str]]:
    project = step.project
    shares = list(project.shares.select_related("pairing__unit", "pairing__village"))
    turn = turn_of(project, shares_open=any(not share.is_agreed for share in shares))
    if turn.need == Need.SHARES:
        return [(to, SHARE) for share in shares for to in open_sides(share)]
    if turn.need is None or turn.side is None or turn.party is None:
        return []
    subject = RETURNED if step.verb == Verb.RETURNED else ASKED[turn.need]
    return [((turn.party, permission_of(project, turn.side)), subject)]


def open_sides(share: ProjectShare) -> Iterable[Told]:
    if share.unit_state == ShareState.ASKED:
        yield share.pairing.unit, "unit.act"
    if share.village_state == ShareState.ASKED:
        yield share.pairing.village, "village.act"


def everybody(project: Project) -> list[Told]:
    """Both sides, and the units that give a share; each once."""
    found = {project.party(side).pk: (project.party(side), permission_of(project, side)) for side in Side}
    for share in project.shares.select_related("pairing__unit"):
        found.setdefault(share.pairing.unit_id, (share.pairing.unit, "unit.act"))
    return list(found.values())


def tell(step: ProjectStep, told: Iterable[tuple[Told, str, str]]) -> None:
    project = step.project
    params = {"title": project.title, "day": chinese_date(project.due_on)}
    inbox.tell_each(
        {
            "organisation": organisation,
            "permission": permission,
            "subject": subject,
            "params": params,
            "url": project.get_absolute_url(),
            "kind": kind,
            "key": key_of(project, step.pk),
            "at": step.at,
        }
        for (organisation, permission), subject, kind in told
    )
