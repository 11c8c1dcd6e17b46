"""Reading assessments: whoever checks those below; the assessed once it is shown to them."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from organisations.querysets import placed, within
from pairing.models import Pairing
from pairing.querysets.market import party_to

READ, MANAGE = "assessment.read", "assessment.manage"
SHOWN = ("shown", "frozen")


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the organisers whom one's posts watch; and those in which somebody in one's own scope is assessed."""
        mine = apps.get_model("reports", "Assessed").objects.order_by().visible_to(user).values("assessment")
        return self.filter(within(user.scopes(READ), "round__organiser__path") | Q(pk__in=mine))

    def with_waiting(self):
        """Adds `waiting`: how many appeals wait for a reply."""
        unanswered = Q(subjects__appeals__isnull=False, subjects__appeals__replied_at=None)
        return self.annotate(waiting=models.Count("subjects__appeals", filter=unanswered))


class AssessedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of those below whoever checks them; one's own, and that of one's partner, only once it is shown."""
        checks, scopes = user.scopes(READ), user.scopes()
        watched = placed(checks, "organisation") | party_to(checks, "pairing__")
        own = placed(scopes, "organisation") | party_to(scopes, "pairing__") | paired_with(scopes)
        return self.filter(
            within(checks, "assessment__round__organiser__path") | watched | own & Q(assessment__state__in=SHOWN)
        )

    def of(self, user):
        """Of the organisations for which the user acts, and of their pairings."""
        acting = Q()
        for permission in ("unit.act", "village.act"):
            scopes = user.scopes(permission)
            acting |= placed(scopes, "organisation") | party_to(scopes, "pairing__")
        return self.filter(acting)

    def related(self):
        return self.select_related("assessment__round__organiser", "organisation", "pairing__unit", "pairing__village")

    def low(self, points):
        """Below so many points of a hundred (AH-08)."""
        return self.filter(score__lt=points, is_thin=False)


class AdjustmentCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever checks the assessment, and the two sides of the pairing."""
        return self.filter(
            within(user.scopes(READ), "pairing__round__organiser__path") | party_to(user.scopes(), "pairing__")
        )


def paired_with(scopes) -> Q:
    """Who is the partner of somebody in these scopes: the two sides of a pairing read each other's sheet."""
    pairings = Pairing.objects.order_by()
    units = pairings.filter(placed(scopes, "village")).values("unit")
    villages = pairings.filter(placed(scopes, "unit")).values("village")
    return Q(organisation__in=units) | Q(organisation__in=villages)
