"""The lists of secondments, liaison officers, trainings, double trainings, zones and services."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, PairColumn
from members.listings.narrowed import FromFigures, LastingFromFigures
from members.models import Advancement, CentreService, Liaison, Member, Secondment, Training, Zone
from organisations.models import Organisation

TIMES = [("now", _("at present")), ("over", _("over"))]


def about(value: str, *places: str) -> Q:
    """Rows whose member or whose organisations (`places`) are found by what was typed."""
    found = Organisation.objects.found_by(value).order_by().values("pk")
    condition = Q(member__in=Member.objects.found_by(value).order_by().values("pk"))
    for place in places:
        condition |= Q(**{f"{place}__in": found})
    return condition


class SecondmentFilter(LastingFromFigures):
    place_columns = ("sender", "host")
    q = filters.CharFilter(label=_("Person or organisation"), method="found")
    kind = filters.ChoiceFilter(label=_("kind of person"), choices=Secondment.Kind.choices)
    direction = filters.ChoiceFilter(label=_("direction"), choices=Secondment.Direction.choices)
    time = filters.ChoiceFilter(label=_("Time"), choices=TIMES, method="at_present")

    class Meta:
        model = Secondment
        fields: list[str] = []

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(about(value, "sender", "host"))

    def at_present(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        current = Secondment.objects.current().order_by().values("pk")
        return rows.filter(pk__in=current) if value == "now" else rows.filter(until__lt=timezone.localdate())


class SecondmentTable(ListTable):
    always = ("member",)
    member = tables.Column(verbose_name=_("member"), linkify=lambda record: record.get_absolute_url())
    kind = tables.Column(verbose_name=_("kind of person"))
    direction = tables.Column(verbose_name=_("direction"))
    sender = LinkColumn(verbose_name=_("sent by"))
    host = LinkColumn(verbose_name=_("works at"))
    post = tables.Column(verbose_name=_("post held there"))
    since = DateColumn(verbose_name=_("first day"))
    until = DateColumn(verbose_name=_("last day"))

    class Meta(ListTable.Meta):
        fields = ("member", "kind", "direction", "sender", "host", "post", "since", "until")
        sequence = fields


class LiaisonFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Person or organisation"), method="found")

    class Meta:
        model = Liaison
        fields: list[str] = []

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(about(value, "pairing__unit", "pairing__village"))


class LiaisonTable(ListTable):
    always = ("pairing",)
    pairing = PairColumn("pairing__unit", "pairing__village", verbose_name=_("The pairing"), orderable=False)
    member = tables.Column(verbose_name=_("liaison officer"))
    organisation = LinkColumn(verbose_name=_("organisation"), accessor="member__organisation", orderable=False)
    since = DateColumn(verbose_name=_("first day"))
    until = DateColumn(verbose_name=_("last day"))

    class Meta(ListTable.Meta):
        fields = ("pairing", "member", "organisation", "since", "until")
        sequence = fields


class TrainingFilter(FromFigures):
    day_column, place_columns = "starts_on", ("organiser", "village")
    q = filters.CharFilter(label=_("programme"), field_name="title", lookup_expr="icontains")
    kind = filters.ChoiceFilter(label=_("kind"), choices=Training.Kind.choices)
    year = filters.NumberFilter(label=_("Year"), field_name="starts_on__year")

    class Meta:
        model = Training
        fields: list[str] = []


class TrainingTable(ListTable):
    always = ("title",)
    title = LinkColumn(verbose_name=_("programme"))
    kind = tables.Column(verbose_name=_("kind"))
    organiser = LinkColumn(verbose_name=_("organiser"))
    starts_on = DateColumn(verbose_name=_("first day"))
    persons = NumberColumn(verbose_name=_("number of persons"))
    person_times = NumberColumn(verbose_name=_("person-times"))
    technicians = NumberColumn(verbose_name=_("technicians"))

    class Meta(ListTable.Meta):
        fields = ("title", "kind", "organiser", "starts_on", "persons", "person_times", "technicians")
        sequence = fields


class AdvancementFilter(FromFigures):
    place_columns = ("member__organisation",)
    way = filters.ChoiceFilter(label=_("way"), choices=Advancement.Way.choices)
    year = filters.NumberFilter(label=_("Year"), field_name="on__year")

    class Meta:
        model = Advancement
        fields: list[str] = []


class AdvancementTable(ListTable):
    always = ("member",)
    member = tables.Column(verbose_name=_("member"))
    organisation = LinkColumn(verbose_name=_("organisation"), accessor="member__organisation", orderable=False)
    way = tables.Column(verbose_name=_("way"))
    on = DateColumn(verbose_name=_("day"))

    class Meta(ListTable.Meta):
        fields = ("member", "organisation", "way", "on")
        sequence = fields


class ZoneFilter(FromFigures):
    place_columns = ("village",)
    kind = filters.ChoiceFilter(label=_("kind"), choices=Zone.Kind.choices)

    class Meta:
        model = Zone
        fields: list[str] = []


class ZoneTable(ListTable):
    always = ("name",)
    name = LinkColumn(verbose_name=_("name"))
    kind = tables.Column(verbose_name=_("kind"))
    village = LinkColumn(verbose_name=_("village"))
    area = tables.Column(verbose_name=_("area or purpose"), orderable=False)
    people = NumberColumn(verbose_name=_("members"), accessor="member_count")
    served = NumberColumn(verbose_name=_("households"), accessor="household_count")

    class Meta(ListTable.Meta):
        fields = ("name", "kind", "village", "area", "people", "served")
        sequence = fields


class ServiceFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("kind"), choices=CentreService.Kind.choices)
    year = filters.NumberFilter(label=_("Year"), field_name="on__year")

    class Meta:
        model = CentreService
        fields: list[str] = []


class ServiceTable(ListTable):
    always = ("on",)
    on = DateColumn(verbose_name=_("day"))
    kind = tables.Column(verbose_name=_("kind"))
    persons = NumberColumn(verbose_name=_("persons served"))
    words = tables.Column(verbose_name=pgettext_lazy("service", "what was done"), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("on", "kind", "persons", "words")
        sequence = fields
