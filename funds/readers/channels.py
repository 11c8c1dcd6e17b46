"""Who can read a donation channel: everybody in a post below the committee that lists it, and those above."""

from django.utils.translation import gettext as _

from funds.models import DonationChannel
from organisations.audience import Readers, below, reaching, readers_of


@readers_of(DonationChannel)
def of_channel(channel: DonationChannel) -> Readers:
    name = {"name": channel.area.name}
    return Readers(
        [
            reaching(_("Whose posts reach the committee that lists it, %(name)s") % name, channel.area),
            below(_("Everybody in a post in the area of %(name)s") % name, channel.area),
        ]
    )
