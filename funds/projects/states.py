"""Every state of a project and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused


class ProjectState(models.TextChoices):
    """One side plans it, the other agrees; who carries it out reports it finished, the village accepts it."""

    PLANNED = "planned", pgettext_lazy("project", "planned")
    CONSENTED = "consented", _("the villagers have agreed")
    UNDER_WAY = "under_way", pgettext_lazy("project", "under way")
    FINISHED = "finished", _("finished, to be accepted by the village")
    ACCEPTED = "accepted", _("accepted by the village")
    STOPPED = "stopped", _("stopped")


class ShareState(models.TextChoices):
    """What one side of a pairing says to its part in a pooled project (SH-39)."""

    ASKED = "asked", _("asked, awaiting an answer")
    AGREED = "agreed", pgettext_lazy("share of a project", "agreed")
    DECLINED = "declined", _("declined")


S, A = ProjectState, ShareState
BEFORE = (S.PLANNED, S.CONSENTED)  # nothing has begun
OPEN = (*BEFORE, S.UNDER_WAY, S.FINISHED)
OVER = (S.ACCEPTED, S.STOPPED)
TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[models.TextChoices, ...]]] = {
    S: {
        S.PLANNED: (S.CONSENTED, S.UNDER_WAY, S.STOPPED),
        S.CONSENTED: (S.UNDER_WAY, S.STOPPED),
        S.UNDER_WAY: (S.FINISHED, S.STOPPED),
        S.FINISHED: (S.ACCEPTED, S.UNDER_WAY, S.STOPPED),
        S.ACCEPTED: (),
        S.STOPPED: (),
    },
    A: {A.ASKED: (A.AGREED, A.DECLINED), A.AGREED: (A.DECLINED, A.ASKED), A.DECLINED: (A.AGREED, A.ASKED)},
}
TONES: dict[str, str] = {
    S.CONSENTED: "soon",
    S.UNDER_WAY: "soon",
    S.FINISHED: "soon",
    S.ACCEPTED: "done",
    S.STOPPED: "late",
    A.ASKED: "soon",
    A.AGREED: "done",
    A.DECLINED: "late",
}


def check_transition(now: str, then: ProjectState, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step."""
    if then not in TRANSITIONS[ProjectState][now]:
        raise Refused(sentence)


def tone(state: str) -> str:
    return TONES.get(state, "wait")
