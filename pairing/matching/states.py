"""The states of a pair that the matching proposes, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    LEFT = "left", _("left without anybody")
    DROPPED = "dropped", _("dropped")
    RECOMMENDED = "recommended", _("put to both sides")
    ISSUED = "issued", _("paired")
    SKIPPED = "skipped", _("skipped, no longer possible")


TRANSITIONS: dict[MatchState, tuple[MatchState, ...]] = {
    MatchState.PROPOSED: (
        MatchState.LEFT,
        MatchState.DROPPED,
        MatchState.RECOMMENDED,
        MatchState.ISSUED,
        MatchState.SKIPPED,
    ),
    MatchState.LEFT: (MatchState.PROPOSED,),
    MatchState.DROPPED: (MatchState.PROPOSED,),
    MatchState.RECOMMENDED: (MatchState.ISSUED, MatchState.SKIPPED),
    MatchState.ISSUED: (),
    MatchState.SKIPPED: (MatchState.PROPOSED,),
}
# What a badge says without words: late | soon | done | wait (templates/parts).
TONES: dict[MatchState, str] = {
    MatchState.PROPOSED: "soon",
    MatchState.LEFT: "late",
    MatchState.DROPPED: "wait",
    MatchState.RECOMMENDED: "soon",
    MatchState.ISSUED: "done",
    MatchState.SKIPPED: "wait",
}


def may_become(*states: MatchState) -> list[MatchState]:
    """From which states one of these can be reached."""
    return [now for now, then in TRANSITIONS.items() if set(states) & set(then)]
