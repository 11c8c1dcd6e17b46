"""Who can read a household visit: the village, whoever helps, where they come from; the words few of them."""

from django.utils.translation import gettext as _

from members.models import PersonPair
from members.readers.rosters import helpers_of
from organisations.audience import Readers, person, reaching, readers_of
from visits.models import HouseholdVisit
from visits.querysets.household_visits import KEEP, MANAGE, READ


@readers_of(HouseholdVisit)
def of_household_visit(visit: HouseholdVisit) -> Readers:
    unit, village = {"name": visit.unit.name}, {"name": visit.village.name}
    pairs = PersonPair.objects.active().filter(**{f"target_{visit.target._meta.model_name}": visit.target})
    own = [*person(_("The author"), visit.recorded_by), *helpers_of(pairs)]
    managing = reaching(_("Those who manage the pairs of %(name)s") % unit, visit.unit, permission=MANAGE)
    reading = reaching(_("Those who read the households of %(name)s") % village, visit.village, permission=READ)
    keeping = reaching(_("Those who keep the households of %(name)s") % village, visit.village, permission=KEEP)
    words = [*own, keeping] if visit.is_at_a_minor else [*own, managing, keeping]
    return Readers([*own, managing, reading], parts=[(_("What was heard and seen"), words)])
