"""The lists of greeting letters, forums and applicants."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, StatusColumn
from members.models import FloatingApplicant, FloatingForum, GreetingBatch
from members.states import ApplicantState
from organisations.models import Organisation


def page_of(record) -> str:
    return record.get_absolute_url()


class PlaceFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Party organisation"), method="found")

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(place__in=Organisation.objects.found_by(value).order_by().values("pk"))


class BatchTable(ListTable):
    always = ("place",)
    place = tables.Column(verbose_name=_("Sent by"), linkify=page_of, order_by="place__path")
    year = NumberColumn(verbose_name=_("Year"))
    letters_count = NumberColumn(verbose_name=_("Letters"))
    sent_count = NumberColumn(verbose_name=_("Sent"))
    received_count = NumberColumn(verbose_name=_("Receipts"))
    window_starts_on = DateColumn(verbose_name=_("To be sent from"))
    window_ends_on = DateColumn(verbose_name=_("To be sent until"))

    class Meta(ListTable.Meta):
        model = GreetingBatch
        fields: tuple[str, ...] = ()


class ForumTable(ListTable):
    always = ("place",)
    place = tables.Column(verbose_name=_("Party organisation"), linkify=page_of, order_by="place__path")
    lunar_year = NumberColumn(verbose_name=_("Lunar year"))
    held_on = DateColumn(verbose_name=_("Held on"))
    came = NumberColumn(verbose_name=_("Took part"))
    appraised = NumberColumn(verbose_name=_("Appraised"))

    class Meta(ListTable.Meta):
        model = FloatingForum
        fields: tuple[str, ...] = ()


class ApplicantFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Party organisation"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=ApplicantState.choices)

    class Meta:
        model = FloatingApplicant
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(origin__in=hits) | Q(destination__in=hits))


class ApplicantTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("Applicant"), linkify=page_of, empty_values=())
    origin = tables.Column(verbose_name=_("Place of origin"), order_by="origin__path")
    destination = tables.Column(verbose_name=_("Destination"), order_by="destination__path")
    lead = tables.Column(verbose_name=_("In charge"))
    applied_on = DateColumn(verbose_name=_("Applied on"))
    at_origin = NumberColumn(verbose_name=_("Done at the place of origin"))
    at_destination = NumberColumn(verbose_name=_("Done at the destination"))
    state = StatusColumn(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = FloatingApplicant
        fields: tuple[str, ...] = ()

    def render_name(self, record: FloatingApplicant) -> str:
        return str(record)
