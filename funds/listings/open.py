"""The ledgers of a round, as everybody reads them."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import ListTable, MoneyColumn, NumberColumn
from funds.models import Fund
from members.listings.places import in_place


class RoundMoneyFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="kept_at")

    class Meta:
        model = Fund
        fields: tuple[str, ...] = ()

    def kept_at(self, rows, _name, words):
        return in_place(rows, "holder", words)


class RoundMoneyTable(ListTable):
    holder = tables.Column(
        verbose_name=_("village"), order_by="holder__path", linkify=("open_village", {"pk": tables.A("holder_id")})
    )  # fmt: skip
    pledge = MoneyColumn(verbose_name=_("promised"))
    received = MoneyColumn(verbose_name=_("money received"))
    spent = MoneyColumn(verbose_name=_("spent"))
    cash = MoneyColumn(verbose_name=_("balance"), orderable=False)
    goods = MoneyColumn(verbose_name=_("goods received"))
    published = NumberColumn(verbose_name=_("entries published, of all to publish"))
    always = ("holder",)

    class Meta(ListTable.Meta):
        model = Fund
        fields = ("holder", "pledge", "received", "spent", "cash", "goods", "published")

    def render_published(self, record):
        return f"{record.published} / {record.to_publish}"

    def value_published(self, record):
        return self.render_published(record)
