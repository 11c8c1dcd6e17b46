"""The list of donation channels."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import LinkColumn, ListTable
from funds.models.channel import ELIGIBLE, DonationChannel


class ChannelFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains")
    kind = filters.ChoiceFilter(label=_("Kind of channel"), choices=ELIGIBLE)

    class Meta:
        model = DonationChannel
        fields: tuple[str, ...] = ()


class ChannelTable(ListTable):
    always = ("name",)
    name = LinkColumn(verbose_name=_("name"))
    kind = tables.Column(verbose_name=_("kind of channel"))
    contact_name = tables.Column(verbose_name=_("contact"), orderable=False, default="—")
    contact_phone = tables.Column(verbose_name=_("telephone"), orderable=False, default="—")
    bank = tables.Column(verbose_name=_("bank"), orderable=False, default="—", visible=False)
    account = tables.Column(verbose_name=_("account number"), orderable=False, default="—")
    area = tables.Column(verbose_name=_("listed for"), order_by="area__path")

    class Meta(ListTable.Meta):
        model = DonationChannel
        fields: tuple[str, ...] = ()
