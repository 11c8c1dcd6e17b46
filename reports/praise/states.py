"""Every state of on-site meetings, good cases and contests, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused


class MeetingState(models.TextChoices):
    """Of an on-site meeting (AH-25)."""

    PLANNED = "planned", pgettext_lazy("on-site meeting", "planned")
    HELD = "held", pgettext_lazy("on-site meeting", "held")
    CALLED_OFF = "called_off", _("called off")


class GoodCaseState(models.TextChoices):
    """Of an experience that a unit or village hands in (TN-31)."""

    SUBMITTED = "submitted", pgettext_lazy("good case", "handed in")
    RETURNED = "returned", pgettext_lazy("good case", "sent back")
    PUBLISHED = "published", pgettext_lazy("good case", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("good case", "withdrawn")


class ContestState(models.TextChoices):
    """Of a contest among organisations (YD-03)."""

    OPEN = "open", pgettext_lazy("contest", "sheets are handed in")
    CLOSED = "closed", pgettext_lazy("contest", "result is told")
    DROPPED = "dropped", pgettext_lazy("contest", "given up")


class Contestant(models.TextChoices):
    TOWNSHIP = "township", _("townships")
    VILLAGE = "village", _("villages of the directory")


class SupportKind(models.TextChoices):
    """What the best are given (YD-03)."""

    POLICY = "policy", pgettext_lazy("support", "policy")
    FUNDS = "funds", pgettext_lazy("support", "funds")
    TRAINING = "training", pgettext_lazy("support", "training")


M, G, C = MeetingState, GoodCaseState, ContestState
TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    MeetingState: {M.PLANNED: (M.HELD, M.CALLED_OFF), M.HELD: (), M.CALLED_OFF: ()},
    GoodCaseState: {
        G.SUBMITTED: (G.RETURNED, G.PUBLISHED, G.WITHDRAWN),
        G.RETURNED: (G.SUBMITTED, G.WITHDRAWN),
        G.PUBLISHED: (G.WITHDRAWN,),
        G.WITHDRAWN: (),
    },
    ContestState: {C.OPEN: (C.CLOSED, C.DROPPED), C.CLOSED: (), C.DROPPED: ()},
}
TONES: dict[type[models.TextChoices], dict[str, str]] = {
    MeetingState: {M.PLANNED: "soon", M.HELD: "done"},
    GoodCaseState: {G.SUBMITTED: "soon", G.RETURNED: "late", G.PUBLISHED: "done"},
    ContestState: {C.OPEN: "soon", C.CLOSED: "done"},
}


def check_transition(now: str, then: models.TextChoices, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
