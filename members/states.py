"""Every state of the members' app and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class PairState(models.TextChoices):
    """A person-to-person pair holds until somebody ends it, with a reason; its history stays."""

    ACTIVE = "active", _("in force")
    ENDED = "ended", _("ended")


TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    PairState: {PairState.ACTIVE: (PairState.ENDED,), PairState.ENDED: ()},
}
TONES: dict[type[models.TextChoices], dict[str, str]] = {
    PairState: {PairState.ACTIVE: "done"},
}


def check_transition(now, then, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step. `then` is a member of its enum."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
