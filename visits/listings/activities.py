"""The list of activities: what, when, between whom, how far it is."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, PairColumn, StatusColumn
from organisations.models import Organisation
from pairing.schemes.words import Nature
from visits.models import Activity
from visits.states import ActivityState


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActivityFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Unit or village"), method="found")
    nature = filters.ChoiceFilter(label=_("kind of activity"), choices=Nature.choices)
    state = filters.ChoiceFilter(label=_("state"), choices=ActivityState.choices)
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte", widget=day_input())
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=day_input())

    class Meta:
        model = Activity
        fields: list[str] = []

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        named = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(unit__in=named) | Q(pairing__unit__in=named) | Q(pairing__village__in=named))


class ActivityTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("activity"), linkify=lambda record: record.get_absolute_url())
    on = DateColumn(verbose_name=_("day"))
    pairing = PairColumn("unit", "pairing__village", verbose_name=_("pairing"), orderable=False)
    side = tables.Column(verbose_name=_("side that recorded it"))
    persons = NumberColumn(verbose_name=_("number of persons"))
    person_times = NumberColumn(verbose_name=_("person-times"))
    state = StatusColumn(verbose_name=_("state"))

    class Meta(ListTable.Meta):
        fields = ("name", "on", "pairing", "side", "persons", "person_times", "state")
        sequence = fields
