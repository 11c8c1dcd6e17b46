"""The issue ledger and the suggestions: three issues to a pairing, a suggestion from every unit."""

from datetime import datetime, timedelta
from typing import Any

from organisations.models import Organisation
from pairing.models import Issue, IssueStep, Pairing, Round, Suggestion
from pairing.states import IssueState, SuggestionState

OF_A_PAIRING = 3
STATES = (
    IssueState.OPEN, IssueState.ASSIGNED, IssueState.UNDER_WAY, IssueState.CLAIMED, IssueState.CONFIRMED,
    IssueState.CLOSED, IssueState.CLOSED, IssueState.CLOSED, IssueState.REOPENED, IssueState.WITHDRAWN,
)  # fmt: skip
CLAIMED = (IssueState.CLAIMED, IssueState.CONFIRMED, IssueState.CLOSED)
KINDS, SOURCES = Issue.Kind.values, Issue.Source.values
DAYS = 200  # deadlines lie as far before today as after it


def fill(round: Round, now: datetime) -> None:
    pairings = Pairing.objects.filter(round=round).order_by("pk")
    issues = Issue.objects.bulk_create(
        [
            issue(round, pairing, i * OF_A_PAIRING + j, now)
            for i, pairing in enumerate(pairings)
            for j in range(OF_A_PAIRING)
        ],
        2_000,
    )
    raised: dict[str, Any] = {"verb": IssueStep.Verb.RAISED, "by": round.opened_by}
    IssueStep.objects.bulk_create([IssueStep(issue=each, at=each.raised_at, **raised) for each in issues], 2_000)
    suggestions(round, now)


def issue(round: Round, pairing: Pairing, number: int, now: datetime) -> Issue:
    state, person = STATES[number % len(STATES)], round.opened_by
    claimed, closed = state in CLAIMED, state == IssueState.CLOSED
    return Issue(
        pairing=pairing,
        organisation_id=pairing.village_id,
        owner_id=None if state == IssueState.OPEN else pairing.unit_id,
        title=f"第{number}号问题",
        words="路还没有通到组里。",
        kind=KINDS[number % len(KINDS)],
        source=SOURCES[number % len(SOURCES)],
        state=state,
        raised_at=now - timedelta(days=DAYS),
        raised_by=person,
        due_on=now.date() + timedelta(days=number * 7 % (2 * DAYS) - DAYS),
        claimed_at=now if claimed else None,
        claimed_by=person if claimed else None,
        closed_at=now if closed else None,
    )


def suggestions(round: Round, now: datetime) -> None:
    answered = {
        "state": SuggestionState.ANSWERED,
        "reply": "已采纳。",
        "replied_at": now,
        "replied_by": round.opened_by,
    }
    units = Organisation.objects.units().order_by("pk").values_list("pk", flat=True)
    Suggestion.objects.bulk_create(
        [
            Suggestion(
                organiser=round.organiser,
                organisation_id=unit,
                title="早一点公布名录",
                words="单位要时间商量。",
                written_at=now - timedelta(days=i % 30),
                written_by=round.opened_by,
                **(answered if i % 2 else {}),
            )
            for i, unit in enumerate(units)
        ],
        2_000,
    )
