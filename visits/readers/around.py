"""Who can read investment leads and joint meetings of committees."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, below, reaching, readers_of
from organisations.models import Organisation
from pairing.models import Pairing
from visits.models import CommitteeMeeting, InvestmentLead


@readers_of(InvestmentLead)
def of_lead(lead: InvestmentLead) -> Readers:
    """Whoever has the village below, and the units paired with it or that brought it, with all above them."""
    paired = Pairing.objects.standing().filter(village=lead.village).order_by().values("unit")
    units = [*Organisation.objects.filter(pk__in=paired), *([lead.unit] if lead.unit else [])]
    words = _("Posts of %(name)s and above") % {"name": lead.village.name}
    circles = [reaching(words, lead.village)]
    if units:
        circles.append(reaching(_("Posts of the units paired with the village, and above"), *units))
    return Readers(circles)


@readers_of(CommitteeMeeting)
def of_meeting(meeting: CommitteeMeeting) -> Readers:
    name = {"name": meeting.organisation.name}
    return Readers(
        [
            reaching(_("Posts of %(name)s and above") % name, meeting.organisation),
            below(_("Posts below %(name)s") % name, meeting.organisation),
        ]
    )
