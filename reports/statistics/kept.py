"""Kept views of the tables: what of an address is kept, and what of it is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.models import User
from pairing.forms.figures import places_named
from pairing.models import Round
from reports.models import SavedView
from reports.statistics.frame import Statistic, all_statistics

ROUNDS = ("round", "against_round")


@dataclass(frozen=True)
class Shown:
    """`gone`: what the view names and is not there any more, in a sentence; empty where all is there."""

    view: SavedView
    title: str
    gone: str
    is_own: bool


def kept_words(statistic: Statistic, given: str) -> str:
    """What the form of the table knows of an address, in one order."""
    found = QueryDict(given)
    kept = QueryDict(mutable=True)
    for name in sorted(statistic.form.base_fields):
        if found.get(name):
            kept[name] = found[name]
    return kept.urlencode()


def views_for(user: User, table: str = "") -> list[Shown]:
    """Two statements, however many."""
    rows = SavedView.objects.visible_to(user).select_related("organisation", "kept_by").distinct()
    views = list(rows.filter(table=table) if table else rows)
    wanted = {key for view in views for key in rounds_in(view)}
    there = set(Round.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [Shown(view, title_of(view), gone_of(user, view, there), view.kept_by_id == user.pk) for view in views]


def title_of(view: SavedView) -> str:
    statistic = all_statistics().get(view.table)
    return f"{view.table} {statistic.name}" if statistic else view.table


def rounds_in(view: SavedView) -> list[int]:
    given = QueryDict(view.query)
    return [int(given[name]) for name in ROUNDS if given.get(name, "").isdecimal() and len(given[name]) < 10]


def gone_of(user: User, view: SavedView, rounds: Iterable[int]) -> str:
    statistic = all_statistics().get(view.table)
    if statistic is None or not statistic.is_for(user):
        return _("There is no table %(table)s any more, or you may not read it.") % {"table": view.table}
    if set(rounds_in(view)) - set(rounds):
        return _("The round that it names is gone, or you do not see it any more.")
    return lines_gone(statistic, view)


def lines_gone(statistic: Statistic, view: SavedView) -> str:
    by = QueryDict(view.query).get("by", "")
    kinds: Any = statistic.by
    return _("The lines that it asks for are gone.") if by and by not in kinds.values else ""


def place_gone(user: User, view: SavedView) -> str:
    """Asked only when it is opened: each place is looked for by its name."""
    words = QueryDict(view.query).get("place", "")
    if words and not places_named(user, words):
        return _("No place is called “%(place)s” any more among those you see.") % {"place": words}
    return ""


def address_of(view: SavedView) -> str:
    return reverse("statistics_table", args=[view.table]) + (f"?{view.query}" if view.query else "")
