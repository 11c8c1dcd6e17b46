"""What the page of one organisation shows. A constant number of statements, whatever the rows."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisations.actions.facilities import keeping_permission
from organisations.kinds import LINKS_OF_KIND, Kind
from organisations.models import Organisation, OrganisationLink, SuccessionStep, User

CHILDREN_SHOWN = 100


def page_of(organisation: Organisation, user: User) -> dict:
    """Context of the page; people are shown to those who see the organisation by scope, not by a pairing alone."""
    inside = organisation.path.startswith(tuple(user.scopes()))
    above, below = family(organisation)
    edit = user.can("organisation.edit", organisation)
    return {
        "organisation": organisation,
        "crumbs": crumbs(above, user),
        "is_inside": inside,
        "facts": organisation.facts.all() if organisation.is_village else None,
        "needs": organisation.needs.all() if organisation.is_village else None,
        "strengths": organisation.strengths.all() if organisation.is_unit else None,
        "aliases": organisation.aliases.all(),
        "children": below if inside else [],
        "children_count": organisation.numchild,
        "members": (members := members_of(organisation)),
        "composition": composition(members) if organisation.kind == Kind.JOINT_PARTY_ORG else "",
        "memberships": memberships_of(organisation),
        "posts": current_posts(organisation) if inside else None,
        "panels": settings.VILLAGE_PANELS if organisation.is_village else [],
        "may_edit": edit,
        "may_edit_village": organisation.is_village and (edit or user.can("village.edit", organisation)),
        "may_edit_unit": organisation.is_unit and (edit or user.can("unit.edit", organisation)),
        "may_appoint": user.can("appointment.manage", organisation),
        "may_read_phone": user.can("personal.read", organisation),
        "may_read_history": user.can("history.read", organisation),
    }


def around(organisation: Organisation, user: User) -> dict:
    """Facilities, and what became of it and of what: the second part of its page."""
    own = keeping_permission(organisation)
    return {
        "organisation": organisation,
        "facilities": organisation.facilities.order_by("until", "kind", "name"),
        "changes": changes_of(organisation),
        "may_keep": user.can("organisation.edit", organisation) or user.can(own, organisation),
        "is_inside": organisation.path.startswith(tuple(user.scopes())),
    }


def family(organisation: Organisation) -> tuple[list[Organisation], list[Organisation]]:
    """What stands above it, from the root down, and the first of what stands directly below: one statement."""
    step, path = organisation.steplen, organisation.path
    paths = [path[:end] for end in range(step, len(path), step)]
    below = Q(path__startswith=path, depth=organisation.depth + 1, closed_on=None)
    rows = list(Organisation.objects.filter(Q(path__in=paths) | below)[: len(paths) + CHILDREN_SHOWN])
    return rows[: len(paths)], rows[len(paths) :]


def crumbs(above: list[Organisation], user: User) -> list[tuple[Organisation, bool]]:
    """Each with whether the user may open it."""
    scopes = tuple(user.scopes())
    return [(organisation, organisation.path.startswith(scopes)) for organisation in above]


def members_of(organisation: Organisation) -> QuerySet | None:
    """Whom a joint Party organisation is made of, or which villages a team serves (AH-30)."""
    if organisation.kind not in LINKS_OF_KIND:
        return None
    return organisation.links.select_related("member").order_by("until", "member__path")


def composition(members: Iterable[OrganisationLink] | None) -> str:
    """Whether villages joined each other, communities or enterprises: 村村、村居、村企联建 (AH-30)."""
    kinds = {link.member.kind for link in members or () if link.until is None}
    words = {
        _("villages with communities"): {Kind.COMMUNITY},
        _("villages with enterprises"): {Kind.ENTERPRISE, Kind.NEW_ECONOMIC_ORG, Kind.COOPERATIVE},
    }
    if kinds == {Kind.VILLAGE}:
        return _("villages with each other")
    return "、".join(name for name, others in words.items() if others & kinds) if Kind.VILLAGE in kinds else ""


def memberships_of(organisation: Organisation) -> QuerySet | None:
    if not (organisation.is_village or organisation.is_unit):
        return None
    return OrganisationLink.objects.current().filter(member=organisation).select_related("holder")


def changes_of(organisation: Organisation) -> QuerySet:
    """Mergers, splits, renamings, closures in which it was what there was before or what came of it."""
    either = Q(predecessor=organisation) | Q(successor=organisation)
    return SuccessionStep.objects.filter(either).select_related("succession").order_by("-succession__on", "pk")


def current_posts(organisation: Organisation) -> QuerySet:
    return organisation.appointments.current().select_related("user").order_by("role", "-since")
