"""Members, households and persons in the search box: found by name only where the reader may know the name."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.listings.columns import shown_name
from members.models import Household, Member, Person
from members.nearness import READING, place_of
from organisations.search import Found, Group


def members_found(user, query: str, most: int) -> Group:
    return found_in(Member, user, query, most, title=_("Members and cadres"), place="organisation", more="members")


def households_found(user, query: str, most: int) -> Group:
    return found_in(Household, user, query, most, title=_("Households"), place="village", more="households")


def persons_found(user, query: str, most: int) -> Group:
    return found_in(Person, user, query, most, title=_("Single persons"), place="village", more="persons")


def found_in(model: Any, user, query: str, most: int, *, title: str, place: str, more: str) -> Group:
    """One statement; none for whoever reads no roster: whom one helps stand on a page of their own."""
    if not user.can(READING[model]):
        return Group(title=title)
    rows = model.objects.visible_to(user).readable_names(user).present().found_by(query)
    ordered = nearest_first(rows.with_nearness(user).select_related(place), model.named_by, query)
    found = list(ordered[: most + 1])
    return Group(
        title=title,
        found=[Found(shown_name(row), place_of(row).name, row.get_absolute_url()) for row in found[:most]],
        more_url=f"{reverse(more)}?{urlencode({'q': query})}" if len(found) > most else "",
    )


def nearest_first(rows, column: str, query: str):
    """The name itself, then names that begin with it, then the shorter ones."""
    nearness = Case(
        When(**{column: query}, then=Value(0)),
        When(**{f"{column}__startswith": query}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(nearness, Length(column), "pk")
