"""The lists of on-site meetings, good cases and contests."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, RecordColumn, StatusColumn
from organisations.models import Organisation
from reports.models import Contest, GoodCase, OnsiteMeeting
from reports.praise.states import ContestState, GoodCaseState, MeetingState


class MeetingFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name of the meeting"), field_name="title", lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("State"), choices=MeetingState.choices)
    year = filters.NumberFilter(label=_("Year"), field_name="on", lookup_expr="year", min_value=1949, max_value=2100)

    class Meta:
        model = OnsiteMeeting
        fields: tuple[str, ...] = ()


class MeetingTable(ListTable):
    always = ("title",)
    title = RecordColumn(verbose_name=_("on-site meeting"))
    on = DateColumn(verbose_name=_("day"))
    venue = tables.Column(verbose_name=_("where it is held"), order_by="venue__path")
    organisation = tables.Column(verbose_name=_("held by"), order_by="organisation__path")
    came = NumberColumn(verbose_name=_("people who came"), default="—")
    state = StatusColumn(verbose_name=_("state"), accessor="state")

    class Meta(ListTable.Meta):
        model = OnsiteMeeting
        fields: tuple[str, ...] = ()


class GoodCaseFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Title, unit or village"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=GoodCaseState.choices)

    class Meta:
        model = GoodCase
        fields: tuple[str, ...] = ()

    def found(self, rows, _name: str, words: str):
        authors = Organisation.objects.found_by(words).order_by().values("pk")
        return rows.filter(Q(title__icontains=words.strip()) | Q(organisation__in=authors))


class GoodCaseTable(ListTable):
    always = ("title",)
    title = RecordColumn(verbose_name=_("good case"))
    organisation = tables.Column(verbose_name=_("handed in by"), order_by="organisation__path")
    round = tables.Column(verbose_name=_("Round"), order_by="round__name")
    submitted_at = DateColumn(verbose_name=_("handed in at"))
    state = StatusColumn(verbose_name=_("state"), accessor="state")

    class Meta(ListTable.Meta):
        model = GoodCase
        fields: tuple[str, ...] = ()


class ContestFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name of the contest"), field_name="title", lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("State"), choices=ContestState.choices)

    class Meta:
        model = Contest
        fields: tuple[str, ...] = ()


class ContestTable(ListTable):
    always = ("title",)
    title = RecordColumn(verbose_name=_("contest"))
    organisation = tables.Column(verbose_name=_("organised by"), order_by="organisation__path")
    among = tables.Column(verbose_name=_("who competes"))
    due_on = DateColumn(verbose_name=_("sheets are handed in by"))
    handed_in = NumberColumn(verbose_name=_("sheets handed in"))
    state = StatusColumn(verbose_name=_("state"), accessor="state")

    class Meta(ListTable.Meta):
        model = Contest
        fields: tuple[str, ...] = ()
