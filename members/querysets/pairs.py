"""Reading person-to-person pairs and what was given in them: every chain begins with `visible_to(user)`."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, Q, Value, When

from members.kinds import SENSITIVE_MARKS
from members.states import PairState
from organisations.querysets import placed, within

# Who may leave, by the column that leads to them.
LEAVING = {
    "helper_member": "Member",
    "helper_household": "Household",
    "target_member": "Member",
    "target_household": "Household",
    "target_person": "Person",
}
HELPING = ("helper_member", "helper_household")
PEOPLE = (
    "unit",
    "village",
    "round",
    "helper_organisation",
    "helper_member",
    "helper_household",
    "target_organisation",
    "target_member",
    "target_household",
    "target_person",
)


def left(column: str) -> Q:
    """Pairs whose helper or target has left: asked of the few who have, not of each pair."""
    people = apps.get_model("members", LEAVING[column]).objects.order_by()
    return Q(**{f"{column}__in": people.exclude(left_on=None).values("pk")})


def gone(columns: Iterable[str] = tuple(LEAVING)) -> Q:
    """Pairs in which somebody has left: anybody, or one of the helpers."""
    return reduce(or_, (left(column) for column in columns))


def keys_of_gone() -> models.QuerySet:
    """The keys of the pairs in which somebody has left, each found from whoever left, through an index."""
    pairs = apps.get_model("members", "PersonPair").objects.order_by()
    first, *others = (pairs.filter(left(column)).values("pk") for column in LEAVING)
    return first.union(*others)


class PersonPairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those whose helper or whose target belongs to one's scope, and one's own."""
        scopes = user.scopes("member.read")
        own = apps.get_model("members", "Member").objects.order_by().filter(user=user).values("pk")
        return self.filter(
            placed(scopes, "unit") | placed(scopes, "village") | Q(helper_member__in=own) | Q(target_member__in=own)
        )

    def managed_by(self, user):
        """Those that the user may end or hand to another helper, from either side."""
        scopes = user.scopes("pair.manage")
        return self.filter(within(scopes, "unit__path") | within(scopes, "village__path"))

    def active(self):
        return self.filter(state=PairState.ACTIVE)

    def effective(self):
        """In force, and the helper is still there: only these cover a household."""
        return self.active().exclude(left("helper_member")).exclude(left("helper_household"))

    def gaps(self):
        """In force, though the helper or the target has left: somebody has to act."""
        return self.active().filter(pk__in=keys_of_gone())

    def of_helper(self, user):
        """Those in which the user helps."""
        return self.filter(helper_member__user=user)

    def with_people(self):
        return self.select_related(*PEOPLE)

    def with_nearness(self, user):
        """Adds `is_near`: whether the reader may know the name of the target, as `near` of the people has it."""
        place = within(user.scopes("household.edit"), "village__path")
        own = Q(helper_member__user=user, state=PairState.ACTIVE) | Q(target_organisation__isnull=False)
        members = Q(target_member__isnull=False) & (
            within(user.scopes("member.edit"), "village__path")
            | Q(target_member__user=user)
            | ~Q(target_member__marks__overlap=list(SENSITIVE_MARKS))
        )
        near = own | members | Q(target_member=None) & place
        return self.annotate(
            is_near=Case(When(near, then=Value(True)), default=Value(False), output_field=BooleanField())
        )


class AidQuerySet(models.QuerySet):
    def standing(self):
        """What was not taken back."""
        return self.filter(withdrawn_at=None)
