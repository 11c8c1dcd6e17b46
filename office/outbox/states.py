"""The states of a message to the outside, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class Medium(models.TextChoices):
    MAIL = "mail", _("e-mail")
    WECOM = "wecom", _("WeCom")
    GROUP = "group", _("group robot")


class OutgoingState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not delivered")
    UNCERTAIN = "uncertain", _("uncertain: may have arrived")
    GIVEN_UP = "given_up", _("given up")
    LAPSED = "lapsed", _("no longer needed")


TRANSITIONS: dict[OutgoingState, tuple[OutgoingState, ...]] = {
    OutgoingState.WAITING: (OutgoingState.SENDING, OutgoingState.GIVEN_UP, OutgoingState.LAPSED),
    OutgoingState.SENDING: (
        OutgoingState.SENT,
        OutgoingState.WAITING,
        OutgoingState.FAILED,
        OutgoingState.UNCERTAIN,
    ),
    OutgoingState.SENT: (),
    OutgoingState.FAILED: (OutgoingState.WAITING, OutgoingState.GIVEN_UP),
    OutgoingState.UNCERTAIN: (OutgoingState.SENDING, OutgoingState.WAITING, OutgoingState.GIVEN_UP),
    OutgoingState.GIVEN_UP: (),
    OutgoingState.LAPSED: (),
}
TONES: dict[OutgoingState, str] = {
    OutgoingState.WAITING: "wait",
    OutgoingState.SENDING: "soon",
    OutgoingState.SENT: "done",
    OutgoingState.FAILED: "late",
    OutgoingState.UNCERTAIN: "soon",
    OutgoingState.GIVEN_UP: "wait",
    OutgoingState.LAPSED: "wait",
}


def check_transition(now: str, then: OutgoingState) -> None:
    """Refuse a step that the state does not allow."""
    if then not in TRANSITIONS[OutgoingState(now)]:
        raise Refused(_("This message is “%(now)s”: that is not possible now.") % {"now": OutgoingState(now).label})
