"""Reading plans, targets, letters and public commitments: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from pairing.querysets.market import papers_of, party_to
from pairing.states import CommitmentState, PlanState, RoundState, TargetState


class OfPairingQuerySet(models.QuerySet):
    """Rows of a pairing: seen by whoever sees the pairing."""

    def visible_to(self, user):
        return self.filter(party_to(user.scopes(), "pairing__"))

    def with_papers_for(self, user):
        """Those whose files are for this user."""
        return self.filter(papers_of(user, "pairing__"))


class PlanQuerySet(OfPairingQuerySet):
    def confirmed(self):
        return self.filter(state=PlanState.CONFIRMED)

    def in_force(self):
        """The newest confirmed version of each plan; the versions before it stay readable."""
        newer = type(self)(self.model).confirmed().alias(period=Coalesce("year", 0))
        newer = newer.filter(
            pairing=OuterRef("pairing"),
            kind=OuterRef("kind"),
            period=Coalesce(OuterRef("year"), 0),
            number__gt=OuterRef("number"),
        )
        return self.confirmed().exclude(Exists(newer))

    def under_way(self):
        """Being written, or waiting for the other side: at most one version of a plan."""
        return self.exclude(state=PlanState.CONFIRMED)


class TargetQuerySet(OfPairingQuerySet):
    def unmet(self):
        """What still holds a pairing where targets must be met before it closes (QX-06)."""
        return self.exclude(state=TargetState.MET)


class CommitmentQuerySet(OfPairingQuerySet):
    def published(self):
        """What anybody may see: published, of a round that was opened."""
        return self.exclude(state=CommitmentState.DRAFT).exclude(pairing__round__state=RoundState.DRAFT)

    def in_force(self):
        """Those that no later one corrects."""
        return self.filter(~Exists(self.model._default_manager.filter(replaces=OuterRef("pk")).order_by()))
