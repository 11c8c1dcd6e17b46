"""What a person reaches of plans, targets, letters and commitments, and for which side they act."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from pairing.models import Pairing
from pairing.states import Side
from pairing.views.reach import own_side

PAIRING = ("round__scheme_version", "round__organiser", "unit", "village")


def of_pairing(rows, pk: int) -> Any:
    """A record that hangs on a pairing, with everything that its page names."""
    return get_object_or_404(rows.select_related(*(f"pairing__{name}" for name in PAIRING)), pk=pk)


def plain_pairing(user, pk: int) -> Pairing:
    return get_object_or_404(Pairing.objects.visible_to(user).select_related(*PAIRING), pk=pk)


def acting_side(user, pairing: Pairing) -> Side:
    """404 for whoever only looks on."""
    side = own_side(user, pairing)
    if side is None:
        raise Http404
    return side


def number_in(data, name: str, otherwise: int | None = None) -> int:
    """A whole number from an address or a form; 404 where there is none and nothing stands for it."""
    given = data.get(name, "")
    if given.isdecimal() and len(given) < 8:
        return int(given)
    if otherwise is None:
        raise Http404
    return otherwise
