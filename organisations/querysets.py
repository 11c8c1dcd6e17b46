"""Reading organisations: every chain begins with `visible_to(user)`."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

from core.names import normal, query_grams
from organisations.kinds import UNITS, Kind


class Exactly(str):
    """A tree path that means the node itself, and nothing below it."""

    __slots__ = ()


def within(paths, field: str = "path") -> Q:
    """Rows whose tree path lies under one of `paths`; none where there are no paths."""
    fitting = ((field if isinstance(path, Exactly) else f"{field}__startswith", path) for path in paths)
    return reduce(or_, map(Q, dict.fromkeys(fitting)), Q(pk__in=[]))  # two posts at one place are asked for once


def lies_in(path: str, scope: str) -> bool:
    """The same of one path."""
    return path == scope if isinstance(scope, Exactly) else path.startswith(scope)


def placed(paths, column: str) -> Q:
    """As `within`, for rows whose `column` is the key of an organisation: many rows are counted without a join."""
    places = apps.get_model("organisations", "Organisation").objects.order_by().filter(within(paths))
    return Q(**{f"{column}__in": places.values("pk")})


class OrganisationQuerySet(MP_NodeQuerySet):
    def visible_to(self, user):
        """What lies in the subtree of one of the user's appointments."""
        return self.filter(within(user.scopes()))

    def readable_by(self, user):
        """That, and single organisations that an upper app opens to the user: whom they are paired with."""
        opened = (import_string(name)(user) for name in settings.READABLE_ORGANISATIONS)
        return self.filter(reduce(or_, opened, within(user.scopes())))

    def managed_by(self, user, permission: str):
        """What lies in the subtree of an appointment that grants `permission`."""
        return self.filter(within(user.scopes(permission)))

    def open(self):
        return self.filter(closed_on=None)

    def villages(self):
        return self.filter(kind=Kind.VILLAGE)

    def units(self):
        return self.filter(kind__in=UNITS)

    def under(self, organisation):
        """The organisation itself and everything below it."""
        return self.filter(path__startswith=organisation.path)

    def found_by(self, query: str):
        """Names, former names, codes and pinyin initials that contain `query`."""
        query = normal(query)
        if not query:
            return self.none()
        return self.filter(search_grams__contains=query_grams(query), search_text__contains=query)


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self):
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")
