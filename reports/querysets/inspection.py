"""Reading inspections: every chain begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.querysets import within
from pairing.models import Pairing
from reports.inspection.states import InspectionState


def concerned(user) -> Q:
    """Inspected villages of one's scope, and those paired in the round with a unit of one's scope."""
    scopes = user.scopes()
    paired = Pairing.objects.filter(within(scopes, "unit__path"), round=OuterRef("inspection__round"))
    return within(scopes, "village__path") | Q(Exists(paired.filter(village=OuterRef("village"))))


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """By the posts that reach the inspecting organisation; once closed also by the villages and their units."""
        places = apps.get_model("reports", "InspectedVillage").objects.filter(concerned(user))
        own = within(user.scopes(), "organisation__path")
        return self.filter(own | Q(state=InspectionState.CLOSED) & Q(pk__in=places.order_by().values("inspection")))


class InspectedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of an inspection of one's own; of a closed one of others what concerns one's own villages."""
        own = within(user.scopes(), "inspection__organisation__path")
        return self.filter(own | Q(inspection__state=InspectionState.CLOSED) & concerned(user))

    def standing(self):
        """Without those for which another was taken."""
        return self.filter(replaced_by=None)
