"""Villages with aid money, as those who supervise them see it."""

import django_filters as filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, MoneyColumn, NumberColumn
from organisations.models import Organisation


class MoneyWatchFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name of the village"))
    only = filters.ChoiceFilter(
        method="by_what",
        label=_("what needs a look"),
        choices=[
            ("late", _("not published in time")),
            ("unmatched", _("not confirmed by the other side")),
            ("untold", _("feedback to units overdue")),
            ("objected", _("objections without an answer in time")),
        ],
    )

    class Meta:
        model = Organisation
        fields = ("q", "only")

    def by_what(self, queryset, _name, value):
        return queryset.filter(**{f"{value}__gt": 0})


def village_column() -> tables.Column:
    return tables.Column(verbose_name=_("village"), order_by="path", linkify=("money_checks", {"pk": tables.A("pk")}))


class MoneyWatchTable(ListTable):
    name = village_column()
    cash = MoneyColumn(verbose_name=_("balance"))
    received = MoneyColumn(verbose_name=_("money received"))
    unpublished = NumberColumn(verbose_name=_("entries not published"))
    unpublished_amount = MoneyColumn(verbose_name=_("amount not published"))
    late = NumberColumn(verbose_name=_("of them late"))
    late_since = DateColumn(verbose_name=_("late since"))
    unmatched = NumberColumn(verbose_name=_("not confirmed by the other side"))
    untold = NumberColumn(verbose_name=_("feedback to units overdue"))
    objected = NumberColumn(verbose_name=_("objections without an answer in time"))
    always = ("name",)

    class Meta(ListTable.Meta):
        model = Organisation
        fields = (
            "name", "cash", "received", "unpublished", "unpublished_amount", "late", "late_since", "unmatched",
            "untold", "objected",
        )  # fmt: skip

    def render_late(self, value):
        return format_html('<span class="fact-late">{}</span>', value) if value else value

    def value_late(self, value):
        return value


class MoneyFiguresFilter(filters.FilterSet):
    q = MoneyWatchFilter.base_filters["q"]

    class Meta:
        model = Organisation
        fields = ("q",)


class MoneyFiguresTable(ListTable):
    """A village in a year or a quarter: money (T4), then its publication and what was asked (T12)."""

    name = village_column()
    promised = MoneyColumn(verbose_name=_("promised"))
    money = MoneyColumn(verbose_name=_("money received"))
    goods = MoneyColumn(verbose_name=_("goods received"))
    spent = MoneyColumn(verbose_name=_("spent"))
    planned = NumberColumn(verbose_name=_("number of projects"))
    due = NumberColumn(verbose_name=_("entries to publish"))
    published = NumberColumn(verbose_name=_("published"))
    late = NumberColumn(verbose_name=_("not published in time"))
    asked = NumberColumn(verbose_name=_("questions and objections"))
    answered_in_time = NumberColumn(verbose_name=_("answered in time"))
    always = ("name",)

    class Meta(ListTable.Meta):
        model = Organisation
        fields = (
            "name", "promised", "money", "goods", "spent", "planned", "due", "published", "late", "asked",
            "answered_in_time",
        )  # fmt: skip

    render_late = MoneyWatchTable.render_late
    value_late = MoneyWatchTable.value_late
