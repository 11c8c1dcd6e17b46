"""Contests: open, hand a sheet in, select, tell the result, note the support that was given (YD-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.states import RoundState
from reports.circulars.sending import tell
from reports.models import Contest, ContestEntry, ContestLine, ContestSupport
from reports.praise.authors import check_words
from reports.praise.sheets import contestants_of, figures_of, permission_in
from reports.praise.states import ContestState, SupportKind

HOLD = "inspection.manage"
Written = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Plan:
    title: str
    among: str
    since: date
    until: date
    due_on: date


@act(_("opened a contest"))
def open_contest(*, by: User, organisation: Organisation, round: Round, plan: Plan, at: datetime) -> Contest:
    """In the comparisons of the scheme as they are now; all who can compete are told."""
    by.acting(HOLD, organisation)
    comparisons = round.rules.contest.comparisons
    if round.state == RoundState.DRAFT or not comparisons:
        raise Refused(_("The scheme of this round names nothing in which organisations compete."))
    if not plan.title.strip():
        raise Refused(_("Give it a title."))
    if plan.since > plan.until:
        raise Refused(_("The first day must not be after the last."))
    contest = Contest.objects.create(
        organisation=organisation, round=round, opened_at=at, opened_by=by, **vars(plan),
        items=[each.model_dump(mode="json") for each in comparisons],
    )  # fmt: skip
    if not (asked := list(contestants_of(contest))):
        raise Refused(_("There is nobody below who could compete: choose others."))
    tell(
        contest,
        asked,
        gettext_noop("A contest is open, hand your sheet in: %(title)s"),
        at,
        key=key_of(contest, "open"),
    )
    return contest


@act(_("handed in a contest sheet"))
def hand_in_sheet(
    *, by: User, contest: Contest, organisation: Organisation, written: Written, at: datetime
) -> ContestEntry:
    """`written`: by comparison, what was done and what the outcome is. With the figures that the records give now.

    What was selected is what was read: a sheet that is written anew waits to be selected again.
    """
    contest = locked(contest)
    by.acting(permission_in(contest), organisation)
    if contest.state != ContestState.OPEN:
        raise Refused(_("This contest is over; sheets stay as they are."))
    if not contestants_of(contest).filter(pk=organisation.pk).exists():
        raise Refused(_("%(name)s does not compete here.") % {"name": organisation.name})
    for each in contest.comparisons:
        if not all(text.strip() for text in written.get(each.key, ("", ""))):
            sentence = _("Say of each comparison what was done and what the outcome is: %(name)s is missing.")
            raise Refused(sentence % {"name": each.words})
    check_words([text for texts in written.values() for text in texts], organisation, contest.round)
    fresh = {"submitted_at": at, "submitted_by": by, "is_selected": False, "why": ""}
    entry, _new = ContestEntry.objects.update_or_create(contest=contest, organisation=organisation, defaults=fresh)
    keep_lines(contest, entry, written)
    return entry


@act(_("selected a contestant"))
def select_entry(*, by: User, entry: ContestEntry, why: str) -> ContestEntry:
    """With a reason; without one the selection is taken back."""
    contest = running(by, entry.contest)
    check_words([why], entry.organisation, contest.round)
    entry.is_selected, entry.why = bool(why.strip()), why.strip()
    entry.save(update_fields=["is_selected", "why"])
    return entry


@act(_("told the result of a contest"))
def close_contest(*, by: User, contest: Contest, at: datetime) -> Contest:
    contest = running(by, contest)
    selected = [entry.organisation for entry in contest.entries.filter(is_selected=True).select_related("organisation")]
    if not selected:
        raise Refused(_("Select one contestant at least, with the reason."))
    contest.state, contest.closed_at, contest.closed_by = ContestState.CLOSED, at, by
    contest.save()
    asked = list(contestants_of(contest))
    tell(
        contest, asked, gettext_noop("The result of the contest is told: %(title)s"), at, key=key_of(contest, "closed")
    )
    return contest


@act(_("gave up a contest"))
def drop_contest(*, by: User, contest: Contest, words: str, at: datetime) -> Contest:
    contest = running(by, contest)
    if not words.strip():
        raise Refused(_("Say why it is not carried out."))
    contest.state, contest.words, contest.closed_at, contest.closed_by = ContestState.DROPPED, words.strip(), at, by
    contest.save()
    return contest


@act(_("noted the support that a contestant was given"))
def note_support(
    *, by: User, entry: ContestEntry, kind: str, words: str, amount: Decimal | None, on: date, at: datetime
) -> ContestSupport:
    """To whoever was selected, once the result is told. Money itself is entered in the ledgers."""
    contest = locked(entry.contest)
    by.acting(HOLD, contest.organisation)
    if contest.state != ContestState.CLOSED or not entry.is_selected:
        raise Refused(_("Support is noted for those who were selected, once the result is told."))
    if not words.strip():
        raise Refused(_("Say what it was given."))
    if amount is not None and kind != SupportKind.FUNDS:
        raise Refused(_("Only funds have an amount."))
    if on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
    check_words([words], entry.organisation, contest.round)
    return ContestSupport.objects.create(
        entry=entry, kind=kind, words=words.strip(), amount=amount, on=on, noted_at=at, noted_by=by
    )


def keep_lines(contest: Contest, entry: ContestEntry, written: Written) -> None:
    """Of each comparison one line, written over where it is there already."""
    figures = figures_of(contest, entry.organisation)
    ContestLine.objects.bulk_create(
        [
            ContestLine(
                entry=entry, item=each.key, position=number, done=written[each.key][0].strip(),
                outcome=written[each.key][1].strip(), figures=figures.get(each.key, []),
            )
            for number, each in enumerate(contest.comparisons, 1)
        ],
        update_conflicts=True,
        unique_fields=["entry", "item"],
        update_fields=["done", "outcome", "figures"],
    )  # fmt: skip


def key_of(contest: Contest, step: str) -> str:
    return f"contest:{contest.pk}:{step}"


def locked(contest: Contest) -> Contest:
    rows = Contest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "round__scheme_version").get(pk=contest.pk)


def running(by: User, contest: Contest) -> Contest:
    """As it is now, for somebody who holds contests for its organisation."""
    by.acting(HOLD, contest.organisation)
    contest = locked(contest)
    if contest.state != ContestState.OPEN:
        raise Refused(_("This contest is over; sheets stay as they are."))
    return contest
