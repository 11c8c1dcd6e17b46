"""Whom one is paired with: their page is open to the other side."""

from django.db.models import Exists, OuterRef, Q

from pairing.models import Pairing


def is_partner(user) -> Q:
    """A condition on organisations: the other side of a standing pairing that the user may see."""
    pairings = Pairing.objects.visible_to(user).standing()
    return Exists(pairings.filter(unit=OuterRef("pk"))) | Exists(pairings.filter(village=OuterRef("pk")))
