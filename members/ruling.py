"""Which scheme speaks for a helper and a target: that of their organisations' pairing, else of the round above."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from organisations.models import Organisation
from pairing.models import Pairing, PairingPartner, Round
from pairing.schemes.persons import PersonRules
from pairing.states import PartnerState, RoundState

STEP = Organisation.steplen


@dataclass(frozen=True)
class Ruling:
    """`pairing`: under which both stand, where there is one."""

    round: Round | None = None
    pairing: Pairing | None = None

    @property
    def rules(self) -> PersonRules:
        return self.round.rules.persons if self.round else PersonRules()


def ruling_between(unit: Organisation, village: Organisation) -> Ruling:
    return rulings_between([(unit.path, village.path)])[unit.path, village.path]


def rulings_between(sides: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Ruling]:
    """By the tree paths of unit and village, in three statements at most.

    Of the standing pairings of the two, or of what stands above them, the nearest to the village and then the newest
    holds; a partner of its consortium counts too. Without one the newest open round that reaches the village speaks.
    """
    sides = set(sides)
    pairings = pairings_by_village(sides)
    found = {side: pairing_of(*side, pairings) for side in sides}
    keys = {pairing.round_id for pairing in found.values() if pairing}
    known = Round.objects.select_related("scheme_version").in_bulk(keys)
    over = rounds_over({village for (_unit, village), pairing in found.items() if pairing is None})
    return {
        side: Ruling(known[pairing.round_id], pairing) if pairing else Ruling(over[side[1]])
        for side, pairing in found.items()
    }


def pairings_by_village(sides: Collection[tuple[str, str]]) -> dict[str, list[Any]]:
    """The newest first, each with `partner_paths`: those of the units that joined it."""
    units, villages = above(unit for unit, _village in sides), above(village for _unit, village in sides)
    joined = PairingPartner.objects.filter(state=PartnerState.JOINED).order_by()
    helping = Q(unit__path__in=units) | Q(pk__in=joined.filter(unit__path__in=units).values("pairing"))
    found = Pairing.objects.standing().filter(helping, village__path__in=villages).select_related("unit", "village")
    partners = ArraySubquery(joined.filter(pairing=OuterRef("pk")).values("unit__path"))
    by_village: dict[str, list[Any]] = defaultdict(list)
    for pairing in found.annotate(partner_paths=partners).order_by("-formed_at"):
        by_village[pairing.village.path].append(pairing)
    return by_village


def pairing_of(unit: str, village: str, pairings: dict[str, list[Any]]) -> Pairing | None:
    nearest = (pairing for path in reversed(above([village])) for pairing in pairings.get(path, ()))
    return next((each for each in nearest if unit.startswith((each.unit.path, *each.partner_paths))), None)


def rounds_over(places: Collection[str]) -> dict[str, Round | None]:
    """The newest round that is open and reaches each of the places."""
    if not places:
        return {}
    rounds = Round.objects.filter(state=RoundState.OPEN, organiser__path__in=above(places))
    newest = list(rounds.select_related("organiser", "scheme_version").order_by("-starts_on", "-pk"))
    return {place: next((each for each in newest if place.startswith(each.organiser.path)), None) for place in places}


def above(places: Iterable[str]) -> list[str]:
    """The tree paths of the places and of everything above them, those above first."""
    return sorted({path[:end] for path in places for end in range(STEP, len(path) + 1, STEP)})
