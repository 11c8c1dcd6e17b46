"""The lists of households and of single persons. Names masked unless the reader is near; no class, no causes."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, PhoneColumn
from members.kinds import PersonKind
from members.listings.columns import NameColumn
from members.listings.coverage import without_helper
from members.listings.places import PRESENCE, in_place
from members.models import Household, Person, PersonPair
from members.querysets.people import HouseholdQuerySet, PeopleQuerySet
from organisations.lists import YesNoColumn

YES = [("yes", _("Yes"))]


def with_helper_count(rows: QuerySet, column: str) -> QuerySet:
    """Adds `helper_count`: how many help now. `column` names the target among the columns of a pair."""
    pairs = PersonPair.objects.active().order_by().filter(**{column: OuterRef("pk")}).values(column)
    count = Subquery(pairs.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return rows.annotate(helper_count=Coalesce(count, 0))


class RosterFilter(filters.FilterSet):
    """What both lists are filtered by."""

    q = filters.CharFilter(label=_("Name or initials"), method="find")
    place = filters.CharFilter(label=_("Village or township"), method="in_place")

    def find(self, rows: PeopleQuerySet, _name: str, query: str) -> QuerySet:
        return rows.readable_names(self.request.user).found_by(query)

    def in_place(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "village", words)

    def kept(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows


def presence():
    return filters.ChoiceFilter(label=_("On the roster"), choices=PRESENCE, empty_label=_("present"), method="kept")


class HouseholdFilter(RosterFilter):
    needy = filters.ChoiceFilter(label=_("in need of help"), choices=YES, method="in_need")
    able = filters.ChoiceFilter(label=_("able to help another household"), choices=YES, method="is_able")
    unhelped = filters.ChoiceFilter(label=_("Without a helper"), choices=YES, method="without_helper")
    unsurveyed = filters.ChoiceFilter(label=_("Not surveyed yet"), choices=YES, method="not_surveyed")
    presence = presence()

    class Meta:
        model = Household
        fields: tuple[str, ...] = ()

    def in_need(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows.filter(is_needy=True)

    def is_able(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows.filter(is_able=True)

    def without_helper(self, rows: HouseholdQuerySet, _name: str, _choice: str) -> QuerySet:
        return without_helper(rows, self.request.user)

    def not_surveyed(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows.filter(surveyed_on=None)


class HouseholdTable(ListTable):
    head = NameColumn(verbose_name=_("head of the household"))
    village = tables.Column(verbose_name=_("village"), order_by="village__path")
    group = tables.Column(verbose_name=_("villagers' group"), orderable=False)
    people = NumberColumn(verbose_name=_("people"))
    is_needy = YesNoColumn(verbose_name=_("in need of help"))
    is_able = YesNoColumn(verbose_name=_("able to help another household"), visible=False)
    helper_count = NumberColumn(verbose_name=_("helpers now"), orderable=False)
    surveyed_on = DateColumn(verbose_name=_("surveyed on"))
    phone = PhoneColumn(verbose_name=_("phone"), orderable=False)
    number = tables.Column(verbose_name=_("number on the roster"), visible=False, orderable=False)
    left_on = DateColumn(verbose_name=_("left on"), visible=False)

    class Meta(ListTable.Meta):
        model = Household
        fields: tuple[str, ...] = ()


class PersonFilter(RosterFilter):
    kind = filters.ChoiceFilter(label=_("kind"), choices=PersonKind.choices)
    presence = presence()

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()


class PersonTable(ListTable):
    name = NameColumn(verbose_name=_("name of the person"))
    village = tables.Column(verbose_name=_("village"), order_by="village__path")
    kind = tables.Column(verbose_name=_("kind"))
    helper_count = NumberColumn(verbose_name=_("helpers now"), orderable=False)
    phone = PhoneColumn(verbose_name=_("phone"), orderable=False)
    left_on = DateColumn(verbose_name=_("left on"), visible=False)

    class Meta(ListTable.Meta):
        model = Person
        fields: tuple[str, ...] = ()
