"""The forms of pairing that a scheme names: supply chain, leading firm and base … (AH-07, TC-02, XC-05)."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from pairing.models import Round


def choices_of(round: Round) -> list[tuple[str, str]]:
    """Key and name of each; none where the scheme names none."""
    return [(mode.key, mode.name) for mode in round.rules.pairing.modes]


def name_of(round: Round, key: str) -> str:
    return dict(choices_of(round)).get(key, key)


def check_mode(round: Round, key: str) -> None:
    """One of the scheme's, or left open."""
    known = dict(choices_of(round))
    if key and key not in known:
        words = {"mode": key, "known": "、".join(known.values()) or "—"}
        raise Refused(_("“%(mode)s” is no form of pairing of this scheme. Choose one of: %(known)s.") % words)
