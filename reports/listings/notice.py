"""The lists of circulars and notices, and of those to whom one was sent."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, RecordColumn, StatusColumn
from core.templatetags import look
from reports.inspection.states import NoticeKind, NoticeState
from reports.models import Notice, NoticeReceipt

READ = [("yes", _("read")), ("no", _("not read yet"))]


class NoticeFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Title"), field_name="title", lookup_expr="icontains")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=NoticeKind.choices)
    state = filters.ChoiceFilter(label=_("State"), choices=NoticeState.choices)
    year = filters.NumberFilter(label=_("Year"), field_name="year", min_value=1949, max_value=2100)

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()


class NoticeTable(ListTable):
    always = ("title",)
    title = RecordColumn(verbose_name=_("title"))
    kind = tables.Column(verbose_name=_("kind"))
    organisation = tables.Column(verbose_name=_("issuing organisation"), order_by="organisation__path")
    issued_at = DateColumn(verbose_name=_("Issued on"))
    sent = NumberColumn(verbose_name=_("Sent to"))
    read = NumberColumn(verbose_name=_("of them read"))
    state = StatusColumn(verbose_name=_("state"), accessor="state")

    class Meta(ListTable.Meta):
        model = Notice
        fields: tuple[str, ...] = ()


class ReceiptFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Recipient"), field_name="organisation__name", lookup_expr="icontains")
    read = filters.ChoiceFilter(label=_("Read"), choices=READ, method="is_read")

    class Meta:
        model = NoticeReceipt
        fields: tuple[str, ...] = ()

    def is_read(self, rows, _name: str, value: str):
        return rows.filter(read_at__isnull=value == "no")


class ReceiptTable(ListTable):
    always = ("organisation",)
    organisation = tables.Column(verbose_name=_("recipient"), order_by="organisation__path")
    read_at = DateColumn(verbose_name=_("read"), empty_values=())
    read_by = tables.Column(verbose_name=_("read by"), accessor="read_by__name", default="—", orderable=False)
    reminded_at = DateColumn(verbose_name=_("reminded at"))

    class Meta(ListTable.Meta):
        model = NoticeReceipt
        fields: tuple[str, ...] = ()

    def render_read_at(self, value):
        return look.day_filter(value) if value else look.tag("soon", _("not read yet"))
