"""Aid money of the supervised villages in a year or quarter, with what each number is of (statistics T4 and T12)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Sum, When
from django.utils.translation import gettext_lazy as _

from core.periods import Period, quarters, words_of, years
from funds.kinds import EntryKind, Use
from funds.models import Entry, Objection, Project
from funds.querysets.disclosure import disclosed, to_disclose, with_due_day
from funds.querysets.ledger import MONEY
from funds.querysets.supervision import amount, number
from pairing.models import Round

OFFERED_YEARS, OFFERED_QUARTERS = 3, 8
SIGNED = Case(When(corrects=None, then=F("amount")), default=-F("amount"), output_field=MONEY)
K = EntryKind
# Where it comes from (T4): what was promised, received and spent of it; goods are handed out.
SOURCES = (
    (_("money given"), K.PLEDGE, K.RECEIPT, K.SPENDING),
    (_("goods given"), None, K.GOODS, K.HANDOUT),
    (_("co-ordinated money"), None, K.COORDINATED, None),
    (_("investment"), None, K.INVESTMENT, None),
)


@dataclass(frozen=True)
class Source:
    """In yuan; None where there is no such thing."""

    name: str
    promised: Decimal | None
    received: Decimal
    spent: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.spent is None else self.received - self.spent


@dataclass
class Figures:
    """Of all villages together. `with_money` of `villages` have a ledger with entries."""

    period: Period
    villages: int = 0
    with_money: int = 0
    sources: list[Source] = field(default_factory=list)
    uses: list[tuple[str, Decimal]] = field(default_factory=list)
    used: Decimal = Decimal(0)
    projects: int = 0
    accepted: int = 0
    told: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return words_of(self.period.key)


def periods(today: date) -> list[Period]:
    """The years, then the quarters that may be chosen, the newest first."""
    since = date(today.year - OFFERED_YEARS + 1, 1, 1)
    return [*reversed(list(years(since, today))), *list(reversed(list(quarters(since, today))))[:OFFERED_QUARTERS]]


def figures(
    villages: QuerySet, with_money: int, period: Period, today: date, round: Round | None = None
) -> Figures:  # fmt: skip
    """In six statements, however many villages and entries; of one round where it is named."""
    found = money_figures(villages, with_money, period, round)
    add_disclosure(found, villages, today, round)
    return found


def money_figures(villages: QuerySet, with_money: int, period: Period, round: Round | None = None) -> Figures:
    """Money and projects alone (T4). Three statements."""
    days = (period.first_day, period.last_day)
    found = Figures(period, villages.count(), with_money)
    lines: Any = entries_of(villages, period, round).values_list("kind", "use").annotate(of=Sum(SIGNED))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    uses: dict[str, Decimal] = defaultdict(Decimal)
    for kind, use, of in lines:
        sums[kind] += of
        if kind in (K.SPENDING, K.HANDOUT):
            uses[use] += of
    found.sources = [Source(str(name), *(sum_of(sums, kind) for kind in kinds)) for name, *kinds in SOURCES]
    largest = sorted(uses.items(), key=lambda each: (-each[1], each[0]))
    found.uses = [(str(Use(use).label), of) for use, of in largest if of]
    found.used = sum((of for _use, of in found.uses), Decimal(0))
    planned = Project.objects.filter(place__in=villages.order_by().values("pk"), planned_at__date__range=days)
    planned = planned.filter(pairing__round=round) if round else planned
    found.projects, found.accepted = planned.aggregate(
        of=Count("pk"), accepted=Count("pk", filter=Q(accepted_at__isnull=False))
    ).values()  # fmt: skip
    return found


def add_disclosure(found: Figures, villages: QuerySet, today: date, round: Round | None = None) -> None:
    """What was published, questions and objections (T12). Three statements: those that are out are counted apart from
    those that are not, as the database puts either beside all entries at once."""
    entries = to_disclose(entries_of(villages, found.period, round))
    published = entries.filter(disclosed()).count()
    left = with_due_day(entries.exclude(disclosed())).aggregate(
        of=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    found.told = {"due": published + left["of"], "published": published, "late": left["late"]}
    days = (found.period.first_day, found.period.last_day)
    asked = Objection.objects.filter(village__in=villages.order_by().values("pk"), raised_at__date__range=days)
    found.asked = asked.aggregate(of=Count("pk"), in_time=Count("pk", filter=in_time()))


def entries_of(villages: QuerySet, period: Period, round: Round | None) -> QuerySet[Entry]:
    days = (period.first_day, period.last_day)
    entries = Entry.objects.filter(fund__holder__in=villages.order_by().values("pk"), on__range=days).order_by()
    return entries.filter(fund__pairing__round=round) if round else entries


def sum_of(sums: dict[str, Decimal], kind: str | None) -> Any:
    return None if kind is None else sums.get(kind, Decimal(0))


def in_time() -> Q:
    return Q(answered_at__date__lte=F("due_on"))


def by_village(villages: QuerySet, period: Period, today: date) -> QuerySet:
    """Adds the same of each village; each is a subquery of its own, so that a page of villages is one statement."""
    days = (period.first_day, period.last_day)
    entries = Entry.objects.filter(fund__holder=OuterRef("pk"), on__range=days).order_by()
    publishable = to_disclose(entries)
    late = with_due_day(publishable.exclude(disclosed())).filter(due_on__lt=today)
    asked = Objection.objects.filter(village=OuterRef("pk"), raised_at__date__range=days).order_by()
    projects = Project.objects.filter(place=OuterRef("pk"), planned_at__date__range=days).order_by().values("place")
    return villages.annotate(
        **{name: amount(of_kinds(entries, kind)) for name, kind in AMOUNTS.items()},
        planned=number(projects.annotate(of=Count("pk"))),
        due=number(counted(publishable)), published=number(counted(publishable.filter(disclosed()))),
        late=number(counted(late)), asked=number(asked.values("village").annotate(of=Count("pk"))),
        answered_in_time=number(asked.filter(in_time()).values("village").annotate(of=Count("pk"))),
    )  # fmt: skip


AMOUNTS = {"promised": K.PLEDGE, "money": K.RECEIPT, "goods": K.GOODS, "spent": K.SPENDING}


def of_kinds(entries: QuerySet, kind: str) -> Any:
    return entries.filter(kind=kind).values("fund__holder").annotate(of=Sum(SIGNED))


def counted(entries: QuerySet) -> Any:
    return entries.values("fund__holder").annotate(of=Count("pk"))
