"""Reading rounds, intentions and pairings: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from organisations.querysets import within
from pairing.states import IntentionState, PairingState, RoundState, Side


def party_to(paths) -> Q:
    """Rows whose unit or village lies under one of `paths`."""
    return within(paths, "unit__path") | within(paths, "village__path")


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds organised in one's scope, and open rounds organised above one's own place."""
        scopes = user.scopes()
        above = {path[:end] for path in scopes for end in range(4, len(path) + 1, 4)}
        return self.filter(
            within(scopes, "organiser__path") | Q(organiser__path__in=above) & ~Q(state=RoundState.DRAFT)
        )

    def published(self):
        """What anybody may see: rounds that were opened."""
        return self.exclude(state=RoundState.DRAFT)


class DirectoryEntryQuerySet(models.QuerySet):
    def current(self, round):
        """The lines of the newest directory of a round."""
        newest = round.directories.order_by("-version").values("pk")[:1]
        return self.filter(directory=newest)

    def villages(self):
        return self.filter(side=Side.VILLAGE)

    def units(self):
        return self.filter(side=Side.UNIT)


class IntentionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(party_to(user.scopes()))

    def open(self):
        return self.filter(state=IntentionState.PROPOSED)


class PairingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(party_to(user.scopes()))

    def standing(self):
        """Those that were not released."""
        return self.exclude(state=PairingState.RELEASED)

    def signed(self):
        return self.filter(state=PairingState.SIGNED)
