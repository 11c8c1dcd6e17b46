"""Reading activities: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from organisations.querysets import within
from pairing.querysets.market import party_to
from pairing.states import Side
from visits.states import RECORDED, ActivityState

CONFIRM = "visit.confirm"


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings that one sees."""
        return self.filter(party_to(user.scopes(), "pairing__"))

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
