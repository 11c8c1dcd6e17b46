"""Who can read secondments, trainings, responsibility zones and chains."""

from django.utils.translation import gettext as _

from members.models import Secondment, Training, Zone
from organisations.audience import Readers, person, reaching, readers_of


@readers_of(Secondment)
def of_secondment(secondment: Secondment) -> Readers:
    sides = {"sender": secondment.sender.name, "host": secondment.host.name}
    words = _("Those who read rosters of %(sender)s or %(host)s") % sides
    circles = [reaching(words, secondment.sender, secondment.host, permission="member.read")]
    if secondment.member.user:
        circles += person(_("The person"), secondment.member.user)
    return Readers(circles)


@readers_of(Training)
def of_training(training: Training) -> Readers:
    places = [training.organiser, *([training.village] if training.village else [])]
    words = _("Those who read rosters of %(names)s") % {"names": "、".join(place.name for place in places)}
    return Readers([reaching(words, *places, permission="member.read")])


@readers_of(Zone)
def of_zone(zone: Zone) -> Readers:
    words = _("Those who read the households of %(name)s") % {"name": zone.village.name}
    circles = [reaching(words, zone.village, permission="household.read")]
    for one in zone.members.filter(member__user__isnull=False).select_related("member__user"):
        circles += person(_("Who looks after it"), one.member.user)
    return Readers(circles)
