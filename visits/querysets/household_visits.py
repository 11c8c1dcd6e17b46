"""Reading household visits: every chain begins with `visible_to(user)`."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When

from members.kinds import SENSITIVE_MARKS
from members.models import PersonPair
from organisations.querysets import within
from pairing.states import RoundState

MANAGE, READ, KEEP = "pair.manage", "household.read", "household.edit"
HELPED = ("target_household", "target_member", "target_person")


def helped_by(user, visit: str = "") -> Q:
    """The user helps whoever was visited; `visit` leads to the visit."""
    mine = PersonPair.objects.active().of_helper(user).order_by()
    return reduce(or_, (Q(Exists(mine.filter(**{each: OuterRef(f"{visit}{each}")}))) for each in HELPED))


def nearness(user, visit: str = "") -> Case:
    """Whether the reader may know the name of whoever was visited, as `near` of the people has it."""
    member, village = f"{visit}target_member", f"{visit}village__path"
    members = Q(**{f"{member}__isnull": False}) & (
        within(user.scopes("member.edit"), village)
        | Q(**{f"{member}__user": user})
        | ~Q(**{f"{member}__marks__overlap": list(SENSITIVE_MARKS)})
    )
    near = helped_by(user, visit) | members | Q(**{member: None}) & within(user.scopes(KEEP), village)
    return Case(When(near, then=Value(True)), default=Value(False), output_field=BooleanField())


class HouseholdVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As households: the village, whoever helps, and where those who help come from; and one's own."""
        return self.filter(
            Q(recorded_by=user)
            | within(user.scopes(READ), "village__path")
            | within(user.scopes(MANAGE), "unit__path")
            | helped_by(user)
        )

    def with_nearness(self, user):
        """Adds `is_near`."""
        return self.annotate(is_near=nearness(user))

    def with_target(self):
        return self.select_related(*HELPED, "village", "unit", "round__scheme_version", "recorded_by")

    def standing(self):
        """What was not taken back."""
        return self.filter(withdrawn_at=None)

    def paid(self):
        """Those that count: they took place and were not taken back."""
        return self.standing().filter(took_place=True)

    def incomplete(self):
        """XY-08: a question that had to be asked has no answer yet."""
        return self.paid().exclude(answered__contains=F("asks"))

    def complete(self):
        return self.paid().filter(answered__contains=F("asks"))

    def of_running_rounds(self):
        return self.filter(round__state=RoundState.OPEN)

    def at(self, target):
        """At the door of one household, member or person."""
        return self.filter(**{f"target_{target._meta.model_name}": target})
