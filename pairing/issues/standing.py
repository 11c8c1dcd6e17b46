"""Who may do what with an issue: one table for the acts that refuse and for the pages that offer.

Whoever solves an issue neither confirms that, nor puts the deadline off, nor closes it (domain §3, close_out).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import note_capacity
from organisations.models import Appointment, User
from pairing.models import Issue, IssueStep
from pairing.speaking import MANAGE, speaking_post
from pairing.states import UNSOLVED, IssueState, RoundState, Side

Verb = IssueStep.Verb
DEALT_WITH = (IssueState.ASSIGNED, IssueState.UNDER_WAY, IssueState.REOPENED)


@dataclass(frozen=True)
class Standing:
    """How a person stands to an issue; each with the post from which that comes."""

    owns: Appointment | None  # speaks for whoever has to solve it
    opposes: Appointment | None  # speaks for the other side
    manages: Appointment | None  # staff of the committee above both
    oversees: Appointment | None  # staff of a committee above one of them
    raised: Appointment | None  # speaks for the side that raised it, or raised it in person
    is_solver: bool  # said in person that it is solved

    @property
    def party(self) -> Appointment | None:
        return self.owns or self.opposes or self.manages or self.oversees

    @property
    def judges(self) -> Appointment | None:
        """Another person, and of the other side or above both."""
        return None if self.is_solver else self.opposes or self.manages


def standing_of(user: User, issue: Issue) -> Standing:
    owner = issue.owner
    posts = {party.pk: speaking_post(user, party) for party in issue.parties}
    owns = (posts.get(owner.pk) or speaking_post(user, owner)) if owner else None
    manages = user.capacity(MANAGE, issue.overseer)
    if manages and owner and manages.scope_path == owner.path:
        manages = None  # of the very committee that has to solve it
    oversees = next(filter(None, (user.capacity(MANAGE, party) for party in issue.parties)), None)
    side = posts.get(issue.pairing.party(Side(issue.side)).pk) if issue.pairing and issue.side else None
    return Standing(
        owns=owns,
        opposes=next((post for pk, post in posts.items() if post and (not owner or pk != owner.pk)), None),
        manages=manages,
        oversees=oversees,
        raised=side or (oversees if issue.raised_by_id == user.pk else None),
        is_solver=issue.claimed_by_id == user.pk and issue.state == IssueState.CLAIMED,
    )


OWNER = _("Only whoever has to solve it can do that: %(owner)s.")
OTHERS = _("Only the other side or the organiser can do that, not whoever solves it.")
# In which states a step is possible, who takes it, and what everybody else is told.
RULES = {
    Verb.ASSIGNED: (
        (IssueState.OPEN, *DEALT_WITH),
        lambda who: who.manages or who.opposes or who.owns,
        _("Only the two sides and the organiser assign it."),
    ),
    Verb.STARTED: ((IssueState.ASSIGNED, IssueState.REOPENED), lambda who: who.owns, OWNER),
    Verb.ANSWERED: (
        (*UNSOLVED, IssueState.CONFIRMED),
        lambda who: who.party,
        _("Only the two sides, the owner and the organiser write here."),
    ),
    Verb.DUE_CHANGED: ((IssueState.OPEN, *DEALT_WITH), lambda who: who.opposes or who.manages, OTHERS),
    Verb.CLAIMED: (DEALT_WITH, lambda who: who.owns, OWNER),
    Verb.RETURNED: ((IssueState.CLAIMED,), lambda who: who.judges, OTHERS),
    Verb.CONFIRMED: ((IssueState.CLAIMED,), lambda who: who.judges, OTHERS),
    Verb.CLOSED: ((IssueState.CONFIRMED,), lambda who: who.opposes or who.manages, OTHERS),
    Verb.REOPENED: ((IssueState.CONFIRMED, IssueState.CLOSED), lambda who: who.opposes or who.manages, OTHERS),
    Verb.WITHDRAWN: (
        (IssueState.OPEN, *DEALT_WITH),
        lambda who: who.raised or who.manages,
        _("Only the side that raised it, or the organiser, can withdraw it."),
    ),
}


def offered(user: User, issue: Issue) -> list[str]:
    """The steps that this person may take now."""
    if is_frozen(issue):
        return []
    who = standing_of(user, issue)
    return [str(verb) for verb, (states, allowed, _no) in RULES.items() if issue.state in states and allowed(who)]


def check_step(by: User, issue: Issue, verb: IssueStep.Verb) -> tuple[Standing, Appointment]:
    """How `by` stands to it, and the post in which they take the step; or a refusal."""
    states, allowed, sentence = RULES[verb]
    if is_frozen(issue):
        raise Refused(_("The round of this issue is closed; what belongs to it can be read only."))
    if issue.state not in states:
        raise Refused(
            _("This can't be done now: the issue is “%(state)s”. Somebody may have acted before you; read it again.")
            % {"state": issue.get_state_display()}
        )
    who = standing_of(by, issue)
    post = allowed(who)
    if post is None and who.is_solver and verb in (Verb.CONFIRMED, Verb.RETURNED):
        raise Refused(_("You said yourself that it is solved; somebody else has to confirm."))
    if post is None:
        raise Refused(sentence % {"owner": issue.owner.name if issue.owner else "—"})
    note_capacity(post)
    return who, post


def is_frozen(issue: Issue) -> bool:
    return issue.pairing is not None and issue.pairing.round.state == RoundState.CLOSED
