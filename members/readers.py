"""Who can read members, households, persons, and what is recorded of them, as their `visible_to` decides."""

from django.db.models import Q
from django.utils.translation import gettext as _

from members.models import Household, Member, Person, PersonPair, Secondment, Training, Zone
from members.nearness import KEEPING, READING, Rosterable, place_of
from organisations.audience import Circle, Readers, person, reaching, readers_of
from organisations.models import Organisation, User
from pairing.models import Pairing


@readers_of(Household)
@readers_of(Person)
def of_rostered(record: Household | Person) -> Readers:
    return Readers([reading(record), *helping(record), *eligible(record)], parts=[in_full(record)])


@readers_of(Member)
def of_member(member: Member) -> Readers:
    """Also where the member is registered at work or at home, and the member."""
    circles = [reading(member), *helping(member), *eligible(member), *person(_("The member"), member.user)]
    if registered := [each.organisation for each in member.registrations.current().select_related("organisation")]:
        words = _("Whose posts read rosters where the member is registered besides")
        circles.append(reaching(words, *registered, permission="member.read"))
    return Readers(circles, parts=[in_full(member)])


def reading(record: Rosterable) -> Circle:
    place = place_of(record)
    words = _("Whose posts read the rosters of %(name)s") % {"name": place.name}
    return reaching(words, place, permission=READING[type(record)])


def helping(record: Rosterable) -> list[Circle]:
    """Those who help, and those who say who helps from the same unit."""
    pairs = PersonPair.objects.active().filter(**{f"target_{record._meta.model_name}": record})
    found = helpers_of(pairs)
    if units := list(Organisation.objects.filter(pk__in=pairs.order_by().values("unit"))):
        words = _("Whose posts say who helps whom for the unit of a helper; names masked")
        found.append(reaching(words, *units, permission="pair.manage"))
    return found


def helpers_of(pairs) -> list[Circle]:
    users = User.objects.filter(pk__in=pairs.order_by().values("helper_member__user"))
    return [circle for user in users for circle in person(_("The helper"), user)]


def eligible(record: Rosterable) -> list[Circle]:
    """Whoever says who helps whom for a unit paired with the village."""
    pairings = Pairing.objects.standing().filter(Q(village=place_of(record))).order_by()
    units = list(Organisation.objects.filter(pk__in=pairings.values("unit")))
    words = _("Whose posts say who helps whom for a unit paired with the village; names masked")
    return [reaching(words, *units, permission="pair.manage")] if units else []


def in_full(record: Rosterable) -> tuple[object, list[Circle]]:
    """The phone, and the name of somebody in need: with a reason, and recorded."""
    place = place_of(record)
    permissions = ("personal.read", KEEPING[type(record)])
    named = {"name": place.name}
    keeps = _("Whose posts keep the roster of %(name)s or may read personal data there") % named
    circles = [reaching(keeps, place, permission=permission) for permission in permissions]
    pairs = PersonPair.objects.active().filter(**{f"target_{record._meta.model_name}": record})
    return _("Phone and names in full; with a reason, and recorded"), [*circles, *helpers_of(pairs)]


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
