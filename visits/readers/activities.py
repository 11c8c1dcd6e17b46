"""Who can read an activity: whoever sees its pairing."""

from organisations.audience import Readers, readers_of
from pairing.readers import of_pairing
from visits.models import Activity


@readers_of(Activity)
def of_activity(activity: Activity) -> Readers:
    return Readers(of_pairing(activity.pairing).circles)
