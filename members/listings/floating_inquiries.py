"""The list of inquiries, of both places."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, ListTable, NumberColumn, StatusColumn
from core.templatetags import look
from members.models import FloatingInquiry
from members.querysets.floating import kept
from members.states import InquiryState
from organisations.models import Organisation


class InquiryFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Party organisation"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=InquiryState.choices)
    overdue = filters.ChoiceFilter(label=_("Deadline"), choices=[("yes", _("overdue"))], method="is_overdue")
    mine = filters.ChoiceFilter(label=_("Turn"), choices=[("yes", _("to be answered by us"))], method="is_mine")

    class Meta:
        model = FloatingInquiry
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(asker__in=hits) | Q(asked__in=hits))

    def is_overdue(self, rows, _name: str, _value: str) -> QuerySet:
        return rows.overdue(timezone.localdate())

    def is_mine(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(kept(self.request.user, "asked__path"), state=InquiryState.ASKED)


class InquiryTable(ListTable):
    always = ("about",)
    about = tables.Column(
        verbose_name=pgettext_lazy("inquiry", "About"),
        empty_values=(),
        orderable=False,
        linkify=lambda record: record.get_absolute_url(),
    )
    asker = tables.Column(verbose_name=_("Asks"), order_by="asker__path")
    asked = tables.Column(verbose_name=pgettext_lazy("inquiry", "Asked"), order_by="asked__path")
    asked_at = DateColumn(verbose_name=_("Asked on"))
    due_on = DateColumn(verbose_name=_("Answer due on"))
    late = NumberColumn(verbose_name=_("Days overdue"), empty_values=(), orderable=False)
    result = tables.Column(verbose_name=_("Result"))
    answered_at = DateColumn(verbose_name=_("Answered on"))
    state = StatusColumn(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = FloatingInquiry
        fields: tuple[str, ...] = ()

    def render_about(self, record: FloatingInquiry) -> str:
        return str(record)

    def value_about(self, record: FloatingInquiry) -> str:
        return str(record)

    def render_late(self, record: FloatingInquiry):
        days = self.value_late(record)
        return look.tag("late", days) if days else "—"

    def value_late(self, record: FloatingInquiry) -> int | None:
        waits = record.state == InquiryState.ASKED
        return max((timezone.localdate() - record.due_on).days, 0) or None if waits else None
