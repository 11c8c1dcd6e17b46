"""The public list of commitments: organisations only, never a person."""

import django_filters as filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, StatusColumn
from organisations.models import Organisation
from pairing.models import PublicCommitment
from pairing.states import CommitmentState, Side

SHOWN_STATES = [choice for choice in CommitmentState.choices if choice[0] != CommitmentState.DRAFT]


class PublicPromiseFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Unit or village"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=SHOWN_STATES)
    year = filters.NumberFilter(label=_("Year"))

    class Meta:
        model = PublicCommitment
        fields = ("q", "state", "year")

    def found(self, promises, name, value):
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return promises.filter(pairing__unit__in=hits) | promises.filter(pairing__village__in=hits)


class PublicPromiseTable(ListTable):
    always = ("village", "text")
    village = tables.Column(
        verbose_name=_("Village"), accessor="pairing__village__name", order_by="pairing__village__name"
    )
    promiser = tables.Column(verbose_name=_("Who promises"), empty_values=(), orderable=False)
    text = tables.Column(verbose_name=_("What is promised"), orderable=False)
    due_on = DateColumn(verbose_name=_("Due on"))
    state = StatusColumn(verbose_name=_("State"))
    words = tables.Column(verbose_name=_("How far it is"), orderable=False)
    confirmed = tables.Column(verbose_name=_("Confirmed by"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("village", "promiser", "text", "due_on", "state", "words", "confirmed")

    def render_village(self, record: PublicCommitment) -> str:
        pairing = record.pairing
        address = reverse("public_village", args=[pairing.round_id, pairing.village_id])
        return format_html('<a href="{}">{}</a>', address, pairing.village.name)

    def value_village(self, value: str) -> str:
        return value

    def render_promiser(self, record: PublicCommitment) -> str:
        return record.promiser.name

    def render_confirmed(self, record: PublicCommitment) -> str:
        return record.pairing.party(Side(record.side).other).name if record.confirmed_at else "—"
