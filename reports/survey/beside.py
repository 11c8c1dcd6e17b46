"""What stands beside the answers: public commitments with their state (YD-11), the issue ledger with its times (YD-12).

Of the pairings about which people were asked: of a team or of its cadres those of the unit, of a village its own.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from pairing.models import Issue, PublicCommitment
from pairing.schemes.survey_words import Beside, SubjectKind
from pairing.states import CommitmentState, IssueState, Side
from reports.models import Survey, SurveySubject

SHOWN = 20


@dataclass(frozen=True)
class Kept:
    """Commitments of a year: how many are in each state, and the first of them."""

    total: int
    fulfilled: int
    states: list[tuple[str, int]]
    lines: list[PublicCommitment]


@dataclass(frozen=True)
class Handled:
    """Issues raised in a year: how many are closed, in time, and after how many days on average."""

    total: int
    closed: int
    in_time: int
    days: float | None
    lines: list[Issue]


def beside(survey: Survey, subject: SurveySubject | None = None) -> dict[str, Any]:
    """By what the questions ask for; of the whole round where no subject is named."""
    wanted = {question.beside for question in survey.rules.questions}
    found: dict[str, Any] = {}
    if Beside.COMMITMENTS in wanted:
        found[Beside.COMMITMENTS.value] = commitments(survey, subject)
    if Beside.ISSUES in wanted:
        found[Beside.ISSUES.value] = issues(survey, subject)
    return found


def side_of(subject: SurveySubject) -> Side:
    return Side.VILLAGE if subject.kind == SubjectKind.PARTY else Side.UNIT


def of_pairings(rows: QuerySet, survey: Survey, subject: SurveySubject | None) -> QuerySet:
    rows = rows.filter(pairing__round=survey.round_id)
    return rows if subject is None else rows.filter(**{f"pairing__{side_of(subject)}": subject.organisation_id})


def commitments(survey: Survey, subject: SurveySubject | None) -> Kept:
    rows = of_pairings(PublicCommitment.objects.published().in_force(), survey, subject).filter(year=survey.year)
    if subject is not None:
        rows = rows.filter(side=side_of(subject))
    counted = dict(rows.order_by().values_list("state").annotate(of=Count("pk")))
    states = [(str(state.label), counted[state]) for state in CommitmentState if counted.get(state)]
    lines = list(rows.select_related("pairing__unit", "pairing__village").order_by("due_on", "pk")[:SHOWN])
    return Kept(sum(counted.values()), counted.get(CommitmentState.FULFILLED, 0), states, lines if subject else [])


def about(survey: Survey, subject: SurveySubject | None) -> Q:
    """Issues of the pairings, and those without a pairing that a team solves or that are about the village."""
    if subject is None:
        places = survey.places.order_by().values("village")
        return Q(pairing__round=survey.round_id) | Q(pairing=None, organisation__in=places)
    side = side_of(subject)
    own = {"owner": subject.organisation_id} if side == Side.UNIT else {"organisation": subject.organisation_id}
    paired = {"pairing__round": survey.round_id, f"pairing__{side}": subject.organisation_id}
    return Q(**paired) | Q(pairing=None, **own)


def issues(survey: Survey, subject: SurveySubject | None) -> Handled:
    rows = Issue.objects.exclude(state=IssueState.WITHDRAWN).filter(raised_at__year=survey.year)
    rows = rows.filter(about(survey, subject))
    closed = Q(closed_at__isnull=False)
    found = rows.order_by().aggregate(
        total=Count("pk"), closed=Count("pk", filter=closed),
        in_time=Count("pk", filter=closed & Q(closed_at__date__lte=F("due_on"))),
        took=Avg(F("closed_at") - F("raised_at"), filter=closed),
    )  # fmt: skip
    took = found.pop("took")
    lines = list(rows.order_by("raised_at", "pk")[:SHOWN]) if subject else []
    return Handled(**found, days=took.total_seconds() / 86400 if took else None, lines=lines)
