"""The list of adjustments after assessments."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, RecordColumn, StatusColumn
from reports.models import AdjustmentCase
from reports.states import CaseState


class CaseFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("state"), choices=CaseState.choices)

    class Meta:
        model = AdjustmentCase
        fields = ("state",)


class CaseTable(ListTable):
    pairing = RecordColumn(accessor="pairing", verbose_name=_("pairing"), orderable=False)
    reason = tables.Column(orderable=False)
    opened_at = DateColumn()
    partner = tables.Column(accessor="partner__name", verbose_name=_("new partner"))
    state = StatusColumn()
    always = ("pairing",)

    class Meta(ListTable.Meta):
        model = AdjustmentCase
        fields = ("pairing", "reason", "opened_at", "partner", "state")
