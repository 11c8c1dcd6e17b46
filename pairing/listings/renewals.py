"""The list of the pairings of the last round with the answers of both sides about going on."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import LinkColumn, ListTable
from core.templatetags.look import tag
from organisations.models import Organisation
from pairing.models import Pairing

PENDING, RENEWED, DECLINED = "pending", "renewed", "declined"
OUTCOMES = [(PENDING, _("not all have answered")), (RENEWED, _("renewed")), (DECLINED, _("declined"))]
WORDS = {True: ("done", _("consents")), False: ("late", _("declines")), None: ("wait", _("has not answered"))}


class RenewalFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Unit or village"), method="found")
    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=OUTCOMES, method="of_outcome")

    class Meta:
        model = Pairing
        fields = ("q", "outcome")

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(unit_now__in=hits) | Q(village_now__in=hits))

    def of_outcome(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        declined = Q(unit_consents=False) | Q(village_consents=False)
        if value == RENEWED:
            return rows.filter(renewed_by__isnull=False)
        if value == DECLINED:
            return rows.filter(declined)
        return rows.filter(renewed_by=None).exclude(unit_consents=False).exclude(village_consents=False)


class RenewalTable(ListTable):
    always = ("unit", "village")
    unit = LinkColumn(
        verbose_name=_("Aiding unit"),
        accessor="unit_named",
        linkify=lambda record: reverse("renew_pairing", args=[record.pk]),
    )
    village = tables.Column(verbose_name=_("Paired village"), accessor="village_named")
    unit_consents = tables.Column(verbose_name=_("The unit"), empty_values=())
    village_consents = tables.Column(verbose_name=_("The village"), empty_values=())
    renewed = tables.Column(verbose_name=_("New pairing"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("unit", "village", "unit_consents", "village_consents", "renewed")

    def render_unit_consents(self, value):
        return tag(*WORDS[value])

    def render_village_consents(self, value):
        return tag(*WORDS[value])

    def render_renewed(self, record):
        new = getattr(record, "renewed_by", None)
        return tag("done", _("renewed")) if new else "—"
