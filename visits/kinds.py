"""What can be recorded under a round: the kinds that its scheme names, then what every scheme knows."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from pairing.models import Round
from pairing.schemes.words import Nature

STANDARD = "standard-"  # before the nature, in the code of a kind that no line of the scheme names
NOT_COUNTED_AS = {Nature.OTHER}
REACH_MANY = {Nature.TRAINING, Nature.PARTY_LECTURE, Nature.OUTREACH, Nature.STUDY_TOUR, Nature.TALK}


@dataclass(frozen=True)
class ActivityKind:
    """`code` is what a form sends; `key` is the code of the line in the scheme, empty for a standard kind.

    `topic`: of a talk, where the line of the scheme says so.
    """

    code: str
    key: str
    name: str
    nature: Nature
    clause: str = ""
    topic: str = ""


def kinds_of(round: Round) -> list[ActivityKind]:
    """First as the scheme calls them, in its order; then the natures that it does not name."""
    named = [
        ActivityKind(kind.key, kind.key, kind.name, Nature(kind.nature), kind.clause, kind.topic or "")
        for kind in round.rules.activity_kinds
        if kind.nature
    ]
    covered = {kind.nature for kind in named}
    rest = [ActivityKind(f"{STANDARD}{each}", "", str(each.label), each) for each in Nature if each not in covered]
    return named + rest


def kind_of(round: Round, code: str) -> ActivityKind:
    kind = next((kind for kind in kinds_of(round) if kind.code == code), None)
    if kind is None:
        raise Refused(_("Choose what was done from the list."))
    return kind
