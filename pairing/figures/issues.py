"""The issue ledger in figures (T11): received, overdue, closed and days to close, by village, unit, kind or month."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, TextChoices
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import gettext_lazy as _

from organisations.models import User
from pairing.forms.figures import FiguresForm
from pairing.models import Issue
from pairing.schemes.words import IssueKind
from pairing.states import UNSOLVED, IssueState, RoundState


class By(TextChoices):
    PLACE = "place", _("by village")
    OWNER = "owner", _("by who solves it")
    KIND = "kind", _("by kind")
    MONTH = "month", _("by month received")


@dataclass
class Counted:
    """`days`: on average from the day it was received to the day it was closed; None where none was."""

    received: int = 0
    unsolved: int = 0
    overdue: int = 0
    claimed: int = 0
    closed: int = 0
    days: float | None = None


# A line's columns: its order, its key, its name. An issue of a pairing belongs to the pairing's village.
COLUMNS: dict[By, tuple[Any, ...]] = {
    By.PLACE: tuple(
        Coalesce(f"pairing__village{column}", f"organisation{column}") for column in ("__path", "__pk", "__name")
    ),
    By.OWNER: (F("owner__path"), F("owner__pk"), F("owner__name")),
    By.KIND: (F("kind"), F("kind"), F("kind")),
    By.MONTH: (TruncMonth("raised_at"),) * 3,
}


def issues_of(user: User, asked: FiguresForm) -> QuerySet[Issue]:
    """Received in these days; without those that were withdrawn."""
    rows = Issue.objects.visible_to(user).filter(raised_at__date__range=asked.days())
    if asked.chosen_round:
        rows = rows.filter(pairing__round=asked.chosen_round)
    rows = rows.filter(asked.near("organisation", "owner", "pairing__unit", "pairing__village"))
    return rows.exclude(state=IssueState.WITHDRAWN)


def numbers(today: date) -> dict[str, Any]:
    running = ~Q(pairing__round__state=RoundState.CLOSED) | Q(pairing=None)
    took = ExpressionWrapper(TruncDate("closed_at") - TruncDate("raised_at"), output_field=DurationField())
    return {
        "received": Count("pk"),
        "unsolved": Count("pk", filter=Q(state__in=UNSOLVED)),
        "overdue": Count("pk", filter=Q(state__in=UNSOLVED, due_on__lt=today) & running),
        "claimed": Count("pk", filter=Q(state__in=[IssueState.CLAIMED, IssueState.CONFIRMED])),
        "closed": Count("pk", filter=Q(state=IssueState.CLOSED)),
        "days": Avg(took, filter=Q(state=IssueState.CLOSED)),
    }


def counted(found: Mapping[str, Any]) -> Counted:
    numbers = {each.name: found[each.name] for each in fields(Counted)}
    if numbers["days"] is not None:
        numbers["days"] = round(numbers["days"].total_seconds() / 86400, 1)
    return Counted(**numbers)


def lines(user: User, asked: FiguresForm, today: date) -> list[tuple[Any, Any, Counted]]:
    """Key, name and figures, in order. One statement."""
    order, key, name = COLUMNS[By(asked.chosen_by)]
    rows = issues_of(user, asked).order_by().annotate(line_order=order, line_key=key, line_name=name)
    found: Any = rows.values("line_order", "line_key", "line_name").annotate(**numbers(today))
    kinds, lines = list(IssueKind), []
    for line in found:
        order, key, name = (line[f"line_{part}"] for part in ("order", "key", "name"))
        order = kinds.index(key) if asked.chosen_by == By.KIND else order
        lines.append((order, key, name, counted(line)))
    return [line[1:] for line in sorted(lines, key=lambda line: (line[0] is None, line[0]))]


def total(user: User, asked: FiguresForm, today: date) -> Counted:
    return counted(issues_of(user, asked).aggregate(**numbers(today)))
