"""Who can read inspections."""

from django.utils.translation import gettext as _

from organisations.audience import Circle, Readers, reaching, readers_of
from organisations.models import Organisation
from pairing.models import Pairing
from reports.inspection.states import InspectionState
from reports.models import InspectedVillage, Inspection


@readers_of(Inspection)
def of_inspection(inspection: Inspection) -> Readers:
    return of_places(inspection, Organisation.objects.filter(pk__in=inspection.places.values("village")))


@readers_of(InspectedVillage)
def of_inspected_village(place: InspectedVillage) -> Readers:
    return of_places(place.inspection, Organisation.objects.filter(pk=place.village_id))


def of_places(inspection: Inspection, villages) -> Readers:
    """The inspecting organisation and above; of a closed one the villages and their units, and above."""
    name = {"name": inspection.organisation.name}
    circles: list[Circle] = [reaching(_("Posts of %(name)s and above") % name, inspection.organisation)]
    if inspection.state == InspectionState.CLOSED:
        paired = Pairing.objects.filter(round=inspection.round, village__in=villages.values("pk"))
        units = Organisation.objects.filter(pk__in=paired.order_by().values("unit"))
        circles.append(reaching(_("Posts of the inspected villages and their units, and above"), *villages, *units))
    return Readers(circles)
