"""The list of activities: what, when, between whom, how far it is; and of the people who took part."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import DateColumn, ListTable, NumberColumn, PairColumn, StatusColumn
from members.kinds import Rank
from organisations.areas import AreaFilter
from organisations.kinds import Resource
from organisations.models import Organisation
from pairing.forms.figures import near
from pairing.models import Round
from pairing.schemes.words import Nature
from visits.models import Activity, Participant
from visits.models.tally import TRIPS
from visits.querysets.activities import of_pairings
from visits.states import ActivityState
from visits.tallies import counted_activities

RECORDED, TRIPS_ALONE, NO_RANK = "recorded", "trips", "none"


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActivityFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Unit or village"), method="found")
    round = filters.ModelChoiceFilter(
        label=_("Round"), field_name="pairing__round", queryset=lambda request: Round.objects.visible_to(request.user)
    )
    nature = filters.ChoiceFilter(label=_("kind of activity"), choices=Nature.choices)
    state = filters.ChoiceFilter(label=_("state"), choices=ActivityState.choices)
    since = filters.DateFilter(label=_("From the day"), field_name="on", lookup_expr="gte", widget=day_input())
    until = filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=day_input())
    place = filters.CharFilter(label=_("Area, unit or village"), method="near", widget=forms.HiddenInput)
    unit = KeyFilter(_("aiding unit"), "unit")
    village = KeyFilter(_("village"), "pairing__village")
    area = AreaFilter("pairing__village")
    what = filters.ChoiceFilter(
        label=_("What is counted"), method="counted", widget=forms.HiddenInput,
        choices=[(RECORDED, _("what was done, each once")), (TRIPS_ALONE, _("visits to the village"))],
    )  # fmt: skip
    kind = filters.CharFilter(label=_("activity"), field_name="name", widget=forms.HiddenInput)
    tag = filters.CharFilter(label=_("Tags"), method="with_tag", widget=forms.HiddenInput)
    resource = filters.ChoiceFilter(
        label=_("Resources"), method="with_resource", widget=forms.HiddenInput, choices=Resource.choices
    )
    rank = filters.ChoiceFilter(
        label=_("rank"), method="by_rank", widget=forms.HiddenInput,
        choices=[*Rank.choices, (NO_RANK, _("no rank on the roster"))],
    )  # fmt: skip

    class Meta:
        model = Activity
        fields: list[str] = []

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        named = Organisation.objects.found_by(value).order_by().values("pk")
        of_pairing = Q(unit__in=named) | Q(village__in=named) | Q(partners__unit__in=named)
        found = Q(unit__in=named) | Q(pairing__unit__in=named) | Q(pairing__village__in=named)
        return of_pairings(rows.filter(found), of_pairing)

    def near(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        user = self.request.user
        found = near(user, value, "unit", "pairing__unit", "pairing__village")
        return of_pairings(rows.filter(found), near(user, value, "unit", "village", "partners__unit"))

    def counted(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        rows = counted_activities(rows)
        return rows.filter(nature__in=TRIPS) if value == TRIPS_ALONE else rows

    def with_tag(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(tags__contains=[value])

    def with_resource(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(resources__contains=[value])

    def by_rank(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(ranks__contains=["" if value == NO_RANK else value])


class ActivityTable(ListTable):
    """In the order of the days alone: any other would have the database read millions before the first line."""

    always = ("name",)
    name = tables.Column(verbose_name=_("activity"), linkify=lambda record: record.get_absolute_url(), orderable=False)
    on = DateColumn(verbose_name=_("day"))
    pairing = PairColumn("unit", "pairing__village", verbose_name=_("pairing"), orderable=False)
    side = tables.Column(verbose_name=_("side that recorded it"), orderable=False)
    persons = NumberColumn(verbose_name=_("number of persons"), orderable=False)
    person_times = NumberColumn(verbose_name=_("person-times"), orderable=False)
    state = StatusColumn(verbose_name=_("state"), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "on", "pairing", "side", "persons", "person_times", "state")
        sequence = fields


class PeopleFilter(filters.FilterSet):
    """Finds a name; the activities are those that `ActivityFilter` leaves, by the same address."""

    name = filters.CharFilter(label=_("Name"), lookup_expr="contains")
    since = filters.DateFilter(label=_("From the day"), method="keep", widget=day_input())
    until = filters.DateFilter(label=_("Up to the day"), method="keep", widget=day_input())
    round, state, place, unit, village, rank, kind, tag, resource = (
        filters.CharFilter(method="keep", widget=forms.HiddenInput) for _number in range(9)
    )

    class Meta:
        model = Participant
        fields: list[str] = []

    def keep(self, rows: QuerySet, name: str, value) -> QuerySet:
        return rows


class PeopleTable(ListTable):
    """Somebody of one name and unit is one person, however often they went."""

    always = ("name",)
    name = tables.Column(verbose_name=_("name of the person"))
    unit = tables.Column(
        verbose_name=_("aiding unit"), accessor="activity__unit__name", order_by="activity__unit__path"
    )
    times = NumberColumn(verbose_name=_("took part in"))
    last = DateColumn(verbose_name=_("most recently"))

    class Meta(ListTable.Meta):
        model = Participant
        fields: tuple[str, ...] = ()
