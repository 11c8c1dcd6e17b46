"""How an issue is solved: claimed by its owner, confirmed or sent back by somebody else, closed, re-opened (销号)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from organisations.history import act
from organisations.models import User
from pairing.actions.issues import check_words, locked, move, noted
from pairing.issues.standing import Verb, check_step
from pairing.models import Issue
from pairing.notices import issues as notices
from pairing.states import IssueState


@act(_("said that an issue is solved"))
def claim_solved(*, by: User, issue: Issue, words: str, at: datetime) -> Issue:
    """By its owner, with words; it counts once somebody else has confirmed."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.CLAIMED)
    check_words(words, _("Say what was done; the other side confirms it."))
    notices.settle(issue, at)
    move(issue, IssueState.CLAIMED)
    issue.claimed_at, issue.claimed_by = at, by
    issue.save()
    notices.tell_claimed(noted(issue, Verb.CLAIMED, by, post, at, words))
    return issue


@act(_("did not see an issue solved"))
def return_claim(*, by: User, issue: Issue, words: str, at: datetime) -> Issue:
    """Sent back with words; it is in progress again."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.RETURNED)
    check_words(words, _("Say what is missing; whoever solves it will read it."))
    notices.settle(issue, at)
    move(issue, IssueState.UNDER_WAY)
    issue.claimed_at = issue.claimed_by = None
    issue.save()
    step = noted(issue, Verb.RETURNED, by, post, at, words)
    notices.tell_owner(step, gettext_noop("An issue is not seen as solved, please go on: %(title)s"))
    return issue


@act(_("confirmed that an issue is solved"))
def confirm_solved(*, by: User, issue: Issue, words: str = "", at: datetime) -> Issue:
    """By another person, of the other side or above both."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.CONFIRMED)
    notices.settle(issue, at)
    move(issue, IssueState.CONFIRMED)
    issue.save()
    step = noted(issue, Verb.CONFIRMED, by, post, at, words)
    notices.tell_managers(step, gettext_noop("An issue is confirmed as solved, please close it: %(title)s"))
    return issue


@act(_("closed an issue"))
def close_issue(*, by: User, issue: Issue, words: str = "", at: datetime) -> Issue:
    """After the confirmation, not on the claim."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.CLOSED)
    notices.settle(issue, at)
    move(issue, IssueState.CLOSED)
    issue.closed_at = at
    issue.save()
    step = noted(issue, Verb.CLOSED, by, post, at, words)
    notices.tell_all(step, gettext_noop("An issue is closed: %(title)s"), but=post.organisation)
    return issue


@act(_("re-opened an issue"))
def reopen_issue(*, by: User, issue: Issue, words: str, at: datetime) -> Issue:
    """It came back, or was never solved: its owner has it again."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.REOPENED)
    check_words(words, _("Say why it is open again; whoever solves it will read it."))
    notices.settle(issue, at)
    move(issue, IssueState.REOPENED)
    issue.claimed_at = issue.claimed_by = issue.closed_at = None
    issue.save()
    step = noted(issue, Verb.REOPENED, by, post, at, words)
    notices.tell_owner(step, gettext_noop("An issue is open again: %(title)s"))
    return issue
