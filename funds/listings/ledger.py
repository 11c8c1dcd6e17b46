"""The lists of funds, of the entries of one, and of what the two sides do not agree on."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.money import yuan
from core.tables import SHORT, DateColumn, ListTable, MoneyColumn, NumberColumn, RecordColumn
from funds.kinds import EntryKind, FundKind
from funds.models import Entry, Fund
from funds.reading import DIFFERENCES
from members.listings.places import in_place
from pairing.forms.agreements import date_field


def day_widget():
    return date_field("").widget


class FundFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name of the fund"), field_name="name", lookup_expr="icontains")
    place = filters.CharFilter(label=_("Keeper, township or county"), method="kept_at")
    kind = filters.ChoiceFilter(label=_("kind of fund"), choices=FundKind.choices)

    class Meta:
        model = Fund
        fields: tuple[str, ...] = ()

    def kept_at(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "holder", words)


class FundTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("fund"), linkify=True)
    holder = tables.Column(verbose_name=_("keeper of the fund"), order_by="holder__path")
    pledge = MoneyColumn(verbose_name=_("promised"))
    receipt = MoneyColumn(verbose_name=_("money received"))
    spending = MoneyColumn(verbose_name=_("spent"))
    cash = MoneyColumn(verbose_name=_("balance"), orderable=False)
    goods = MoneyColumn(verbose_name=_("goods received"))
    coordinated = MoneyColumn(verbose_name=_("co-ordinated money"))
    investment = MoneyColumn(verbose_name=_("investment"))
    last_number = NumberColumn(verbose_name=_("number of entries"))

    class Meta(ListTable.Meta):
        fields: tuple[str, ...] = ()


class EntryFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("kind of entry"), choices=EntryKind.choices)
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte", widget=day_widget())
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=day_widget())

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()


class EntryTable(ListTable):
    """In the order in which they were entered. What was reversed is struck through, what reverses carries a minus."""

    always = ("kind", "amount")
    kind = RecordColumn(verbose_name=_("kind of entry"), orderable=False, attrs=SHORT)
    number = NumberColumn(verbose_name=_("no."))
    on = DateColumn(verbose_name=_("day"))
    amount = MoneyColumn(verbose_name=_("amount (yuan)"), orderable=False)
    giver = tables.Column(verbose_name=_("given by"), default="—", orderable=False)
    use = tables.Column(verbose_name=_("what it is for"), empty_values=(), orderable=False)
    project = tables.Column(verbose_name=_("project"), default="—", orderable=False)
    words = tables.Column(verbose_name=_("note"), default="—", orderable=False)
    entered_by = tables.Column(verbose_name=_("entered by"), orderable=False)
    entered_at = DateColumn(verbose_name=_("entered on"), orderable=False)

    class Meta(ListTable.Meta):
        fields: tuple[str, ...] = ()

    def render_kind(self, record: Any) -> str:
        kind = record.get_kind_display()
        if record.corrects_id:
            return format_html("{} <small>{}</small>", kind, _("reversal"))
        return format_html("<del>{}</del> <small>{}</small>", kind, _("reversed")) if record.was_reversed else kind

    def value_kind(self, record: Any) -> str:
        mark = _("reversal") if record.corrects_id else _("reversed") if record.was_reversed else ""
        return f"{record.get_kind_display()} {mark}".strip()

    def render_amount(self, record: Any) -> str:
        if record.corrects_id:
            return yuan(-record.amount)
        return format_html("<del>{}</del>", yuan(record.amount)) if record.was_reversed else yuan(record.amount)

    def value_amount(self, record: Any):
        return -record.amount if record.corrects_id else record.amount

    def render_use(self, record: Any) -> str:
        return record.get_use_display() or "—"


class DifferenceFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="kept_at")
    difference = filters.ChoiceFilter(label=_("What does not agree"), choices=list(DIFFERENCES.items()))
    until = filters.DateFilter(label=_("Not younger than"), field_name="on", lookup_expr="lte", widget=day_widget())

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def kept_at(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "fund__holder", words)


class DifferenceTable(ListTable):
    """The oldest first: what waits longest is what somebody has to look at."""

    always = ("fund", "amount")
    fund = tables.Column(verbose_name=_("fund"), linkify=lambda record: record.get_absolute_url(), orderable=False)
    difference = tables.Column(verbose_name=_("what does not agree"), orderable=False)
    kind = tables.Column(verbose_name=_("kind of entry"), orderable=False)
    on = DateColumn(verbose_name=_("day"))
    giver = tables.Column(verbose_name=_("given by"), orderable=False)
    amount = MoneyColumn(verbose_name=_("amount (yuan)"))
    answered_amount = MoneyColumn(verbose_name=_("confirmed (yuan)"), default="—", orderable=False)
    apart = MoneyColumn(verbose_name=_("difference (yuan)"), orderable=False)

    class Meta(ListTable.Meta):
        fields: tuple[str, ...] = ()

    def render_difference(self, value: str) -> str:
        return str(DIFFERENCES[value])

    value_difference = render_difference
