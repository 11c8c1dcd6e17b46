"""The list of offers and requests, also of those that are no longer open."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, StatusColumn
from organisations.kinds import Resource
from pairing.models import ResourceEntry
from pairing.models.resource import Direction
from pairing.resources import searched
from pairing.speaking import own_organisations
from pairing.states import EntryState


class EntryFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("What or who"), method="found")
    direction = filters.ChoiceFilter(label=_("Offer or request"), choices=Direction.choices)
    resource = filters.ChoiceFilter(label=_("Kind"), choices=Resource.choices)
    state = filters.ChoiceFilter(label=_("State"), choices=EntryState.choices)
    own = filters.ChoiceFilter(label=_("Whose"), choices=[("yes", _("our own"))], method="is_own")

    class Meta:
        model = ResourceEntry
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return searched(rows, value.strip())

    def is_own(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(organisation__in=own_organisations(self.request.user).order_by().values("pk"))


class EntryTable(ListTable):
    always = ("title",)
    title = LinkColumn(verbose_name=_("What it is"))
    direction = tables.Column(verbose_name=_("Offer or request"))
    resource = tables.Column(verbose_name=_("Kind"))
    organisation = tables.Column(verbose_name=_("Organisation"), order_by="organisation__name")
    quantity = tables.Column(verbose_name=_("How much"), orderable=False)
    facility = tables.Column(verbose_name=_("Venue or facility"), visible=False)
    since = DateColumn(verbose_name=_("From"))
    until = DateColumn(verbose_name=_("Until"))
    asked = NumberColumn(verbose_name=_("Asked"))
    agreed = NumberColumn(verbose_name=_("Agreed"))
    state = StatusColumn(verbose_name=_("State"))
    posted_at = DateColumn(verbose_name=_("Posted on"), visible=False)

    class Meta(ListTable.Meta):
        model = ResourceEntry
        fields: tuple[str, ...] = ()
