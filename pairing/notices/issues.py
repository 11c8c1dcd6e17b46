"""What each side is told about an issue when it is its turn."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from core.dates import chinese_date
from office import inbox
from organisations.models import Organisation
from pairing.models import Issue, IssueStep
from pairing.notices.market import TURN
from pairing.speaking import MANAGE
from pairing.states import Side


def step_key(issue: Issue, step_pk: int) -> str:
    return f"issue:{issue.pk}:{step_pk}"


def settle(issue: Issue, at: datetime) -> None:
    """It is no longer the turn of whoever was told before."""
    inbox.settle_all([step_key(issue, pk) for pk in issue.steps.values_list("pk", flat=True)], at=at)


def permission_of(issue: Issue, organisation: Organisation) -> str:
    """By which its posts are reached: those of its side, else those of its kind, else the staff of a committee."""
    if issue.pairing:
        for side in Side:
            if issue.pairing.party(side).pk == organisation.pk:
                return f"{side}.act"
    if organisation.is_village:
        return "village.act"
    return "unit.act" if organisation.is_unit else MANAGE


def others(issue: Issue) -> list[Organisation]:
    """The sides that do not have to solve it."""
    return [party for party in issue.parties if issue.owner is None or party.pk != issue.owner.pk]


def tell_raised(step: IssueStep) -> None:
    """Whoever has to solve it; where nobody is named yet, the committee that assigns it. The other side has news."""
    issue = step.issue
    if issue.owner:
        tell_owner(step, gettext_noop("An issue was raised for you to solve by %(day)s: %(title)s"))
    else:
        tell_managers(step, gettext_noop("An issue was raised, say who solves it: %(title)s"))
    mine = issue.pairing.party(Side(issue.side)) if issue.pairing and issue.side else None
    rest = [party for party in others(issue) if mine is None or party.pk != mine.pk]
    tell(step, rest, gettext_noop("An issue was raised: %(title)s"), kind=inbox.NOTICE)


def tell_owner(step: IssueStep, subject: str) -> None:
    tell(step, [step.issue.owner] if step.issue.owner else [], subject)


def tell_managers(step: IssueStep, subject: str) -> None:
    tell(step, [step.issue.overseer], subject, permission=MANAGE)


def tell_claimed(step: IssueStep) -> None:
    """The other side confirms; where there is none, the committee above."""
    subject = gettext_noop("%(name)s says that an issue is solved, please confirm: %(title)s")
    waiting = others(step.issue)
    if waiting:
        tell(step, waiting, subject)
    else:
        tell_managers(step, subject)


def tell_all(step: IssueStep, subject: str, *, but: Organisation | None = None) -> None:
    """News for both sides and the owner."""
    issue = step.issue
    everybody = {party.pk: party for party in [*issue.parties, *([issue.owner] if issue.owner else [])]}
    told = [party for pk, party in everybody.items() if but is None or pk != but.pk]
    tell(step, told, subject, kind=inbox.NOTICE)


def tell(
    step: IssueStep,
    organisations: Iterable[Organisation],
    subject: str,
    *,
    kind: str = TURN,
    permission: str = "",
) -> None:
    issue = step.issue
    params = {
        "title": issue.title,
        "day": chinese_date(issue.due_on),
        "name": issue.owner.name if issue.owner else issue.organisation.name,
    }
    inbox.tell_each(
        {
            "organisation": organisation,
            "permission": permission or permission_of(issue, organisation),
            "subject": subject,
            "params": params,
            "url": issue.get_absolute_url(),
            "kind": kind,
            "key": step_key(issue, step.pk),
            "at": step.at,
        }
        for organisation in organisations
    )
