"""Reading activities: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from organisations.querysets import within
from pairing.models import Pairing
from pairing.querysets.market import party_to
from pairing.states import Side
from visits.states import RECORDED, ActivityState

CONFIRM = "visit.confirm"
FEW = 2000  # of twenty thousand pairings, of five million activities


def few(rows) -> list[int] | None:
    """Their keys; None where they are many."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def of_pairings(rows, condition: Q):
    """Activities, led by the keys of their pairings where the condition leaves few of these; unchanged where many."""
    keys = few(Pairing.objects.filter(condition).distinct())
    return rows if keys is None else rows.filter(pairing__in=keys)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings that one sees."""
        return self.filter(party_to(user.scopes(), "pairing__"))

    def all_visible_to(self, user):
        """The same, for pages that look through many. One statement more.

        Whoever sees few pairings is led to their activities by the keys of these: asked for a condition on the pairing,
        the database goes through five millions to find a hundred.
        """
        keys = few(Pairing.objects.visible_to(user))
        return self.visible_to(user) if keys is None else self.filter(pairing__in=keys)

    def recorded(self):
        """What was done, confirmed or not; without plans, cancelled ones and former versions."""
        return self.filter(state__in=RECORDED)

    def waiting(self):
        return self.filter(state=ActivityState.SUBMITTED)

    def to_be_confirmed_by(self, user):
        """Recorded by one side, waiting for the other, for which the user answers."""
        scopes = user.scopes(CONFIRM)
        by_village = Q(side=Side.UNIT) & within(scopes, "pairing__village__path")
        by_unit = Q(side=Side.VILLAGE) & (within(scopes, "unit__path") | within(scopes, "pairing__unit__path"))
        return self.waiting().filter(by_village | by_unit)

    def returned_to(self, user):
        return self.filter(state=ActivityState.RETURNED, entered_by=user)
