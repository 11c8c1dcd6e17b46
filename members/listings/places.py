"""Filters that the lists of people share: where they live or belong, and whether they are still there."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from organisations.querysets import within

MOST_PLACES = 50
# What is not chosen shows those who are there.
PRESENCE = (("left", pgettext_lazy("roster", "left")), ("all", _("present and left")))


def in_place(rows: QuerySet, column: str, words: str) -> QuerySet:
    """Those in an organisation that is called so, or below one. By words: a county has hundreds of villages."""
    places = Organisation.objects.order_by().found_by(words).values_list("path", flat=True)[:MOST_PLACES]
    return rows.filter(within(places, f"{column}__path"))


def chosen_presence(rows: Any, choice: str) -> Any:
    """Before anything else is counted, so that the denominator is that of the list."""
    if choice == "left":
        return rows.filter(left_on__isnull=False)
    return rows if choice == "all" else rows.filter(left_on=None)
