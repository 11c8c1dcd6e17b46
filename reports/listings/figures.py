"""The list of what was reported: the newest version of each figure."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, ListTable, NumberColumn
from organisations.kinds import Kind
from pairing.forms.figures import near
from pairing.models import Round
from reports.figures.measures import choices, measures
from reports.models import ReportedFigure


def day(label, method: str) -> filters.DateFilter:
    return filters.DateFilter(label=label, method=method)


class FigureFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Area, unit or village"), method="at_place")
    measure = filters.ChoiceFilter(label=_("Measure"), choices=choices)
    kind = filters.ChoiceFilter(label=_("Kind of place"), field_name="place__kind", choices=Kind.choices)
    round = filters.ModelChoiceFilter(label=_("Round"), queryset=lambda request: Round.objects.visible_to(request.user))
    since = day(_("From the day"), "from_day")
    until = day(_("Up to the day"), "up_to_day")

    class Meta:
        model = ReportedFigure
        fields: tuple[str, ...] = ()

    def at_place(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return rows.filter(near(self.request.user, words, "place"))

    def from_day(self, rows: QuerySet, _name: str, day) -> QuerySet:
        return rows.filter(Q(since=None, until__gte=day) | Q(since__gte=day))

    def up_to_day(self, rows: QuerySet, _name: str, day) -> QuerySet:
        return rows.filter(until__lte=day)


class FigureTable(ListTable):
    always = ("name", "words")
    name = tables.Column(
        verbose_name=_("Measure"), order_by="measure", linkify=lambda record: record.get_absolute_url()
    )  # fmt: skip
    words = tables.Column(
        verbose_name=pgettext_lazy("reported figure", "as reported"), order_by="number", attrs={"td": {"class": "num"}}
    )
    number = NumberColumn(verbose_name=pgettext_lazy("reported figure", "number"))
    qualifier = tables.Column(verbose_name=_("how exactly"))
    unit = tables.Column(verbose_name=_("counted in"), accessor="measure", orderable=False)
    place = tables.Column(verbose_name=_("Area, unit or village"), order_by="place__path")
    since = DateColumn(verbose_name=_("first day"), default="—")
    until = DateColumn(verbose_name=_("last day"))
    document = tables.Column(verbose_name=_("document it stands in"))
    said_by = tables.Column(verbose_name=_("who says so"))
    version = NumberColumn(verbose_name=_("version"))
    entered_at = DateColumn(verbose_name=_("entered at"))

    class Meta(ListTable.Meta):
        model = ReportedFigure
        fields: tuple[str, ...] = ()

    def render_number(self, value):
        return f"{value.normalize():f}"

    def value_number(self, value):
        return value

    def render_unit(self, value):
        measure = measures().get(value)
        return measure.unit if measure else "—"
