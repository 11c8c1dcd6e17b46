"""One box, everywhere: each app adds a group of what it finds (settings.SEARCH_GROUPS)."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.names import normal
from organisations.keeping import KEEPING, people_kept_by
from organisations.lists import with_parent_name
from organisations.models import Appointment, Organisation

SUGGESTIONS = 8
RESULTS = 50
LONGEST = 60


@dataclass(frozen=True)
class Found:
    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    title: str
    found: list[Found] = field(default_factory=list)
    more_url: str = ""


def search(user, query: str, most: int) -> list[Group]:
    """Groups that found anything, in the order of the settings; at most `most` of each."""
    query = normal(query)[:LONGEST]
    if not query:
        return []
    groups = (import_string(name)(user, query, most) for name in settings.SEARCH_GROUPS)
    return [group for group in groups if group.found]


def nearest_first(rows: QuerySet, query: str) -> QuerySet:
    """The name itself, then names that begin with it, then shorter names before longer ones."""
    nearness = Case(
        When(name=query, then=Value(0)),
        When(name__startswith=query, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(nearness, Length("name"), "pk")


def organisations_found(user, query: str, most: int) -> Group:
    rows = nearest_first(Organisation.objects.readable_by(user).found_by(query), query)
    found = list(with_parent_name(rows)[: most + 1])
    return Group(
        title=_("Organisations"),
        found=[Found(row.name, described(row), row.get_absolute_url()) for row in found[:most]],
        more_url=f"{reverse('organisations')}?{urlencode({'q': query})}" if len(found) > most else "",
    )


def described(organisation: Organisation) -> str:
    words = [str(organisation.get_kind_display()), organisation.parent_name or ""]
    if organisation.closed_on:
        words.append(pgettext("organisation", "closed"))
    return " · ".join(word for word in words if word)


def people_found(user, query: str, most: int) -> Group:
    """For those who keep posts; everybody else finds nobody."""
    if not user.can(KEEPING):
        return Group(title=_("People"))
    posts = Prefetch(
        "appointments", Appointment.objects.current().select_related("organisation"), to_attr="current_posts"
    )
    rows = nearest_first(people_kept_by(user).found_by(query), query).prefetch_related(posts)
    found = list(rows[: most + 1])
    return Group(
        title=_("People"),
        found=[
            Found(row.name, "；".join(str(post) for post in row.current_posts), row.get_absolute_url())
            for row in found[:most]
        ],
        more_url=f"{reverse('users')}?{urlencode({'q': query})}" if len(found) > most else "",
    )
