"""Who can read a duty: whoever sees the pairing, the organisation or the floating member that it is counted on."""

from django.utils.translation import gettext as _

from duties.models import Duty
from organisations.audience import Readers, reaching, readers, readers_of


@readers_of(Duty)
def of_duty(duty: Duty) -> Readers:
    if duty.organisation and duty.round:
        words = {"name": duty.organisation.name}
        return Readers(
            [
                reaching(_("Posts of %(name)s and above") % words, duty.organisation),
                reaching(_("Who organises the round, and above"), duty.round.organiser),
            ]
        )
    return Readers(readers(duty.subject).circles)
