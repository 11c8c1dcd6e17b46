"""Reading duties: every chain begins with `visible_to(user)`."""

from datetime import date

from django.db import models
from django.db.models import Case, F, Q, Value, When

from duties.states import DutyState
from members.models import FloatingRecord
from organisations.querysets import within
from pairing.querysets.market import party_to

FULFIL = {"unit": "unit.act", "village": "village.act", "floating": "floating.told"}


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings, organisations and floating members that one sees."""
        scopes = user.scopes()
        mine = Q(pairing__isnull=False) & party_to(scopes, "pairing__")
        unit = Q(organisation__isnull=False) & (
            within(scopes, "organisation__path") | within(scopes, "round__organiser__path")
        )
        records = FloatingRecord.objects.visible_to(user).order_by().values("pk")
        return self.filter(mine | unit | Q(floating__in=records))

    def owed_by(self, user):
        """Those that the user's own posts answer for."""
        as_unit, as_village = user.scopes(FULFIL["unit"]), user.scopes(FULFIL["village"])
        return self.filter(
            Q(owed_by_unit=True) & (within(as_unit, "pairing__unit__path") | within(as_unit, "organisation__path"))
            | Q(owed_by_village=True)
            & (within(as_village, "pairing__village__path") | within(as_village, "organisation__path"))
            | within(user.scopes(FULFIL["floating"]), "floating__origin__path")
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
        )
