"""Reading the directory of channels: every chain begins with `visible_to(user)`."""

from django.db import models

from organisations.models import Organisation
from organisations.querysets import Exactly, within

KEEP = "round.manage"


class ChannelQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those listed by a committee above one of the user's posts, and within one's scope."""
        scopes = user.scopes()
        above = {each for path in scopes for each in Organisation.paths_down_to(path)}
        return self.filter(within(scopes, "area__path") | within([Exactly(path) for path in above], "area__path"))

    def kept_by(self, user):
        """Those that the user keeps: of committees whose rounds they manage."""
        return self.filter(within(user.scopes(KEEP), "area__path"))

    def listed(self):
        return self.filter(ended_at=None)
