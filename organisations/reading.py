"""What the page of one organisation shows. A constant number of statements, whatever the rows."""

from django.db.models import QuerySet

from organisations.models import Organisation, User

CHILDREN_SHOWN = 100


def page_of(organisation: Organisation, user: User) -> dict:
    """Context of the page; people are shown to those who see the organisation by scope, not by a pairing alone."""
    inside = organisation.path.startswith(tuple(user.scopes()))
    children = Organisation.objects.get_children(organisation).open()
    edit = user.can("organisation.edit", organisation)
    return {
        "organisation": organisation,
        "crumbs": ancestors(organisation, user),
        "is_inside": inside,
        "facts": organisation.facts.all() if organisation.is_village else None,
        "needs": organisation.needs.all() if organisation.is_village else None,
        "strengths": organisation.strengths.all() if organisation.is_unit else None,
        "aliases": organisation.aliases.all(),
        "children": children.visible_to(user)[:CHILDREN_SHOWN] if inside else children.none(),
        "children_count": organisation.numchild,
        "posts": current_posts(organisation) if inside else None,
        "may_edit": edit,
        "may_edit_village": organisation.is_village and (edit or user.can("village.edit", organisation)),
        "may_edit_unit": organisation.is_unit and (edit or user.can("unit.edit", organisation)),
        "may_appoint": user.can("appointment.manage", organisation),
        "may_read_phone": user.can("personal.read", organisation),
        "may_read_history": user.can("history.read", organisation),
    }


def ancestors(organisation: Organisation, user: User) -> list[tuple[Organisation, bool]]:
    """From the root down, each with whether the user may open it."""
    scopes = tuple(user.scopes())
    return [(above, above.path.startswith(scopes)) for above in Organisation.objects.get_ancestors(organisation)]


def current_posts(organisation: Organisation) -> QuerySet:
    return organisation.appointments.current().select_related("user").order_by("role", "-since")
