"""The list of duties of a round: who owes what, by when, how far it is."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn
from core.templatetags import look
from duties.models import Duty
from duties.states import SOON_DAYS, Standing
from organisations.areas import AreaFilter
from organisations.models import Organisation
from pairing.listings.pairings import PartiesFilter
from pairing.models import Round
from pairing.models.scheme_change import obligations_of
from pairing.schemes.duty_words import Subject
from visits.listings.activities import day_input


class DutyFilter(PartiesFilter):
    """Used through `of_round`."""

    through = "pairing__"
    of: Round
    round = kind = None
    obligation = filters.ChoiceFilter(label=_("Duty"))
    due = filters.DateFilter(label=_("By"), field_name="due_on", widget=day_input())
    now = filters.ChoiceFilter(
        label=_("Period"), choices=[("yes", _("the one that runs"))], method="runs", widget=forms.HiddenInput
    )
    standing = filters.ChoiceFilter(label=_("How far"), choices=Standing.choices, method="stands")
    since = filters.DateFilter(
        label=_("Due from the day"), field_name="due_on", lookup_expr="gte", widget=forms.HiddenInput
    )
    until = filters.DateFilter(
        label=_("Due up to the day"), field_name="due_on", lookup_expr="lte", widget=forms.HiddenInput
    )
    area = AreaFilter("pairing__village")

    class Meta:
        model = Duty
        fields = ("q", "obligation", "township", "due", "now", "standing")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rules = [rule for rule in obligations_of(self.of, timezone.localdate()) if rule.subject != Subject.FLOATING]
        self.filters["obligation"].extra["choices"] = [(rule.key, rule.name) for rule in rules]

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        places = ("pairing__unit", "pairing__village", "organisation", "unit", "village", "household__village")
        return rows.filter(reduce(or_, (Q(**{f"{place}__in": hits}) for place in places)))

    def runs(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        return rows.filter(starts_on__lte=today, due_on__gte=today)

    def stands(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(standing(value))


def standing(value: str) -> Q:
    """As counted last; what is met is met whenever it was due."""
    today = timezone.localdate()
    met = Q(done__gte=F("least"))
    if value == Standing.MET:
        return met
    if value == Standing.LATE:
        return ~met & Q(due_on__lt=today)
    soon = Q(due_on__lte=today + timedelta(days=SOON_DAYS))
    return ~met & Q(due_on__gte=today) & (soon if value == Standing.SOON else ~soon)


def of_round(round: Round) -> type[DutyFilter]:
    return type("DutyFilter", (DutyFilter,), {"of": round})


class DutyTable(ListTable):
    always = ("subject", "name")
    subject = LinkColumn(verbose_name=_("Who owes it"), accessor="subject", orderable=False)
    name = tables.Column(verbose_name=_("Duty"), order_by="obligation")
    period = tables.Column(verbose_name=_("Period"), accessor="period_words", order_by="starts_on")
    due_on = DateColumn(verbose_name=_("By"))
    done = NumberColumn(verbose_name=_("Done, of at least"), orderable=False)
    waiting = NumberColumn(verbose_name=_("To be confirmed"))
    standing = tables.Column(verbose_name=_("How far"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Duty
        fields: tuple[str, ...] = ("subject", "name", "period", "due_on", "done", "waiting", "standing")

    def render_done(self, record: Duty) -> str:
        return f"{record.done} / {record.least}"

    def render_standing(self, record: Duty) -> Any:
        today = timezone.localdate()
        return look.tag(record.tone(today), record.standing(today).label)

    def value_standing(self, record: Duty) -> str:
        return str(record.standing(timezone.localdate()).label)
