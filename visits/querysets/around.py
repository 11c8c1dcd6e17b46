"""Reading investment leads and joint meetings of committees: every chain begins with `visible_to(user)`."""

from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from organisations.querysets import within
from pairing.models import Pairing

STEP = Organisation.steplen


def above(paths) -> set[str]:
    """The tree paths of the places and of everything above them."""
    return {path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)}


class LeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of villages in one's scope, and of those with which a unit of one's scope is paired; those one brought."""
        scopes = user.scopes()
        paired = Pairing.objects.standing().filter(within(scopes, "unit__path")).order_by()
        return self.filter(
            within(scopes, "village__path") | within(scopes, "unit__path") | Q(village__in=paired.values("village"))
        )


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of committees in one's scope, and of those above one's posts."""
        scopes = [str(path) for path in user.scopes()]
        return self.filter(within(user.scopes(), "organisation__path") | Q(organisation__path__in=above(scopes)))
