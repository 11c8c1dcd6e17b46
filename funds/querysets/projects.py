"""Reading projects: every chain begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from funds.projects.states import BEFORE, OPEN, ProjectState, ShareState
from organisations.models import Organisation
from organisations.querysets import within
from pairing.querysets.issues import in_area_of
from pairing.querysets.market import party_to
from pairing.states import Side


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings that one sees, also where these only give a share; of places, committees and
        organisers within one's scope."""
        scopes = user.scopes()
        below = Organisation.objects.filter(within(scopes)).order_by().values("pk")
        shares = apps.get_model("funds", "ProjectShare").objects.filter(party_to(scopes, "pairing__"))
        return self.filter(
            party_to(scopes, "pairing__")
            | Q(round__organiser__in=below)
            | Q(place__in=below)
            | Q(committee__in=below)
            | Q(pk__in=shares.order_by().values("project"))
        )

    def cases(self, user):
        """Those that are shown as an example to everybody in the same area (SH-40)."""
        return self.filter(in_area_of(user, "place__path"), state=ProjectState.ACCEPTED).exclude(promoted_at=None)

    def open(self):
        return self.filter(state__in=OPEN)

    def late(self, today):
        """Not finished though the deadline has passed; the day itself counts."""
        return self.filter(state__in=OPEN, due_on__lt=today).exclude(state=ProjectState.FINISHED)

    def with_shares_open(self):
        """Adds `shares_open`: a side of a share has not agreed."""
        shares = apps.get_model("funds", "ProjectShare").objects.filter(project=OuterRef("pk")).order_by()
        agreed = Q(unit_state=ShareState.AGREED, village_state=ShareState.AGREED)
        return self.annotate(shares_open=Exists(shares.exclude(agreed)))

    def waiting_for(self, user):
        """Those in which it is the turn of a side for which the user acts, shares included."""
        unit, village, pool = (user.scopes(name) for name in ("unit.act", "village.act", "fund.open"))
        sides = {
            Side.UNIT: within(unit, "pairing__unit__path") | within(pool, "committee__path"),
            Side.VILLAGE: within(village, "pairing__village__path") | Q(pairing=None) & within(village, "place__path"),
        }
        shares = apps.get_model("funds", "ProjectShare").objects.filter(
            Q(unit_state=ShareState.ASKED) & within(unit, "pairing__unit__path")
            | Q(village_state=ShareState.ASKED) & within(village, "pairing__village__path")
        )
        turn = Q(state=ProjectState.FINISHED) & sides[Side.VILLAGE]
        turn |= Q(state__in=BEFORE, pk__in=shares.order_by().values("project"))
        for side in Side:
            turn |= Q(state=ProjectState.UNDER_WAY, carrier=side) & sides[side]
            turn |= Q(state__in=BEFORE, planned_side=side.other, shares_open=False) & sides[side]
        return self.with_shares_open().filter(turn)

    def of_pairing(self, pairing):
        """Its own ones, and those to which it gives a share."""
        return self.filter(Q(pairing=pairing) | Q(shares__pairing=pairing)).distinct()

    def nearest_first(self):
        return self.order_by(F("accepted_at").asc(nulls_first=True), "due_on", "pk")
