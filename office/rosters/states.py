"""The states of a roster import, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class RosterState(models.TextChoices):
    READING = "reading", _("being read")
    READY = "ready", _("waiting for your decision")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("could not be read")
    DISCARDED = "discarded", _("discarded")


TRANSITIONS: dict[RosterState, tuple[RosterState, ...]] = {
    RosterState.READING: (RosterState.READY, RosterState.FAILED, RosterState.DISCARDED),
    RosterState.READY: (RosterState.READING, RosterState.APPLYING, RosterState.UNDONE, RosterState.DISCARDED),
    RosterState.APPLYING: (RosterState.APPLIED, RosterState.READY),
    RosterState.APPLIED: (RosterState.UNDONE, RosterState.READING, RosterState.READY),
    RosterState.UNDONE: (RosterState.READING,),
    RosterState.FAILED: (RosterState.READING, RosterState.DISCARDED),
    RosterState.DISCARDED: (),
}
TONES: dict[RosterState, str] = {
    RosterState.READING: "soon",
    RosterState.READY: "soon",
    RosterState.APPLYING: "soon",
    RosterState.APPLIED: "done",
    RosterState.UNDONE: "wait",
    RosterState.FAILED: "late",
    RosterState.DISCARDED: "wait",
}


def check_transition(now: str, then: RosterState) -> None:
    """Refuse a step that the state does not allow."""
    if then not in TRANSITIONS[RosterState(now)]:
        words = {"now": RosterState(now).label, "then": then.label}
        raise Refused(_("This import is “%(now)s”; it can't become “%(then)s”.") % words)
