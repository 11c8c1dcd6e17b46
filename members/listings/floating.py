"""The list of floating members, the same for both desks, and its export."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, StatusColumn
from members.floating import desks
from members.models import FloatingRecord, Member
from members.nearness import Reader
from members.states import FLOATING, FloatingState
from organisations.models import Organisation

FLOATING_WORD = "floating"
STATES = [(FLOATING_WORD, _("floating now")), *FloatingState.choices]


class FloatingFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Member or organisation"), method="found")
    check = filters.ChoiceFilter(label=_("What is amiss"), choices=desks.CHOICES, method="amiss")
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")

    class Meta:
        model = FloatingRecord
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        members = Member.objects.readable_names(self.request.user).found_by(value).order_by().values("pk")
        places = Organisation.objects.found_by(value).order_by().values("pk")
        named = Q(member__in=members) | Q(origin__in=places) | Q(destination__in=places)
        return rows.filter(named | Q(place__contains=value.strip()))

    def amiss(self, rows, _name: str, value: str) -> QuerySet:
        return desks.checked(rows, value, timezone.localdate())

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(state__in=FLOATING if value == FLOATING_WORD else [value])


class FloatingTable(ListTable):
    always = ("member",)
    member = tables.Column(
        verbose_name=_("Member"), orderable=False, linkify=lambda record: record.get_absolute_url()
    )  # the order would tell the names that are masked
    origin = tables.Column(verbose_name=_("Place of origin"), order_by="origin__path")
    where = tables.Column(verbose_name=_("Destination"), order_by=("destination__path", "place"), empty_values=("",))
    leaves_on = DateColumn(verbose_name=_("Leaves on"))
    reported_in_on = DateColumn(verbose_name=_("Reported in on"))
    last_contact_on = DateColumn(verbose_name=_("Last contact of the two places"))
    placement = tables.Column(verbose_name=_("Taken in by"), visible=False)
    certificate_number = tables.Column(verbose_name=_("Certificate number"), visible=False)
    agreement_signed_on = DateColumn(verbose_name=_("Agreement signed on"), visible=False)
    trained_on = DateColumn(verbose_name=_("Trained before leaving on"), visible=False)
    state = StatusColumn(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = FloatingRecord
        fields: tuple[str, ...] = ()

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.request.user)  # type: ignore[attr-defined]  # `sorted_table` gives it

    def render_member(self, record: FloatingRecord) -> str:
        return self.reader.name_of(record.member)

    value_member = render_member

    def render_origin(self, record: FloatingRecord) -> str:
        return record.origin.name
