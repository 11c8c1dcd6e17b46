"""Reading duties: every chain begins with `visible_to(user)`."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from duties.states import DutyState
from members.models import FloatingRecord, Household, Member, PersonPair
from members.querysets.pairs import PEOPLE as SIDES
from organisations.models import Organisation
from organisations.querysets import within
from pairing.querysets.market import party_to

FULFIL = {
    "unit": "unit.act",
    "village": "village.act",
    "floating": "floating.told",
    "committee": "report.file",
    "organiser": "round.manage",
}
PEOPLE: dict[str, Any] = {
    "floating": FloatingRecord,
    "household": Household,
    "member": Member,
    "person_pair": PersonPair,
}


def answered_for(user, permission: str) -> list:
    """Keys of the organisations for which the user's posts answer with this permission: one query, or none."""
    scopes = user.scopes(permission)
    return [Organisation.objects.filter(within(scopes)).order_by().values("pk")] if scopes else []


def held_by(user) -> models.QuerySet:
    return user.appointments.current().order_by().values("pk")


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
        """Those that the user's own posts answer for, what was given to the user, and what one owes in person.

        A union, for an OR over several tables would read the duties of the whole province.
        """
        rows = self.model._default_manager.order_by().values("pk")
        parts = [rows.filter(member__user=user), rows.filter(person_pair__helper_member__user=user)]
        parts.append(rows.filter(assignments__ended_at=None, assignments__post__in=held_by(user)))
        parts += [rows.filter(unit__in=below) for below in answered_for(user, FULFIL["unit"])]
        parts += [rows.filter(village__in=below) for below in answered_for(user, FULFIL["village"])]
        parts += [rows.filter(floating__origin__in=below) for below in answered_for(user, FULFIL["floating"])]
        parts += [rows.filter(committee__in=below) for below in answered_for(user, FULFIL["committee"])]
        organised = rows.filter(unit=None, village=None, committee=None)
        parts += [organised.filter(organisation__in=below) for below in answered_for(user, FULFIL["organiser"])]
        return self.filter(pk__in=parts[0].union(*parts[1:], all=True))

    def open(self):
        return self.filter(state=DutyState.OPEN)

    def behind(self, today: date):
        """Over, and not met as counted last."""
        return self.open().filter(due_on__lt=today, done__lt=F("least"))

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
            "committee",
            "floating__member",
            "floating__origin",
            "household__village",
            "member__organisation",
            *(f"person_pair__{each}" for each in SIDES),
        )
