"""The list of inspections."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, RecordColumn, StatusColumn
from reports.inspection.states import InspectionState
from reports.models import Inspection

PLANNED = [("yes", _("regular")), ("no", _("irregular"))]


class InspectionFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name of the inspection"), field_name="title", lookup_expr="icontains")
    state = filters.ChoiceFilter(label=_("State"), choices=InspectionState.choices)
    planned = filters.ChoiceFilter(label=_("Kind of inspection"), choices=PLANNED, method="in_plan")
    year = filters.NumberFilter(label=_("Year"), field_name="on", lookup_expr="year", min_value=1949, max_value=2100)

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = ()

    def in_plan(self, rows, _name: str, value: str):
        return rows.filter(is_planned=value == "yes")


class InspectionTable(ListTable):
    always = ("title",)
    title = RecordColumn(verbose_name=_("inspection"))
    organisation = tables.Column(verbose_name=_("inspecting organisation"), order_by="organisation__path")
    is_planned = tables.Column(verbose_name=_("Kind of inspection"))
    on = DateColumn(verbose_name=_("begins on"))
    size = NumberColumn(verbose_name=_("Villages"))
    issues = NumberColumn(verbose_name=_("Issues found"))
    state = StatusColumn(verbose_name=_("state"), accessor="state")

    class Meta(ListTable.Meta):
        model = Inspection
        fields: tuple[str, ...] = ()

    def render_is_planned(self, value: bool) -> str:
        return str(dict(PLANNED)["yes" if value else "no"])
