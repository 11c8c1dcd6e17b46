"""The list of members and cadres, and its ready rosters by mark (SF-12)."""

from collections.abc import Iterable
from dataclasses import dataclass

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, PhoneColumn
from members.kinds import ROSTER_NAMES, ROSTERS, Mark, Rank
from members.listings.columns import NameColumn
from members.listings.places import PRESENCE, in_place
from members.models import Member, PersonPair
from members.querysets.people import MemberQuerySet
from organisations.lists import YesNoColumn


@dataclass(frozen=True)
class Roster:
    key: str
    name: object
    count: int


def rosters(rows: QuerySet) -> list[Roster]:
    """How many stand on each ready roster: one statement."""
    counted = {key: Count("pk", filter=Q(marks__overlap=list(marks))) for key, marks in ROSTERS.items()}
    found = rows.order_by().aggregate(**counted)
    return [Roster(key, ROSTER_NAMES[key], found[key]) for key in ROSTERS]


def with_helped_count(rows: QuerySet) -> QuerySet:
    """Adds `helps_count`: how many households, persons or villages each helps now."""
    pairs = PersonPair.objects.active().order_by().filter(helper_member=OuterRef("pk")).values("helper_member")
    count = Subquery(pairs.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return rows.annotate(helps_count=Coalesce(count, 0))


class MemberFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name or initials"), method="find")
    place = filters.CharFilter(label=_("Organisation or township"), method="in_place")
    roster = filters.ChoiceFilter(label=_("Roster"), choices=list(ROSTER_NAMES.items()), method="on_roster")
    mark = filters.ChoiceFilter(label=_("Mark"), choices=Mark.choices, method="marked")
    rank = filters.ChoiceFilter(label=_("rank"), choices=Rank.choices)
    presence = filters.ChoiceFilter(label=_("On the roster"), choices=PRESENCE, empty_label=_("present"), method="kept")

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def find(self, rows: MemberQuerySet, _name: str, query: str) -> QuerySet:
        return rows.readable_names(self.request.user).found_by(query)

    def in_place(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return in_place(rows, "organisation", words)

    def on_roster(self, rows: MemberQuerySet, _name: str, key: str) -> QuerySet:
        return rows.marked(*ROSTERS[key])

    def marked(self, rows: MemberQuerySet, _name: str, mark: str) -> QuerySet:
        return rows.marked(mark)

    def kept(self, rows: QuerySet, _name: str, _choice: str) -> QuerySet:
        return rows


class MarksColumn(tables.Column):
    """The marks in words, in the order in which they are offered."""

    def render(self, value: Iterable[str]) -> str:
        return "、".join(str(mark.label) for mark in Mark if mark in value)


class MemberTable(ListTable):
    name = NameColumn(verbose_name=_("name of the person"))
    organisation = tables.Column(verbose_name=_("organisation"), order_by="organisation__path")
    rank = tables.Column(verbose_name=_("rank"))
    post = tables.Column(verbose_name=_("post"), orderable=False)
    marks = MarksColumn(verbose_name=_("marks"), orderable=False)
    is_party_member = YesNoColumn(verbose_name=_("Party member"), visible=False)
    number = tables.Column(verbose_name=_("number on the roster"), visible=False)
    helps_count = NumberColumn(verbose_name=_("helps now"), orderable=False)
    phone = PhoneColumn(verbose_name=_("phone"), orderable=False)
    left_on = DateColumn(verbose_name=_("left on"), visible=False)

    class Meta(ListTable.Meta):
        model = Member
        fields: tuple[str, ...] = ()
