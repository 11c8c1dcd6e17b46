"""Every state of the members' app and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class PairState(models.TextChoices):
    """A person-to-person pair holds until somebody ends it, with a reason; its history stays."""

    ACTIVE = "active", _("in force")
    ENDED = "ended", _("ended")


class AssignmentState(models.TextChoices):
    """Of a household and the helper that an assignment proposes for it."""

    PROPOSED = "proposed", _("proposed")
    LEFT = "left", _("left without anybody")
    DROPPED = "dropped", _("dropped")
    ISSUED = "issued", _("paired")
    SKIPPED = "skipped", _("skipped, no longer possible")


TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    PairState: {PairState.ACTIVE: (PairState.ENDED,), PairState.ENDED: ()},
    AssignmentState: {
        AssignmentState.PROPOSED: (AssignmentState.DROPPED, AssignmentState.ISSUED, AssignmentState.SKIPPED),
        AssignmentState.LEFT: (AssignmentState.PROPOSED,),
        AssignmentState.DROPPED: (AssignmentState.PROPOSED,),
        AssignmentState.ISSUED: (),
        AssignmentState.SKIPPED: (AssignmentState.PROPOSED,),
    },
}
TONES: dict[type[models.TextChoices], dict[str, str]] = {
    PairState: {PairState.ACTIVE: "done"},
    AssignmentState: {
        AssignmentState.PROPOSED: "soon",
        AssignmentState.LEFT: "late",
        AssignmentState.ISSUED: "done",
    },
}


def check_transition(now, then, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step. `then` is a member of its enum."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
