"""The pairings of a round against the lines of its scheme: how far each is in the period that runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Case, Prefetch, QuerySet, When
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from core.tables import ListTable, PairColumn
from core.templatetags import look
from duties.models import Duty
from duties.querysets import DutyQuerySet
from duties.states import Standing
from organisations.models import User
from pairing.listings.pairings import PartiesFilter
from pairing.models import Pairing, Round
from pairing.models.scheme_change import obligations_of
from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import Subject

BEGUN = "duties_begun"


@dataclass(frozen=True)
class Cell:
    """Of one line of the scheme, for one pairing: the period that runs, else the last one that ran; and how many of
    those before it are late."""

    duty: Duty
    today: date
    late_before: int = 0

    @property
    def standing(self) -> Standing:
        return self.duty.standing(self.today)

    @property
    def words(self) -> str:
        """1/2, late, 1 earlier: as a workbook keeps it."""
        number = f"{self.duty.done}/{self.duty.least}"
        return "，".join([number, str(self.standing.label), *([self.before] if self.late_before else [])])

    @property
    def before(self) -> str:
        late = ngettext("%(number)s earlier one late", "%(number)s earlier ones late", self.late_before)
        return late % {"number": self.late_before}


def rows_of(user: User, round: Round, today: date) -> QuerySet[Pairing]:
    """The pairings that owe or owed something, each with its duties that have begun: two statements for any number."""
    owing = Duty.objects.filter(round=round, pairing__isnull=False, starts_on__lte=today).open().order_by()
    begun = Prefetch("duties", owing.order_by("due_on", "pk"), to_attr=BEGUN)
    rows = Pairing.objects.visible_to(user).filter(round=round, pk__in=owing.values("pairing"))
    behind = Case(When(pk__in=_behind(today).filter(round=round).values("pairing"), then=0), default=1)
    in_order = rows.order_by(behind, "unit__path", "village__path", "pk")
    return in_order.select_related("unit", "village").prefetch_related(begun)


def _behind(today: date) -> DutyQuerySet:
    return Duty.objects.behind(today).filter(pairing__isnull=False).order_by()


def cell_of(pairing: Pairing, obligation: str, today: date) -> Cell | None:
    found = [duty for duty in getattr(pairing, BEGUN) if duty.obligation == obligation]
    if not found:
        return None
    shown = next((duty for duty in found if duty.due_on >= today), found[-1])
    return Cell(shown, today, sum(duty.standing(today) == Standing.LATE for duty in found if duty is not shown))


class DutyColumn(tables.Column):
    """How far one line of the scheme is, leading to the duty; where an earlier period is late, that stands below."""

    def __init__(self, rule: Obligation):
        self.rule = rule
        super().__init__(verbose_name=rule.name, empty_values=(), orderable=False)

    def cell(self, record: Pairing) -> Cell | None:
        return cell_of(record, self.rule.key, timezone.localdate())

    def render(self, record: Pairing) -> Any:
        if (cell := self.cell(record)) is None:
            return "—"
        number = look.tag(cell.duty.tone(cell.today), f"{cell.duty.done}/{cell.duty.least}")
        late = format_html('<small class="late">{}</small>', cell.before) if cell.late_before else ""
        words = '<a href="{}" aria-label="{}">{}</a><small class="quiet">{}</small>{}'
        label = f"{self.rule.name}：{cell.words}"
        return format_html(words, cell.duty.get_absolute_url(), label, number, cell.standing.label, late)

    def value(self, record: Pairing) -> str:
        cell = self.cell(record)
        return cell.words if cell else ""


class MatrixTable(ListTable):
    """Used through `table_of`, which adds a column for each line of the scheme."""

    pairing = PairColumn("unit", "village", verbose_name=gettext_lazy("Unit and village"), orderable=False)

    def value_pairing(self, record: Pairing) -> str:
        return str(record)


def table_of(round: Round) -> type[MatrixTable]:
    """Named after the scheme, so that chosen columns are remembered for each."""
    rules = [rule for rule in obligations_of(round, timezone.localdate()) if rule.subject == Subject.PAIRING]
    columns = {f"of_{rule.key}": DutyColumn(rule) for rule in rules}
    return type(f"MatrixTable{round.scheme_version_id}", (MatrixTable,), columns)


class MatrixFilter(PartiesFilter):
    round = kind = None
    standing = filters.ChoiceFilter(
        label=gettext_lazy("How far"), choices=[(Standing.LATE, gettext_lazy("those behind"))], method="stands"
    )

    class Meta:
        model = Pairing
        fields = ("q", "township", "standing")

    def stands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=_behind(timezone.localdate()).values("pairing"))
