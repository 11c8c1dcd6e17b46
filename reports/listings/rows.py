"""The rows behind a number of the statistics tables, where no other list shows exactly these."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import SHORT, DateColumn, LinkColumn, ListTable, MoneyColumn, StatusColumn
from funds.kinds import EntryKind, Use
from funds.models import Entry
from funds.querysets.disclosure import disclosed, to_disclose, with_due_day
from organisations.areas import AreaFilter
from organisations.kinds import Kind, Level, UnitCategory, VillageClass
from organisations.statistics import category_of
from pairing.forms.figures import near
from pairing.levels import Level as PairingLevel
from pairing.models import Pairing, Round
from pairing.states import Origin
from reports.statistics.pairings import STATES

STOOD = [
    ("reached", _("intention reached")), ("signed", _("agreement signed")), ("renewed", _("renewed")),
    ("reselected", _("re-selected")), ("ended", _("ended")),
]  # fmt: skip

NOW = [("standing", _("standing")), ("signed", _("agreement signed"))]


def hidden(label, **options) -> filters.CharFilter:
    return filters.CharFilter(label=label, widget=forms.HiddenInput, **options)


def choice(label, kinds, **options) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, choices=kinds.choices, **options)


class NearFilter(filters.FilterSet):
    columns: tuple[str, ...] = ()
    place = filters.CharFilter(label=_("Area, unit or village"), method="is_near")

    def is_near(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return rows.filter(near(self.request.user, words, *self.columns))


class PairingRowsFilter(NearFilter):
    """As T1 counts them; without a state, whatever became of them."""

    columns = ("unit", "village")
    round = filters.ModelChoiceFilter(label=_("Round"), queryset=lambda request: Round.objects.visible_to(request.user))
    stood = filters.ChoiceFilter(label=_("State on the day"), choices=STOOD, method="in_state")
    on = filters.DateFilter(label=_("As of the day"), method="unchanged", widget=forms.HiddenInput)
    now = filters.ChoiceFilter(label=_("State"), choices=NOW, method="is_now", widget=forms.HiddenInput)
    kind = choice(_("Kind of unit"), Kind, field_name="unit__kind")
    category = choice(_("Category of unit"), UnitCategory, method="of_category")
    unit_level = choice(_("Level of the unit"), Level, field_name="unit__level")
    level = choice(_("Level of pairing"), PairingLevel)
    origin = choice(_("Origin"), Origin)
    scheme = hidden(_("Scheme"), field_name="round__scheme_version__scheme__key")
    of_round = KeyFilter(_("Round"), "round")
    organiser = KeyFilter(_("Organiser"), "round__organiser")
    area = AreaFilter("village")

    class Meta:
        model = Pairing
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet, _name: str, state: str) -> QuerySet:
        day = self.form.cleaned_data.get("on") or timezone.localdate()
        return rows.filter(STATES[state](day))

    def is_now(self, rows: Any, _name: str, state: str) -> QuerySet:
        return rows.signed() if state == "signed" else rows.standing()

    def unchanged(self, rows: QuerySet, _name: str, _day) -> QuerySet:
        return rows

    def of_class(self, rows: QuerySet, _name: str, village_class: str) -> QuerySet:
        return rows.filter(village__classes__contains=[village_class])

    def of_category(self, rows: QuerySet, _name: str, category: str) -> QuerySet:
        return rows.alias(category_of_unit=category_of("unit__")).filter(category_of_unit=category)


# "class" is a word of the language, and the name of the line in the address.
PairingRowsFilter.base_filters["class"] = filters.ChoiceFilter(
    label=_("Class of the village"), choices=VillageClass.choices, method="of_class"
)


class PairingRowsTable(ListTable):
    always = ("unit", "village")
    unit = LinkColumn(verbose_name=_("Aiding unit"), order_by="unit__path")
    kind = tables.Column(verbose_name=_("Kind of unit"), accessor="unit__get_kind_display", orderable=False)
    village = LinkColumn(verbose_name=_("Paired village"), order_by="village__path", accessor="village")
    round = tables.Column(verbose_name=_("Round"), order_by="round__name")
    state = StatusColumn(verbose_name=_("State"))
    origin = tables.Column(verbose_name=_("Origin"), attrs=SHORT)
    formed_at = DateColumn(verbose_name=_("Intention reached on"), linkify=lambda record: record.get_absolute_url())
    signed_on = DateColumn(verbose_name=_("Signed on"))
    ended_on = DateColumn(verbose_name=_("Ended on"), default="—")

    class Meta(ListTable.Meta):
        model = Pairing
        fields: tuple[str, ...] = ()


class EntryRowsFilter(NearFilter):
    """As T4 and T12 count them: of the ledgers of villages."""

    columns = ("fund__holder",)
    kind = choice(_("kind of entry"), EntryKind)
    use = choice(_("what it is for"), Use, method="spent_on")
    published = filters.ChoiceFilter(
        label=_("publication"), choices=[("yes", _("published")), ("late", _("not published in time"))], method="is_out"
    )
    spent = filters.ChoiceFilter(label=_("Spent"), choices=[("yes", _("money and goods"))], method="is_spent")
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte")
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte")
    round = KeyFilter(_("Round"), "fund__pairing__round")
    holder = KeyFilter(_("village"), "fund__holder")
    area = AreaFilter("fund__holder")

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    def spent_on(self, rows: QuerySet, _name: str, use: str) -> QuerySet:
        return self.is_spent(rows.filter(use=use), "", "yes")

    def is_spent(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(kind__in=[EntryKind.SPENDING, EntryKind.HANDOUT])

    def is_out(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value == "yes":
            return to_disclose(rows).filter(Q(disclosed()))
        late = with_due_day(to_disclose(rows).exclude(Q(disclosed())))
        return late.filter(due_on__lt=timezone.localdate())


class EntryRowsTable(ListTable):
    always = ("holder", "amount")
    holder = LinkColumn(
        verbose_name=_("village"), accessor="fund__holder__name", order_by="fund__holder__path",
        linkify=lambda record: record.fund.holder.get_absolute_url(),
    )  # fmt: skip
    number = tables.Column(verbose_name=_("no."), linkify=lambda record: record.get_absolute_url())
    on = DateColumn(verbose_name=_("day"))
    kind = tables.Column(verbose_name=_("kind of entry"))
    amount = MoneyColumn(verbose_name=_("amount (yuan)"), accessor="signed_amount")
    giver = tables.Column(verbose_name=_("given by"), default="—", accessor="giver__name", order_by="giver__path")
    use = tables.Column(verbose_name=_("what it is for"), empty_values=("",))
    words = tables.Column(verbose_name=_("note"), default="—", orderable=False)

    class Meta(ListTable.Meta):
        model = Entry
        fields: tuple[str, ...] = ()
