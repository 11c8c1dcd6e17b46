"""Reading members, households and persons: every chain begins with `visible_to(user)`.

Whoever sees a record does not yet see whose it is: `with_nearness` says where the reader may read the name in full.
"""

from collections.abc import Collection

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from core.names import normal, query_grams
from members.kinds import SENSITIVE_MARKS, PairKind
from organisations.kinds import AREAS, DESKS, Kind
from organisations.querysets import placed, within
from pairing.models import Pairing

PLACES = (*AREAS, *DESKS, Kind.TOWNSHIP, Kind.VILLAGE)


def helped_in(pairs, target: str) -> Q:
    """Those who are helped in one of these pairs; `target` is a column. Asked of the pairs once, not of each row."""
    standing = pairs.active().order_by().filter(**{f"{target}__isnull": False})
    return Q(pk__in=standing.values(target))


def helped_by(user, target: str) -> Q:
    """Those whom the member who signs in as `user` helps."""
    return helped_in(apps.get_model("members", "PersonPair").objects.of_helper(user), target)


def helped_from(paths, target: str) -> Q:
    """Those whom a member of an organisation under one of `paths` helps."""
    return helped_in(apps.get_model("members", "PersonPair").objects.filter(placed(paths, "unit")), target)


def beyond_area(user, reading: list[str]) -> list[str]:
    """Where the user manages helpers whose villages lie elsewhere: a unit, unlike an area, is paired beyond itself."""
    posts = [post for post in user.posts if post.grants("pair.manage")]
    covered = [
        post for post in posts if post.organisation.kind in PLACES and post.scope_path.startswith(tuple(reading))
    ]
    return [post.reach("pair.manage") for post in posts if post not in covered]


def is_helped(*kinds: str, villages: Collection[int] | None = None) -> Exists:
    """Whether somebody helps the household of the outer query: in any way, or in pairs of these kinds. Where all those
    households live in a few `villages`, only the pairs of these are read.
    """
    pairs = apps.get_model("members", "PersonPair").objects.effective().order_by()
    if kinds:
        pairs = pairs.filter(kind__in=kinds)
    if villages is not None:
        pairs = pairs.filter(village__in=villages)
    return Exists(pairs.filter(target_household=OuterRef("pk")))


class PeopleQuerySet(models.QuerySet):
    """What members, households and persons share. `place` leads to the organisation that keeps the roster."""

    place: str
    target: str
    reading: str
    keeping: str

    def visible_to(self, user):
        """Kept in one's scope, helped by oneself, or helped from where one manages the helpers."""
        reading = user.scopes(self.reading)
        found = placed(reading, self.place) | helped_by(user, self.target)
        if beyond := beyond_area(user, reading):
            found |= helped_from(beyond, self.target) | self.eligible(beyond)
        return self.filter(found)

    def eligible(self, paths) -> Q:
        """Whom a unit under one of `paths` may help though nobody does yet: those of the villages paired with it."""
        pairings = Pairing.objects.standing().filter(within(paths, "unit__path")).order_by()
        return Q(**{f"{self.place}__in": pairings.values("village")})

    def kept_by(self, user):
        """Those that the user may change."""
        return self.filter(within(user.scopes(self.keeping), f"{self.place}__path"))

    def near(self, user) -> Q:
        """Where the reader keeps the roster, or helps: there the name of somebody in need is read in full."""
        return within(user.scopes(self.keeping), f"{self.place}__path") | helped_by(user, self.target)

    def with_nearness(self, user):
        """Adds `is_near`."""
        near = When(self.near(user), then=Value(True))
        return self.annotate(is_near=Case(near, default=Value(False), output_field=BooleanField()))

    def present(self):
        return self.filter(left_on=None)

    def found_by(self, query: str):
        """Names and pinyin initials that contain `query`."""
        query = normal(query)
        if not query:
            return self.none()
        return self.filter(search_grams__contains=query_grams(query), search_text__contains=query)

    def readable_names(self, user):
        """Those whose names the reader may know: only these are to be found by name."""
        return self.filter(self.near(user))


class MemberQuerySet(PeopleQuerySet):
    place, target, reading, keeping = "organisation", "target_member", "member.read", "member.edit"

    def visible_to(self, user):
        """Also those registered in one's scope at home or at work (SF-07), and oneself."""
        registrations = apps.get_model("members", "Registration").objects.current().order_by()
        registered = registrations.filter(within(user.scopes(self.reading), "organisation__path"))
        return self.filter(
            Q(pk__in=super().visible_to(user).order_by().values("pk"))
            | Q(pk__in=registered.values("member"))
            | Q(user=user)
        )

    def near(self, user) -> Q:
        return super().near(user) | Q(user=user)

    def readable_names(self, user):
        """A working roster shows names; those in need only to whoever is near."""
        return self.filter(self.near(user) | ~Q(marks__overlap=list(SENSITIVE_MARKS)))

    def marked(self, *marks: str):
        """Those who bear one of the marks."""
        return self.filter(marks__overlap=list(marks))


class HouseholdQuerySet(PeopleQuerySet):
    place, target, reading, keeping = "village", "target_household", "household.read", "household.edit"

    def in_need(self):
        return self.filter(is_needy=True, left_on=None)

    def without_helper(self, villages: Collection[int], *, chain: bool = False):
        """Needy households of `villages` that nobody helps at this moment, or nobody within the village; who left helps
        nobody.

        A join of both tables: a list of all who are helped would be gone through for each household.
        """
        kinds = (PairKind.CHAIN,) if chain else ()
        return self.in_need().filter(village__in=villages).exclude(is_helped(*kinds, villages=villages))

    def with_helped(self):
        """Adds `is_helped`."""
        return self.annotate(is_helped=is_helped())


class PersonQuerySet(PeopleQuerySet):
    place, target, reading, keeping = "village", "target_person", "household.read", "household.edit"


class RegistrationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)
