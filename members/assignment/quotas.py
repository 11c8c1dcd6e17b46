"""How many households somebody of a rank may get, as the scheme of a round says (QX-10)."""

from members.kinds import PairKind
from pairing.models import Round


def quotas_of(round: Round | None) -> dict[str, int]:
    """By rank; empty where no round is named, or its scheme names no quota."""
    return round.rules.persons.quota(PairKind.CADRE_HOUSEHOLD) if round else {}
