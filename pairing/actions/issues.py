"""The issue ledger: raise, assign, begin, answer, put the deadline off, withdraw. What follows is in `solving`.

Whatever finds an issue - a visit, a diary, a check-in, a villager, an inspection, a meeting - raises it here.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from organisations.history import act, note_capacity
from organisations.models import Appointment, Organisation, User
from pairing.actions.locking import fresh_round
from pairing.issues.standing import Verb, check_step
from pairing.models import Issue, IssueStep, Pairing
from pairing.notices import issues as notices
from pairing.rules import check_in_being, check_round_is_not_closed
from pairing.speaking import MANAGE, RAISE, speaking_post
from pairing.states import STANDING, IssueState, Side, check_transition

DAYS = 30  # where no scheme says how many


@act(_("raised an issue"))
def raise_issue(
    *,
    by: User | None,
    title: str,
    kind: str,
    at: datetime,
    pairing: Pairing | None = None,
    organisation: Organisation | None = None,
    words: str = "",
    source: str = Issue.Source.OTHER,
    source_words: str = "",
    source_url: str = "",
    owner: Organisation | None = None,
    due_on: date | None = None,
) -> Issue:
    """Between the two sides of `pairing`, or about `organisation` (in a pairing one of the two; the village if none).

    `source_words` and `source_url` lead back to where it was found. `by` None: an upper app passes on what somebody
    without an account said, and has checked it.
    """
    about = organisation or (pairing.village if pairing else None)
    if about is None:
        raise Refused(_("Say whom the issue is about."))
    check_standing(pairing, about)
    issue = Issue(pairing=pairing, organisation=about, title=title.strip(), words=words.strip(), kind=kind)
    issue.source, issue.source_words, issue.source_url = source, source_words.strip(), source_url
    check_texts(issue)
    post, issue.side = raising_post(by, issue) if by else (None, "")
    today = timezone.localdate(at)
    days = pairing.round.rules.issue_days if pairing else DAYS
    issue.due_on = due_on or today + timedelta(days=days)
    check_day(issue.due_on, today)
    if owner is not None:
        check_owner(issue, owner, manages=by is None or by.can(MANAGE, issue.overseer))
        issue.owner, issue.state = owner, IssueState.ASSIGNED
    issue.raised_at, issue.raised_by, issue.raised_as = at, by, post
    issue.save()
    notices.tell_raised(noted(issue, Verb.RAISED, by, post, at, owner=owner, due_on=issue.due_on))
    return issue


@act(_("assigned an issue"))
def assign_issue(
    *, by: User, issue: Issue, owner: Organisation, post: Appointment | None = None, words: str = "", at: datetime
) -> Issue:
    """Say who solves it: one of the two sides, or, by the organiser, anybody; `post`: who in particular."""
    issue = locked(issue)
    who, acting = check_step(by, issue, Verb.ASSIGNED)
    check_owner(issue, owner, manages=who.manages is not None)
    if post is not None and post.organisation_id != owner.pk:
        raise Refused(_("This post does not belong to %(name)s.") % {"name": owner.name})
    notices.settle(issue, at)
    if issue.state != IssueState.ASSIGNED:
        move(issue, IssueState.ASSIGNED)
    issue.owner, issue.owner_post = owner, post
    issue.save()
    step = noted(issue, Verb.ASSIGNED, by, acting, at, words, owner=owner, due_on=issue.due_on)
    notices.tell_owner(step, gettext_noop("An issue is yours to solve by %(day)s: %(title)s"))
    return issue


@act(_("began to deal with an issue"))
def start_issue(*, by: User, issue: Issue, words: str = "", at: datetime) -> Issue:
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.STARTED)
    move(issue, IssueState.UNDER_WAY)
    issue.save()
    noted(issue, Verb.STARTED, by, post, at, words)
    return issue


@act(_("answered about an issue"))
def answer_issue(*, by: User, issue: Issue, words: str, at: datetime) -> Issue:
    """In words, at any time; the others are told."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.ANSWERED)
    check_words(words, _("Write the answer; the others will read it."))
    step = noted(issue, Verb.ANSWERED, by, post, at, words)
    notices.tell_all(step, gettext_noop("Somebody wrote about an issue: %(title)s"), but=post.organisation)
    return issue


