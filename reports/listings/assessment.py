"""The lists of assessments, and table T13: who is assessed × item, with points, deductions and what speaks for them."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import SHORT, LinkColumn, ListTable, NumberColumn, RecordColumn, StatusColumn
from core.templatetags import look
from organisations.models import Organisation
from pairing.schemes.assessment import Item
from pairing.schemes.assessment_document import plain
from pairing.schemes.assessment_words import AssessedSide, ItemKind
from reports.models import Assessed, Assessment
from reports.querysets.assessment import AssessedQuerySet
from reports.states import AssessmentState


class AssessmentFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("state"), choices=AssessmentState.choices)

    class Meta:
        model = Assessment
        fields = ("state",)


class AssessmentTable(ListTable):
    round = RecordColumn(accessor="round__name", verbose_name=_("round"))
    period = tables.Column(accessor="period_words", verbose_name=_("period"), order_by="starts_on")
    number = NumberColumn(verbose_name=_("assessed"), empty_values=())
    state = StatusColumn()
    always = ("round",)

    class Meta(ListTable.Meta):
        model = Assessment
        fields = ("round", "period", "number", "state")


def with_number(rows: QuerySet, user) -> QuerySet:
    mine = Assessed.objects.visible_to(user).order_by().values("pk")
    return rows.annotate(number=Count("subjects", filter=Q(subjects__in=mine)))


class AssessedFilter(filters.FilterSet):
    """Used through `filter_of`."""

    of: Assessment
    q = filters.CharFilter(label=_("Name"), method="found")
    side = filters.ChoiceFilter(label=_("kind"), choices=AssessedSide.choices)
    grade = filters.ChoiceFilter(label=_("grade"))
    low = filters.ChoiceFilter(label=_("Effect"), choices=[("yes", _("little effect"))], method="is_low")
    appeal = filters.ChoiceFilter(
        label=_("Appeals"), choices=[("yes", _("that wait for a reply"))], method="appeals_wait"
    )

    class Meta:
        model = Assessed
        fields = ("q", "side", "grade", "low", "appeal")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rules = self.of.rules
        self.filters["grade"].extra["choices"] = [(grade.name, grade.name) for grade in rules.grades]
        self.filters["side"].extra["choices"] = [(side, side.label) for side in rules.assessed]

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(organisation__in=hits) | Q(pairing__unit__in=hits) | Q(pairing__village__in=hits))

    def is_low(self, rows: AssessedQuerySet, name: str, value: str) -> QuerySet:
        return rows.low(self.of.rules.low)

    def appeals_wait(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=rows.filter(appeals__isnull=False, appeals__replied_at=None).values("pk"))


def filter_of(assessment: Assessment) -> type[AssessedFilter]:
    return type("AssessedFilter", (AssessedFilter,), {"of": assessment})


class ItemColumn(NumberColumn):
    """The points of one item, what is lost beside them; in a workbook the points alone."""

    def __init__(self, item: Item):
        self.item = item
        name = f"{item.name}（{plain(item.full)}）" if item.kind == ItemKind.SCORED else item.name
        super().__init__(verbose_name=name, empty_values=(), orderable=False)

    def line(self, record: Assessed):
        return next((line for line in record.lines.all() if line.item == self.item.key), None)

    def render(self, record: Assessed) -> Any:
        line = self.line(record)
        if line is None or not line.applies:
            return "—"
        if line.lost and self.item.kind == ItemKind.SCORED:
            return format_html('{}<small class="quiet"> −{}</small>', plain(line.points), plain(line.lost))
        return plain(line.points)

    def value(self, **cell) -> Any:  # type: ignore[override]  # a table gives what is asked for
        line = self.line(cell["record"])
        return line.points if line is not None and line.applies else None


class AssessedTable(ListTable):
    """Used through `table_of`, which adds a column for each item."""

    who = LinkColumn(
        accessor="pk",
        attrs=SHORT,
        verbose_name=_("Who is assessed"),
        order_by=("organisation__path", "pairing__unit__path"),
    )
    score = NumberColumn(verbose_name=_("score"))
    grade = tables.Column(empty_values=(), attrs=SHORT)
    always = ("who", "score")

    class Meta(ListTable.Meta):
        model = Assessed
        fields: tuple[str, ...] = ("who", "score", "grade")

    def render_who(self, record):
        return str(record)

    value_who = render_who

    def render_grade(self, record):
        if record.is_vetoed:
            return format_html("{} {}", record.grade, look.tag("late", _("veto")))
        if record.is_thin:
            return look.tag("wait", _("no grade"))
        return record.grade or "—"

    def value_grade(self, record):
        return record.grade


class DeductionColumn(tables.Column):
    """For the workbook: each deduction with what speaks for it (T13)."""

    def __init__(self, names: dict[str, Item]):
        self.names = names
        super().__init__(verbose_name=_("Deductions and what they rest on"), empty_values=(), orderable=False)

    def render(self, record: Assessed) -> str:
        found = []
        for line in record.lines.all():
            item = self.names.get(line.item)
            if item and item.kind == ItemKind.SCORED and line.applies and line.lost:
                rest = f"（{line.met}/{line.owed}）" if line.owed else ""
                found.append(f"{item.name} −{plain(line.lost)}{rest}")
        return "；".join(found) or "—"

    def value(self, record: Assessed, **cell) -> str:
        return self.render(record)


def table_of(assessment: Assessment, side: str) -> type[AssessedTable]:
    """Named after the assessment, so that chosen columns are remembered for each; places only where allowed."""
    items = [item for item in assessment.rules.items if not side or item.concerns(side) or side == AssessedSide.PAIRING]
    columns: dict[str, tables.Column] = {f"of_{item.key}": ItemColumn(item) for item in items}
    columns["deductions"] = DeductionColumn({item.key: item for item in items})
    if assessment.rules.may_rank:
        columns["place"] = NumberColumn(verbose_name=_("place among its kind"))
    return type(f"AssessedTable{assessment.pk}", (AssessedTable,), columns)
