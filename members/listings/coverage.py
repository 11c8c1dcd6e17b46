"""The lists behind the figures of the coverage: households without a helper, members short of their quota, 1+2."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn
from core.templatetags import look
from members.coverage.counting import villages_with_gaps
from members.kinds import Rank
from members.listings.columns import NameColumn, shown_name
from members.models import Household, Member
from members.querysets.people import HouseholdQuerySet
from organisations.models import Organisation, User
from organisations.querysets import within

HELPER, CHAIN = "helper", "chain"
MISSING = [(HELPER, _("without any helper")), (CHAIN, _("without a helper within the village"))]
MOST_PLACES = 20


class PlaceFilter(filters.FilterSet):
    """A village, a township or a unit by its name; `place` is the column that leads to it."""

    place = "village"
    q = filters.CharFilter(label=_("Village, township or unit"), method="at_place")
    organisation = KeyFilter(_("Organisation"), method="in_organisation")

    def at_place(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        found = Organisation.objects.readable_by(self.request.user).found_by(value)
        return rows.filter(within(found.values_list("path", flat=True)[:MOST_PLACES], f"{self.place}__path"))

    def in_organisation(self, rows: QuerySet, _name: str, value) -> QuerySet:
        return rows.filter(**{self.place: int(value)})


def without_helper(rows: HouseholdQuerySet, user: User, *, chain: bool = False) -> HouseholdQuerySet:
    """Needy households that nobody helps, or nobody within the village: looked for where the board counts some."""
    return rows.without_helper(villages_with_gaps(user, chain=chain), chain=chain)


class UncoveredFilter(PlaceFilter):
    missing = filters.ChoiceFilter(label=_("Missing"), choices=MISSING, method="is_missing", empty_label=_("All"))

    class Meta:
        model = Household
        fields: tuple[str, ...] = ()

    def is_missing(self, rows: HouseholdQuerySet, _name: str, value: str) -> QuerySet:
        return without_helper(rows, self.request.user, chain=value == CHAIN)


class UncoveredTable(ListTable):
    always = ("head",)
    head = NameColumn(verbose_name=_("household"))
    village = LinkColumn(verbose_name=_("village"), order_by="village__path")
    group = tables.Column(verbose_name=_("villagers' group"))
    people = NumberColumn(verbose_name=_("people"))
    surveyed_on = DateColumn(verbose_name=_("surveyed on"))

    class Meta(ListTable.Meta):
        model = Household
        fields: tuple[str, ...] = ()


class UncoveredTableWithStep(UncoveredTable):
    """For whoever says who helps whom: one more column, leading to the helper whom a household lacks."""

    step = tables.Column(
        verbose_name=_("Next step"), accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    class Meta(UncoveredTable.Meta):
        pass

    def render_step(self, record: Household) -> str:
        if record.is_helped and self.request.GET.get("missing") != CHAIN:  # type: ignore[attr-defined]  # annotated
            return format_html('<span class="quiet">{}</span>', _("Has a helper"))
        address = reverse("choose_pair_kind", args=["household", record.pk])
        return format_html('<a href="{}">{}</a>', address, _("Name a helper"))


class QuotaFilter(PlaceFilter):
    place = "organisation"
    rank = filters.ChoiceFilter(label=_("rank"), choices=Rank.choices)
    short = filters.ChoiceFilter(
        label=_("Shortfall"), choices=[("yes", _("fewer than asked for"))], method="is_short", empty_label=_("All")
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def is_short(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(is_short=True)


class HelperTable(ListTable):
    always = ("name",)
    name = tables.Column(
        verbose_name=_("name of the person"), orderable=False, linkify=lambda record: record.get_absolute_url()
    )
    organisation = LinkColumn(verbose_name=_("organisation"), order_by="organisation__path")
    rank = tables.Column(verbose_name=_("rank"))

    class Meta(ListTable.Meta):
        model = Member
        fields: tuple[str, ...] = ()

    def render_name(self, record: Member) -> str:
        return shown_name(record, near=record.is_near or record.is_readable)  # type: ignore[attr-defined]  # annotated

    value_name = render_name


class QuotaTable(HelperTable):
    quota = NumberColumn(verbose_name=_("Asked for"))
    linked = NumberColumn(verbose_name=_("Looks after"))
    short = NumberColumn(verbose_name=_("Short"), accessor="pk", order_by=("linked",), empty_values=())

    class Meta(HelperTable.Meta):
        pass

    def render_short(self, record: Member):
        missing = self.value_short(record)
        return look.tag("late", missing) if missing else "0"

    def value_short(self, record: Member) -> int:
        return max(record.quota - record.linked, 0)  # type: ignore[attr-defined]  # annotated


class CompositionFilter(PlaceFilter):
    place = "organisation"
    composed = filters.ChoiceFilter(
        label=_("Composition"),
        choices=[("yes", _("as the scheme asks")), ("no", _("not yet"))],
        method="is_composed",
        empty_label=_("All"),
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def is_composed(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(is_composed=value == "yes")


class CompositionTable(HelperTable):
    needy_members = NumberColumn(verbose_name=_("Needy members helped"))
    needy_villagers = NumberColumn(verbose_name=_("Needy villagers helped"))

    class Meta(HelperTable.Meta):
        pass