@act(_("changed the deadline of an issue"))
def change_deadline(*, by: User, issue: Issue, due_on: date, words: str, at: datetime) -> Issue:
    """With a reason, and never by whoever has to solve it."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.DUE_CHANGED)
    check_words(words, _("Give the reason for the new deadline; it stays in the ledger."))
    check_day(due_on, timezone.localdate(at))
    issue.due_on = due_on
    issue.save(update_fields=["due_on"])
    step = noted(issue, Verb.DUE_CHANGED, by, post, at, words, due_on=due_on)
    notices.tell_all(step, gettext_noop("An issue has a new deadline, %(day)s: %(title)s"), but=post.organisation)
    return issue


@act(_("withdrew an issue"))
def withdraw_issue(*, by: User, issue: Issue, words: str, at: datetime) -> Issue:
    """By the side that raised it, or by the organiser, with a reason."""
    issue = locked(issue)
    _who, post = check_step(by, issue, Verb.WITHDRAWN)
    check_words(words, _("Say why it is withdrawn; it stays in the ledger."))
    notices.settle(issue, at)
    move(issue, IssueState.WITHDRAWN)
    issue.save()
    step = noted(issue, Verb.WITHDRAWN, by, post, at, words)
    notices.tell_all(step, gettext_noop("An issue was withdrawn: %(title)s"), but=post.organisation)
    return issue


def raising_post(by: User, issue: Issue) -> tuple[Appointment, str]:
    """The post in which `by` raises it and the side for which; staff of a committee above raise it for none.

    A cadre puts what was found on a visit or stands in the diary into the ledger for the own unit (XY-20).
    """
    for party in issue.parties:
        if post := speaking_post(by, party) or by.capacity(RAISE, party):
            note_capacity(post)
            side = next((side for side in Side if issue.pairing and issue.pairing.party(side).pk == party.pk), "")
            return post, side
    posts = (by.capacity(MANAGE, place) for place in (*issue.parties, issue.overseer))
    post = next(filter(None, posts), None)
    if post is None:
        raise Refused(_("None of your posts raises issues about %(name)s.") % {"name": issue.organisation.name})
    note_capacity(post)
    return post, ""


def check_standing(pairing: Pairing | None, about: Organisation) -> None:
    if pairing is None:
        check_in_being(about)
        return
    check_round_is_not_closed(fresh_round(pairing.round))
    if pairing.state not in STANDING:
        raise Refused(_("This pairing no longer stands; raise the issue about the organisation instead."))
    if about.pk not in (pairing.unit_id, pairing.village_id):
        raise Refused(_("%(name)s is no side of this pairing.") % {"name": about.name})


def check_owner(issue: Issue, owner: Organisation, *, manages: bool) -> None:
    if owner.pk not in [party.pk for party in issue.parties] and not manages:
        raise Refused(_("You can assign it to one of the two sides; the organiser may name somebody else."))
    check_in_being(owner)


def check_texts(issue: Issue) -> None:
    if not issue.title:
        raise Refused(_("Say in one line what the issue is."))
    if issue.source_url and (not issue.source_url.startswith("/") or issue.source_url.startswith("//")):
        raise Refused(_("Where the issue comes from must be a page of this system."))


def check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refused(_("The deadline must not lie in the past."))


def check_words(words: str, sentence) -> None:
    if not words.strip():
        raise Refused(sentence)


def locked(issue: Issue) -> Issue:
    """The issue as it is now; two who act on it at once do so one after the other."""
    rows = Issue.objects.select_for_update(no_key=True, of=("self",))
    related = ("pairing__round__scheme_version", "pairing__round__organiser", "pairing__unit", "pairing__village")
    return rows.select_related(*related, "organisation", "owner", "raised_as__organisation").get(pk=issue.pk)


def move(issue: Issue, then: IssueState) -> None:
    words = {"state": issue.get_state_display()}
    check_transition(issue.state, then, _("This can't be done now: the issue is “%(state)s”.") % words)
    issue.state = then


def noted(
    issue: Issue,
    verb: IssueStep.Verb,
    by: User | None,
    post: Appointment | None,
    at: datetime,
    words: str = "",
    *,
    owner: Organisation | None = None,
    due_on: date | None = None,
) -> IssueStep:
    return IssueStep.objects.create(
        issue=issue, verb=verb, by=by, acting_as=post, at=at, words=words.strip(), owner=owner, due_on=due_on
    )
