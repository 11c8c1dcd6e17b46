"""By what a link from a page of figures narrows a list, so that it shows exactly the rows behind the number."""

from datetime import date

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pairing.forms.figures import near


class FromFigures(filters.FilterSet):
    """`day_column` says of which day a row is, `place_columns` near which organisations."""

    since = filters.DateFilter(label=_("From the day"), method="from_day", widget=forms.HiddenInput)
    until = filters.DateFilter(label=_("Up to the day"), method="up_to_day", widget=forms.HiddenInput)
    place = filters.CharFilter(label=_("Area, unit or village"), method="is_near", widget=forms.HiddenInput)
    day_column = "on"
    place_columns: tuple[str, ...] = ("organisation",)

    def from_day(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.filter(**{f"{self.day_column}__gte": day})

    def up_to_day(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.filter(**{f"{self.day_column}__lte": day})

    def is_near(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        return rows.filter(near(self.request.user, words, *self.place_columns))


class LastingFromFigures(FromFigures):
    """Of rows that last from `since` to `until`: those that lasted on some of the days."""

    def from_day(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.exclude(until__lt=day)

    def up_to_day(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.filter(since__lte=day)


class StoodOn(filters.FilterSet):
    """Of rows that last: those that were in force at the end of a day."""

    on = filters.DateFilter(label=_("In force on"), method="stood_on", widget=forms.HiddenInput)

    def stood_on(self, rows: QuerySet, _name: str, day: date) -> QuerySet:
        return rows.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
