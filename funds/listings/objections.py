"""The list of questions and objections, those that wait first by their last day."""

import django_filters as filters
import django_tables2 as tables
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable
from core.templatetags import look
from funds.models import Objection


class ObjectionFilter(filters.FilterSet):
    q = filters.CharFilter(method="by_name", label=_("Name of the village"))
    kind = filters.ChoiceFilter(choices=Objection.Kind.choices)
    waiting = filters.ChoiceFilter(
        method="by_waiting", label=_("state"), choices=[("waiting", _("not answered yet")), ("late", _("overdue"))]
    )

    class Meta:
        model = Objection
        fields = ("q", "kind", "waiting")

    def by_name(self, queryset, _name, value):
        return queryset.filter(village__name__icontains=value.strip())

    def by_waiting(self, queryset, _name, value):
        return queryset.overdue(timezone.localdate()) if value == "late" else queryset.waiting()


class ObjectionTable(ListTable):
    what = LinkColumn(accessor="words", verbose_name=_("question or objection"), orderable=False)
    village = tables.Column(accessor="village__name", verbose_name=_("village"), order_by="village__path")
    raised_at = DateColumn()
    state = tables.Column(accessor="state_words", verbose_name=_("state"), orderable=False)
    until = tables.Column(accessor="open_until", verbose_name=_("to be answered by"), order_by="due_on")
    always = ("what",)

    class Meta(ListTable.Meta):
        model = Objection
        fields = ("what", "village", "raised_at", "state", "until")

    def render_until(self, value):
        return look.days_left(value)

    def value_until(self, value):
        return value
