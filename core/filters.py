"""Filters that no person sets: a link from a page of figures leads through them to the rows behind a number."""

import django_filters as filters
from django import forms

GREATEST_KEY = 2**31 - 1


class KeyFilter(filters.NumberFilter):
    """By the key of a record; without a `column`, of the column that it is called after."""

    def __init__(self, label, column: str | None = None, **options):
        super().__init__(label=label, field_name=column, max_value=GREATEST_KEY, widget=forms.HiddenInput, **options)
