"""What the lists of the outbox and of group channels show and filter."""

import django_filters
import django_tables2 as tables
from django import forms
from django.utils.translation import gettext_lazy as _

from core.tables import SHORT, DateColumn, LinkColumn, ListTable, NumberColumn, StatusColumn
from office.lists import MomentColumn
from office.models import GroupChannel, Outgoing, Robot
from office.outbox.states import Medium, OutgoingState


class OutgoingFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=OutgoingState.choices, empty_label=_("All"))
    medium = django_filters.ChoiceFilter(label=_("Channel"), choices=Medium.choices, empty_label=_("All"))
    recipient = django_filters.CharFilter(label=_("Recipient"), field_name="recipient__name", lookup_expr="icontains")
    day = django_filters.DateFilter(
        label=_("Day"), field_name="made_at", lookup_expr="date", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Outgoing
        fields = ("state", "medium", "recipient", "day")


class OutgoingTable(ListTable):
    subject_text = LinkColumn(verbose_name=_("Subject"), order_by="kind")
    addressee = tables.Column(verbose_name=_("Recipient"), order_by=("recipient__name", "group__name"))
    medium = tables.Column(verbose_name=_("Channel"), attrs=SHORT)
    state = StatusColumn(verbose_name=_("State"))
    tries = NumberColumn(verbose_name=_("Attempts"))
    made_at = MomentColumn(verbose_name=_("Written at"))
    next_at = MomentColumn(verbose_name=_("Next attempt"))

    class Meta(ListTable.Meta):
        model = Outgoing
        fields = ("subject_text", "addressee", "medium", "state", "tries", "made_at", "next_at")


class GroupChannelFilter(django_filters.FilterSet):
    robot = django_filters.ChoiceFilter(label=_("Kind of robot"), choices=Robot.choices, empty_label=_("All"))

    class Meta:
        model = GroupChannel
        fields = ("robot",)


class GroupChannelTable(ListTable):
    name = LinkColumn(verbose_name=_("Group"))
    organisation = tables.Column(verbose_name=_("Organisation"), linkify=True)
    robot = tables.Column(verbose_name=_("Kind of robot"))
    made_at = DateColumn(verbose_name=_("Since"))
    off_at = DateColumn(verbose_name=_("Switched off"))

    class Meta(ListTable.Meta):
        model = GroupChannel
        fields = ("name", "organisation", "robot", "made_at", "off_at")
