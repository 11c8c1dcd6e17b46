"""The sheets of village secretaries: pay by village, and allowances after leaving."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, MoneyColumn, NumberColumn, RecordColumn
from reports.models import LeavingAllowance, SecretaryPay


class YearFilter(filters.FilterSet):
    year = filters.NumberFilter(label=_("year"), min_value=1949, max_value=2999)

    class Meta:
        model = SecretaryPay
        fields = ("year",)


class LeavingFilter(filters.FilterSet):
    year = filters.NumberFilter(label=_("year"), min_value=1949, max_value=2999)

    class Meta:
        model = LeavingAllowance
        fields = ("year",)


class PayTable(ListTable):
    village = RecordColumn(accessor="village__name", verbose_name=_("village"))
    member = tables.Column(accessor="member__name", verbose_name=_("village secretary"))
    year = NumberColumn()
    base = MoneyColumn()
    score = NumberColumn()
    by_points = MoneyColumn(verbose_name=_("for points"))
    pay = MoneyColumn(verbose_name=_("pay of the year"))
    bonus = MoneyColumn(verbose_name=_("back to the village"))
    insurance = MoneyColumn()
    always = ("village", "pay")

    class Meta(ListTable.Meta):
        model = SecretaryPay
        fields = ("village", "member", "year", "base", "score", "by_points", "pay", "bonus", "insurance")


class LeavingTable(ListTable):
    village = RecordColumn(accessor="village__name", verbose_name=_("village"))
    member = tables.Column(accessor="member__name", verbose_name=_("former secretary"))
    year = NumberColumn()
    left_on = DateColumn()
    years_in_a_row = NumberColumn()
    is_regular = tables.Column(verbose_name=_("kind of allowance"))
    amount = MoneyColumn(verbose_name=_("amount of the year"))
    always = ("village", "amount")

    class Meta(ListTable.Meta):
        model = LeavingAllowance
        fields = ("village", "member", "year", "left_on", "years_in_a_row", "is_regular", "amount")

    def render_is_regular(self, value):
        return _("each year") if value else _("a single sum")

    def value_is_regular(self, value):
        return str(self.render_is_regular(value))
