"""Whose pages are open beyond one's scope: those that one's team serves or one's joint organisation is made of."""

from django.db.models import Exists, OuterRef, Q

from organisations.models import OrganisationLink
from organisations.querysets import within


def is_linked(user) -> Q:
    """A condition on organisations: a current link leads from it to something in the user's scope, either way."""
    links, scopes = OrganisationLink.objects.current().order_by(), user.scopes()
    return Exists(links.filter(within(scopes, "holder__path"), member=OuterRef("pk"))) | Exists(
        links.filter(within(scopes, "member__path"), holder=OuterRef("pk"))
    )
