"""The list of household visits. Names masked unless the reader is near; no words of the people."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import DateColumn, LinkColumn, ListTable, StatusColumn
from members.kinds import Rank
from members.listings.columns import shown_name
from members.listings.places import in_place
from pairing.forms.figures import near
from pairing.schemes.words import VisitKind
from visits.listings.activities import NO_RANK, day_input
from visits.models import HouseholdVisit
from visits.querysets.household_visits import HouseholdVisitQuerySet

COMPLETE, INCOMPLETE, MISSED, WITHDRAWN, PAID = "complete", "incomplete", "missed", "withdrawn", "paid"
STATES = [
    (PAID, _("took place")),
    (COMPLETE, _("complete")),
    (INCOMPLETE, _("incomplete")),
    (MISSED, _("nobody was met")),
    (WITHDRAWN, _("taken back")),
]


class VisitFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="at_village")
    unit = filters.CharFilter(label=_("Aiding unit"), method="from_unit")
    kind = filters.ChoiceFilter(label=_("On whom"), choices=VisitKind.choices, method="of_kind")
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte", widget=day_input())
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=day_input())

    near = filters.CharFilter(label=_("Area, unit or village"), method="is_near", widget=forms.HiddenInput)
    of_unit = KeyFilter(_("organisation of the visitor"), "unit")
    of_village = KeyFilter(_("village"), "village")
    round = KeyFilter(_("Round"), "round")
    rank = filters.ChoiceFilter(
        label=_("rank"), method="by_rank", widget=forms.HiddenInput,
        choices=[*Rank.choices, (NO_RANK, _("no rank on the roster"))],
    )  # fmt: skip

    class Meta:
        model = HouseholdVisit
        fields: tuple[str, ...] = ()

    def is_near(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return rows.filter(near(self.request.user, words, "unit", "village"))

    def by_rank(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value != NO_RANK:
            return rows.filter(recorded_by__member__rank=value)
        return rows.filter(Q(recorded_by__member=None) | Q(recorded_by__member__rank=""))

    def at_village(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "village", words)

    def from_unit(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "unit", words)

    def of_kind(self, rows: QuerySet, _name: str, kind: str) -> QuerySet:
        return rows.filter(kinds__contains=[kind])

    def in_state(self, rows: HouseholdVisitQuerySet, _name: str, state: str) -> QuerySet:
        if state == PAID:
            return rows.paid()
        if state == WITHDRAWN:
            return rows.exclude(withdrawn_at=None)
        if state == MISSED:
            return rows.standing().filter(took_place=False)
        return rows.complete() if state == COMPLETE else rows.incomplete()


class VisitTable(ListTable):
    always = ("target",)
    target = tables.Column(verbose_name=_("visited"), accessor="pk", orderable=False)
    village = LinkColumn(verbose_name=_("village"), order_by="village__path")
    on = DateColumn(verbose_name=_("day"))
    kinds = tables.Column(verbose_name=_("on whom"), accessor="kind_names", orderable=False, default="—")
    unit = LinkColumn(verbose_name=_("organisation of the visitor"), order_by="unit__path")
    recorded_by = tables.Column(verbose_name=_("author"), accessor="recorded_by__name", orderable=False)
    state = StatusColumn(verbose_name=_("State"), orderable=False)

    class Meta(ListTable.Meta):
        model = HouseholdVisit
        fields: tuple[str, ...] = ()

    def render_target(self, record: HouseholdVisit) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), self.value_target(record))

    def value_target(self, record: HouseholdVisit) -> str:
        return shown_name(record.target, near=record.is_near)  # type: ignore[attr-defined]  # annotated

    def render_kinds(self, value: list[str]) -> str:
        return "、".join(value)
