"""The list of disclosures: of the villages in one's scope, the newest first."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, StatusColumn
from funds.models import Disclosure
from funds.publishing.states import DisclosureKind, DisclosureState


class DisclosureFilter(filters.FilterSet):
    q = filters.CharFilter(method="by_name", label=_("Name of the village"))
    kind = filters.ChoiceFilter(choices=DisclosureKind.choices)
    state = filters.ChoiceFilter(choices=DisclosureState.choices)

    class Meta:
        model = Disclosure
        fields = ("q", "kind", "state")

    def by_name(self, queryset, _name, value):
        return queryset.filter(village__name__icontains=value.strip())


class DisclosureTable(ListTable):
    what = LinkColumn(accessor="pk", verbose_name=_("Disclosure"), order_by=("ends_on", "pk"))
    village = tables.Column(accessor="village__name", verbose_name=_("village"), order_by="village__path")
    kind = tables.Column()
    public_from = DateColumn()
    public_until = DateColumn()
    days = NumberColumn(verbose_name=_("days in public"), orderable=False)
    state = StatusColumn()
    always = ("what",)

    class Meta(ListTable.Meta):
        model = Disclosure
        fields = ("what", "village", "kind", "public_from", "public_until", "days", "state")

    def render_what(self, record):
        return str(record)

    def value_what(self, record):
        return str(record)
