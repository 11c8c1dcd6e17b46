"""What a wall shows of a round beside its coverage: sums of visits, money, duties and issues, of nobody by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from duties.models import Duty
from pairing.models import Round
from reports.dashboard.reading import SUMS, WHOLE, counted, issues, money
from visits.models import ActivityDay


@dataclass(frozen=True)
class Wall:
    """Of this year: activities and, of those, trips to the villages. Duties that were due so far. Money in yuan."""

    confirmed: int
    recorded: int
    trips: int
    met: int
    owed: int
    promised: Decimal
    received: Decimal
    spent: Decimal
    closed: int
    issues: int
    at: datetime


def figures_of(round: Round) -> Wall:
    found = counted("wall", round, WHOLE, summed)
    return Wall(**found.rows[0], at=found.at)


def summed(round: Round, scopes: Sequence[str], today: date) -> list[dict]:
    days = ActivityDay.objects.filter(round=round, aspect="whole", on__year=today.year).order_by()
    done = days.aggregate(
        recorded=Sum("recorded", default=0), confirmed=Sum("confirmed", default=0), trips=Sum("trips", default=0)
    )
    due = Duty.objects.filter(round=round, due_on__lt=today).open().order_by()
    owed = due.aggregate(owed=Count("pk"), met=Count("pk", filter=Q(done__gte=F("least"))))
    areas = money(round, scopes, today)
    sums = {name: sum((getattr(area, name) for area in areas), Decimal(0)) for name in SUMS}
    kinds = [numbers for _kind, _name, numbers in issues(round, scopes, today)]
    of_issues = {"issues": sum(each["received"] for each in kinds), "closed": sum(each["closed"] for each in kinds)}
    return [done | owed | sums | of_issues]
