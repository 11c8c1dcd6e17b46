"""The parts of a dashboard, each counted in one or two statements and remembered for some minutes.

What is remembered carries the moment at which it was counted, and the page says it: nothing looks newer than it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Left, TruncQuarter
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from core.periods import quarters, words_of
from duties.models import Duty
from funds.models import Fund
from organisations.models import Organisation
from organisations.querysets import placed, within
from pairing.figures.issues import numbers as issue_numbers
from pairing.models import Issue, Round
from pairing.schemes.words import IssueKind
from pairing.states import IssueState
from visits.models import ActivityDay, ActivityMonth

KEPT_SECONDS = 300
SHOWN_QUARTERS = 6
SHOWN_BEHIND = 12
SHOWN_DUE = 4
SHOWN_AREAS = 24
SUMS = ("promised", "received", "spent")
WHOLE: Sequence[str] = ()


@dataclass(frozen=True)
class Counted:
    """Rows of a part, and when they were counted."""

    rows: list[Any]
    at: datetime


def counted(name: str, round: Round, scopes: Sequence[str], compute: Callable[..., list]) -> Counted:
    """`scopes`: tree paths of the part of the round; `WHOLE`: all of it. By language: some rows hold words."""
    said = f"{name} {round.pk} {round.opened_at} {sorted(scopes)} {get_language()} {timezone.localdate()}"
    key = f"dashboard:{sha256(said.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = Counted(compute(round, scopes, timezone.localdate()), timezone.now())
        cache.set(key, found, KEPT_SECONDS)
    return found


def last_quarters(today: date) -> list:
    return list(quarters(date(today.year - 2, 1, 1), today))[-SHOWN_QUARTERS:]


def activities(round: Round, scopes: Sequence[str], today: date) -> list[tuple[str, int, int, int]]:
    """By quarter: recorded, confirmed, trips to the village; from what is kept counted."""
    shown = last_quarters(today)
    since = shown[0].first_day
    if scopes:
        near = within(scopes, "pairing__unit__path") | within(scopes, "pairing__village__path")
        rows: QuerySet = ActivityMonth.objects.filter(near, pairing__round=round, month__gte=since)
        quarter = TruncQuarter("month")
    else:
        rows, quarter = ActivityDay.objects.filter(round=round, on__gte=since), TruncQuarter("on")
    lines = (
        rows.filter(aspect="whole").order_by().annotate(quarter=quarter).values_list("quarter")
        .annotate(recorded=Sum("recorded"), confirmed=Sum("confirmed"), trips=Sum("trips"))
    )  # fmt: skip
    found = {quarter: numbers for quarter, *numbers in lines}
    return [(words_of(each.key), *found.get(each.first_day, (0, 0, 0))) for each in shown]


def in_part(scopes: Sequence[str]) -> Q:
    """Duties for which somebody under `scopes` answers."""
    if not scopes:
        return Q()
    return placed(scopes, "unit") | placed(scopes, "village") | placed(scopes, "organisation")


def duties(round: Round, scopes: Sequence[str], today: date) -> list[tuple[str, int, int]]:
    """By the quarter in which they were due: owed, met; as counted last."""
    shown = last_quarters(today)
    lines = (
        Duty.objects.filter(in_part(scopes), round=round).open()
        .filter(due_on__gte=shown[0].first_day, due_on__lte=shown[-1].last_day)
        .order_by().annotate(quarter=TruncQuarter("due_on")).values_list("quarter")
        .annotate(owed=Count("pk"), met=Count("pk", filter=Q(done__gte=F("least"))))
    )  # fmt: skip
    found = {quarter: numbers for quarter, *numbers in lines}
    return [(words_of(each.key), *found.get(each.first_day, (0, 0))) for each in shown]


@dataclass(frozen=True)
class Behind:
    """Who answers for duties that are late: an organisation, never a person."""

    organisation: Organisation
    late: int
    of: int
    since: date


def behind(round: Round, scopes: Sequence[str], today: date) -> list[Behind]:
    """The most late first; of how many that were due so far."""
    late = Q(done__lt=F("least"))
    lines = list(
        Duty.objects.filter(in_part(scopes), round=round, due_on__lt=today).open()
        .order_by().annotate(who=Coalesce("unit", "village", "organisation")).exclude(who=None).values("who")
        .annotate(of=Count("pk"), late=Count("pk", filter=late), since=Min("due_on", filter=late))
        .filter(late__gt=0).order_by("-late", "since", "who")[:SHOWN_BEHIND]
    )  # fmt: skip
    names = Organisation.objects.only("name", "contact_name", "contact_phone").in_bulk([line["who"] for line in lines])
    return [Behind(names[line["who"]], line["late"], line["of"], line["since"]) for line in lines]


def due(round: Round, scopes: Sequence[str], today: date) -> list[tuple[date, int, int]]:
    """The next days on which duties are due: how many are not met yet, of how many."""
    lines = (
        Duty.objects.filter(in_part(scopes), round=round, starts_on__lte=today, due_on__gte=today).open()
        .order_by().values_list("due_on").annotate(left=Count("pk", filter=Q(done__lt=F("least"))), of=Count("pk"))
        .filter(left__gt=0).order_by("due_on")
    )  # fmt: skip
    return list(lines[:SHOWN_DUE])


@dataclass(frozen=True)
class Money:
    """In yuan, of all funds of the pairings of one area."""

    name: str
    promised: Decimal
    received: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.received - self.spent


def money(round: Round, scopes: Sequence[str], today: date) -> list[Money]:
    """By the areas just below: what the sums of the ledgers say, which the entries alone write. Where there are more
    than a chart can show, those that received most, then all others together."""
    rows = Fund.objects.filter(pairing__round=round)
    if scopes:
        rows = rows.filter(within(scopes, "holder__path") | within(scopes, "pairing__unit__path"))
    whole = scopes[0] if len(scopes) == 1 else round.organiser.path
    area = Left("holder__path", len(whole) + Organisation.steplen)
    lines = list(
        rows.annotate(area=area).order_by("area").values_list("area").annotate(
            promised=Sum("pledge"), received=Sum(F("receipt") + F("transfer_in") - F("refund")),
            spent=Sum(F("spending") + F("transfer_out")),
        )
    )  # fmt: skip
    names = dict(Organisation.objects.filter(path__in=[area for area, *_sums in lines]).values_list("path", "name"))
    found = [Money(names.get(area, "—"), *sums) for area, *sums in lines]
    if len(found) <= SHOWN_AREAS:
        return found
    found.sort(key=lambda one: one.received, reverse=True)
    shown, others = found[:SHOWN_AREAS], found[SHOWN_AREAS:]
    words = ngettext("%(number)s other", "%(number)s others", len(others)) % {"number": len(others)}
    return [*shown, Money(words, *(sum((getattr(one, each) for one in others), Decimal(0)) for each in SUMS))]


def issues(round: Round, scopes: Sequence[str], today: date) -> list[tuple[str, str, dict]]:
    """By kind: code, name, numbers."""
    rows = Issue.objects.filter(pairing__round=round).exclude(state=IssueState.WITHDRAWN)
    if scopes:
        rows = rows.filter(within(scopes, "pairing__unit__path") | within(scopes, "pairing__village__path"))
    numbered: Any = rows.order_by().values("kind").annotate(**issue_numbers(today))
    lines = numbered.order_by("-unsolved", "kind")
    return [(line["kind"], str(IssueKind(line["kind"]).label), line) for line in lines]


PARTS: dict[str, Callable[..., list]] = {
    "activities": activities,
    "duties": duties,
    "behind": behind,
    "money": money,
    "issues": issues,
}
