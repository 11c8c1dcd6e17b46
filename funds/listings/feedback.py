"""The lists of feedback and of gifts; the second one, as a workbook, is the yearly statement of a giver."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.money import yuan
from core.tables import DateColumn, LinkColumn, ListTable, MoneyColumn
from funds.models import Entry, Feedback


class FeedbackFilter(filters.FilterSet):
    state = filters.ChoiceFilter(
        method="by_state",
        label=_("state"),
        choices=[("asked", _("asked for")), ("sent", _("sent, not read yet")), ("read", _("read by the unit"))],
    )

    class Meta:
        model = Feedback
        fields = ("state",)

    def by_state(self, queryset, _name, value):
        if value == "asked":
            return queryset.filter(sent_at=None)
        return queryset.filter(sent_at__isnull=False, read_at__isnull=value == "sent")


class FeedbackTable(ListTable):
    what = LinkColumn(accessor="pk", verbose_name=_("feedback on aid money"), order_by=("ends_on", "pk"))
    village = tables.Column(accessor="pairing__village__name", verbose_name=_("village"))
    unit = tables.Column(accessor="pairing__unit__name", verbose_name=_("unit"))
    received = MoneyColumn()
    spent = MoneyColumn()
    cash = MoneyColumn()
    sent_at = DateColumn()
    state = tables.Column(accessor="state_words", verbose_name=_("state"), orderable=False)
    always = ("what",)

    class Meta(ListTable.Meta):
        model = Feedback
        fields = ("what", "village", "unit", "received", "spent", "cash", "sent_at", "state")

    def render_what(self, record):
        return str(record)

    def value_what(self, record):
        return str(record)

    def sum_told(self, record, value):
        """The sums are known once the village answered."""
        return yuan(value) if record.sent_at else "—"

    render_received = render_spent = render_cash = sum_told


class GiftFilter(filters.FilterSet):
    year = filters.NumberFilter(field_name="on__year", label=_("year"), min_value=1949, max_value=2999)

    class Meta:
        model = Entry
        fields = ("year",)


class GiftTable(ListTable):
    on = DateColumn()
    village = tables.Column(accessor="fund__holder__name", verbose_name=_("kept by"))
    giver = tables.Column(accessor="giver__name", verbose_name=_("given by"))
    kind = tables.Column()
    amount = MoneyColumn()
    used = MoneyColumn(verbose_name=_("used of it, what came first first"))
    left = MoneyColumn(verbose_name=_("left of it"))
    receipt_number = tables.Column()
    is_published = tables.Column(verbose_name=_("published in the village"))
    is_shown = tables.TemplateColumn(
        template_name="funds/feedback/name.html", verbose_name=_("name shown in public"), orderable=False
    )
    always = ("on",)

    class Meta(ListTable.Meta):
        model = Entry
        fields = (
            "on", "village", "giver", "kind", "amount", "used", "left", "receipt_number", "is_published", "is_shown",
        )  # fmt: skip

    def value_is_shown(self, record):
        return str(_("yes") if record.is_shown else _("no"))

    def value_is_published(self, record):
        return str(_("yes") if record.is_published else _("no"))

    def render_is_published(self, record):
        return self.value_is_published(record) if record.fund.holder.is_village else "—"
