"""Reading duties: every chain begins with `visible_to(user)`."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from duties.states import DutyState
from members.models import FloatingRecord, Household, Member, PersonPair
from members.querysets.pairs import PEOPLE as SIDES
from organisations.querysets import within
from pairing.querysets.market import party_to

FULFIL = {"unit": "unit.act", "village": "village.act", "floating": "floating.told", "organiser": "round.manage"}
PEOPLE: dict[str, Any] = {
    "floating": FloatingRecord,
    "household": Household,
    "member": Member,
    "person_pair": PersonPair,
}


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings, organisations, households, members and pairs that one sees."""
        scopes = user.scopes()
        mine = Q(pairing__isnull=False) & party_to(scopes, "pairing__")
        places = Q(organisation__isnull=False) & (
            within(scopes, "organisation__path") | within(scopes, "round__organiser__path")
        )
        found = mine | places
        for column, model in PEOPLE.items():
            found |= Q(**{f"{column}__in": model.objects.visible_to(user).order_by().values("pk")})
        return self.filter(found)

    def owed_by(self, user):
        """Those that the user's own posts answer for, and what one owes in person."""
        organised = Q(unit=None, village=None) & within(user.scopes(FULFIL["organiser"]), "organisation__path")
        return self.filter(
            within(user.scopes(FULFIL["unit"]), "unit__path")
            | within(user.scopes(FULFIL["village"]), "village__path")
            | within(user.scopes(FULFIL["floating"]), "floating__origin__path")
            | organised
            | Q(member__user=user)
            | Q(person_pair__helper_member__user=user)
        )

    def open(self):
        return self.filter(state=DutyState.OPEN)

    def behind(self, today: date):
        """Over, and not met as counted last."""
        return self.open().filter(due_on__lt=today, done__lt=F("least"))

    def current(self, today: date):
        """Those whose period runs on that day."""
        return self.open().filter(starts_on__lte=today, due_on__gte=today)

    def worst_first(self):
        """What is not met, by its last day; then the rest. As counted last."""
        met = Case(When(done__gte=F("least"), then=Value(1)), default=Value(0))
        return self.order_by(met, "due_on", "pk")

    def related(self):
        return self.select_related(
            "scheme_version__scheme",
            "round__organiser",
            "pairing__unit",
            "pairing__village",
            "organisation",
            "floating__member",
            "floating__origin",
            "household__village",
            "member__organisation",
            *(f"person_pair__{each}" for each in SIDES),
        )
