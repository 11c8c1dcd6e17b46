"""Findings of visits with the days that they have been open. What was said is read on the page of the visit alone."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn
from core.templatetags import look
from members.listings.columns import shown_name
from members.listings.places import in_place
from visits.models import Finding
from visits.querysets.findings import FindingQuerySet

OPEN, OVERDUE, ANSWERED, SETTLED, ALL = "open", "overdue", "answered", "settled", "all"
STATES = [
    (OVERDUE, _("without a measure, overdue")),
    (ANSWERED, _("with a measure")),
    (SETTLED, _("no measure needed")),
    (ALL, _("All")),
]


def in_state(rows: FindingQuerySet, state: str) -> FindingQuerySet:
    """Before anything else is counted, so that the denominator is that of the list."""
    if state == OVERDUE:
        return rows.overdue(timezone.localdate())
    if state == ANSWERED:
        return rows.answered()
    if state == SETTLED:
        return rows.settled()
    return rows.standing() if state == ALL else rows.open()


class FindingFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="at_village")
    unit = filters.CharFilter(label=_("Aiding unit"), method="from_unit")
    topic = filters.ChoiceFilter(label=_("What was found"), choices=Finding.Topic.choices)
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("without a measure"), method="kept")

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()

    def at_village(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "visit__village", words)

    def from_unit(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "visit__unit", words)

    def kept(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows


class FindingTable(ListTable):
    always = ("topic",)
    topic = tables.Column(verbose_name=_("what was found"))
    target = tables.Column(verbose_name=_("visited"), accessor="pk", orderable=False)
    village = tables.Column(verbose_name=_("village"), accessor="visit__village", order_by="visit__village__path")
    unit = tables.Column(
        verbose_name=_("organisation of the visitor"), accessor="visit__unit", order_by="visit__unit__path"
    )
    found_on = DateColumn(verbose_name=_("found on"))
    days = NumberColumn(verbose_name=_("days open"), accessor="pk", orderable=False)
    due_on = DateColumn(verbose_name=_("measure due on"))
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False)

    class Meta(ListTable.Meta):
        model = Finding
        fields: tuple[str, ...] = ()

    def render_topic(self, record: Finding) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.topic_name)

    def value_topic(self, record: Finding) -> str:
        return record.topic_name

    def value_target(self, record: Finding) -> str:
        return shown_name(record.visit.target, near=record.is_near)  # type: ignore[attr-defined]  # annotated

    render_target = value_target

    def value_days(self, record: Finding) -> int | None:
        is_open = not record.is_answered and not record.settled_at  # type: ignore[attr-defined]  # annotated
        return record.days_open(timezone.localdate()) if is_open else None

    def render_days(self, record: Finding) -> str:
        days = self.value_days(record)
        return "—" if days is None else str(days)

    def render_state(self, record: Finding) -> str:
        return look.tag(*self.standing(record))

    def value_state(self, record: Finding) -> str:
        return self.standing(record)[1]

    def standing(self, record: Finding) -> tuple[str, str]:
        if record.settled_at:
            return "wait", str(_("no measure needed"))
        if record.is_answered:  # type: ignore[attr-defined]  # annotated
            return "done", str(_("with a measure"))
        is_late = record.due_on < timezone.localdate()
        return ("late", str(_("overdue"))) if is_late else ("soon", str(_("without a measure")))
