"""Whom one is paired with: their page is open to the other side."""

from django.db.models import Exists, OuterRef, Q

from pairing.models import Pairing, PairingPartner


def is_partner(user) -> Q:
    """A condition on organisations: another party of a standing pairing that the user may see."""
    pairings = Pairing.objects.visible_to(user).standing()
    partners = PairingPartner.objects.present().filter(
        unit=OuterRef("pk"), pairing__in=pairings.order_by().values("pk")
    )
    as_unit, as_village = pairings.filter(unit=OuterRef("pk")), pairings.filter(village=OuterRef("pk"))
    return Q(Exists(as_unit)) | Q(Exists(as_village)) | Q(Exists(partners))
