"""Which scheme speaks for a helper and a target: that of their organisations' pairing, else of the round above."""

from dataclasses import dataclass

from django.db.models import Q

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
    pairing = pairing_between(unit, village)
    return Ruling(pairing.round, pairing) if pairing else Ruling(round_over(village))


def pairing_between(unit: Organisation, village: Organisation) -> Pairing | None:
    """The standing pairing of the two, or of what stands above them; a partner of its consortium counts too."""
    joined = PairingPartner.objects.filter(state=PartnerState.JOINED, unit__path__in=above(unit)).order_by()
    helping = Q(unit__path__in=above(unit)) | Q(pk__in=joined.values("pairing"))
    found = Pairing.objects.standing().filter(helping, village__path__in=above(village))
    return found.select_related("round__scheme_version").order_by("-village__path", "-formed_at").first()


def round_over(place: Organisation) -> Round | None:
    """The newest round that is open and reaches the place."""
    rounds = Round.objects.filter(state=RoundState.OPEN, organiser__path__in=above(place))
    return rounds.select_related("scheme_version").order_by("-starts_on", "-pk").first()


def above(place: Organisation) -> list[str]:
    """The tree paths of a place and of everything above it."""
    return [place.path[:end] for end in range(STEP, len(place.path) + 1, STEP)]
