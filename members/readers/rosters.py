"""Who can read members, households and persons, as their `visible_to` decides."""

from django.db.models import Q
from django.utils.translation import gettext as _

from members.models import Household, Member, Person, PersonPair
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
