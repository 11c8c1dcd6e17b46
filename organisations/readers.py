"""Who can read organisations, people, facilities and decisions on the tree."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, below, person, reaching, readers, readers_of
from organisations.models import Facility, Mandate, Organisation, OrganisationLink, Succession, User


@readers_of(Organisation, through="readable_by")
def of_organisation(organisation: Organisation) -> Readers:
    inside = _("Whose posts reach %(name)s: themselves there, or above it") % {"name": organisation.name}
    circle = reaching(inside, organisation)
    phone = reaching(inside, organisation, permission="personal.read")
    found = Readers(
        [circle],
        parts=[
            (_("The people in posts, and the organisations below"), [circle]),
            (_("The contact phone in full; every reading is recorded"), [phone]),
        ],
    )
    links = OrganisationLink.objects.current().order_by()
    linked = Organisation.objects.filter(pk__in=links.filter(member=organisation).values("holder")) | (
        Organisation.objects.filter(pk__in=links.filter(holder=organisation).values("member"))
    )
    if others := list(linked):
        found.circles.append(
            reaching(_("Whose posts reach a team, joint organisation or member linked with it"), *others)
        )
    return found


@readers_of(User)
def of_user(user: User) -> Readers:
    posts = list(user.appointments.select_related("organisation"))
    places = [post.organisation for post in posts]
    words = _("Whose posts reach an organisation where %(name)s holds or held a post") % {"name": user.name}
    page = _("The page with user name, posts and codes")
    return Readers(
        [*person(_("The person"), user), reaching(words, *places)],
        parts=[(page, [reaching(words, *places, permission="appointment.manage")])],
    )


@readers_of(Facility, through="readable_by")
def of_facility(facility: Facility) -> Readers:
    """As the page of the organisation that it belongs to."""
    owner = readers(facility.organisation)
    return Readers(owner.circles, owner.public)


@readers_of(Succession)
def of_succession(succession: Succession) -> Readers:
    steps = succession.steps.select_related("predecessor", "successor")
    parties = [party for step in steps for party in (step.predecessor, step.successor)]
    return Readers([reaching(_("Whose posts reach an organisation that was changed by it, or came of it"), *parties)])


@readers_of(Mandate)
def of_mandate(mandate: Mandate) -> Readers:
    area = {"name": mandate.area.name}
    return Readers(
        [
            reaching(_("Whose posts reach %(name)s") % area, mandate.area),
            below(_("Everybody in a post below %(name)s") % area, mandate.area),
        ]
    )
