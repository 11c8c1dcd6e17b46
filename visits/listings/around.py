"""The lists of investment leads and of joint meetings of committees."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, StatusColumn
from members.listings.places import in_place
from visits.models import CommitteeMeeting, InvestmentLead
from visits.states import LeadStage


class LeadFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="at_village")
    stage = filters.ChoiceFilter(label=_("Stage"), choices=LeadStage.choices)

    class Meta:
        model = InvestmentLead
        fields: tuple[str, ...] = ()

    def at_village(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "village", words)


class LeadTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("firm or project"), linkify=lambda record: record.get_absolute_url())
    village = tables.Column(verbose_name=_("village"), order_by="village__path")
    unit = tables.Column(verbose_name=_("brought by"), order_by="unit__path", default="—")
    stage = StatusColumn(verbose_name=_("stage"), accessor="stage")
    stage_on = DateColumn(verbose_name=_("at this stage since"))

    class Meta(ListTable.Meta):
        model = InvestmentLead
        fields: tuple[str, ...] = ()


class MeetingFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name of the meeting"), field_name="title", lookup_expr="icontains")

    class Meta:
        model = CommitteeMeeting
        fields: tuple[str, ...] = ()


class MeetingTable(ListTable):
    always = ("title",)
    title = tables.Column(verbose_name=_("meeting"), linkify=lambda record: record.get_absolute_url())
    on = DateColumn(verbose_name=_("day"))
    organisation = tables.Column(verbose_name=_("committee"), order_by="organisation__path")
    attended = tables.Column(verbose_name=_("who took part"), orderable=False)

    class Meta(ListTable.Meta):
        model = CommitteeMeeting
        fields: tuple[str, ...] = ()
