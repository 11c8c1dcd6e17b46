"""The list of one's archive packages."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, RecordColumn
from core.templatetags import look
from reports.models import ArchivePackage


class PackageFilter(filters.FilterSet):
    year = filters.NumberFilter(label=_("Year"), field_name="year", min_value=1949, max_value=2100)

    class Meta:
        model = ArchivePackage
        fields: tuple[str, ...] = ()


class PackageTable(ListTable):
    always = ("what",)
    what = RecordColumn(
        verbose_name=_("archive package"), accessor="pk", orderable=False,
    )  # fmt: skip
    year = NumberColumn(verbose_name=_("year"))
    asked_at = DateColumn(verbose_name=_("asked for on"))
    items = NumberColumn(verbose_name=_("number of items"))
    kept_until = DateColumn(verbose_name=_("kept until"), default="—")
    standing = tables.Column(verbose_name=_("state"), orderable=False)

    class Meta(ListTable.Meta):
        model = ArchivePackage
        fields: tuple[str, ...] = ()

    def render_what(self, record):
        return str(record)

    def render_standing(self, value):
        return look.tag(*value)

    def value_standing(self, value):
        return str(value[1])
