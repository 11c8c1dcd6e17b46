"""The list of notes on the three changes."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, RecordColumn
from organisations.models import Organisation
from reports.models import ChangeNotes


class ChangeNotesFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Village"), method="found")
    year = filters.NumberFilter(label=_("Year"), field_name="year", min_value=1949, max_value=2100)

    class Meta:
        model = ChangeNotes
        fields: tuple[str, ...] = ()

    def found(self, rows, _name: str, words: str):
        return rows.filter(village__in=Organisation.objects.found_by(words).order_by().values("pk"))


class ChangeNotesTable(ListTable):
    always = ("village",)
    village = RecordColumn(verbose_name=_("village"), order_by="village__path")
    year = tables.Column(verbose_name=_("year"))
    round = tables.Column(verbose_name=_("Round"), order_by="round__name")
    written_at = DateColumn(verbose_name=_("written at"))

    class Meta(ListTable.Meta):
        model = ChangeNotes
        fields: tuple[str, ...] = ()
