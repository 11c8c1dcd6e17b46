"""Every state of the members' app and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused


class PairState(models.TextChoices):
    """A person-to-person pair holds until somebody ends it, with a reason; its history stays."""

    ACTIVE = "active", _("in force")
    ENDED = "ended", _("ended")


class AssignmentState(models.TextChoices):
    """Of a household and the helper that an assignment proposes for it."""

    PROPOSED = "proposed", _("proposed")
    LEFT = "left", pgettext_lazy("household", "left without anybody")
    DROPPED = "dropped", _("dropped")
    ISSUED = "issued", _("paired")
    SKIPPED = "skipped", _("skipped, no longer possible")


class FloatingState(models.TextChoices):
    """From the entry at the origin to the report-in at the destination (SF-10, SF-30), and back."""

    REGISTERED = "registered", _("registered")
    DEPARTED = "departed", _("left, not reported in")
    REPORTED_IN = "reported_in", _("reported in")
    RETURNED = "returned", _("returned")
    ENDED = "ended", _("ended")


class InquiryState(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", _("answered by the origin")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ApplicantState(models.TextChoices):
    """Both places cultivate; complete once each has inspected, asked for opinions and put up a notice."""

    CULTIVATED = "cultivated", _("under cultivation")
    COMPLETE = "complete", _("complete at both places")
    ENDED = "ended", _("ended")


AWAY = (FloatingState.DEPARTED, FloatingState.REPORTED_IN)
FLOATING = (FloatingState.REGISTERED, *AWAY)
TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    PairState: {PairState.ACTIVE: (PairState.ENDED,), PairState.ENDED: ()},
    AssignmentState: {
        AssignmentState.PROPOSED: (AssignmentState.DROPPED, AssignmentState.ISSUED, AssignmentState.SKIPPED),
        AssignmentState.LEFT: (AssignmentState.PROPOSED,),
        AssignmentState.DROPPED: (AssignmentState.PROPOSED,),
        AssignmentState.ISSUED: (),
        AssignmentState.SKIPPED: (AssignmentState.PROPOSED,),
    },
    FloatingState: {
        FloatingState.REGISTERED: (FloatingState.DEPARTED, FloatingState.ENDED),
        FloatingState.DEPARTED: (FloatingState.REPORTED_IN, FloatingState.RETURNED, FloatingState.ENDED),
        FloatingState.REPORTED_IN: (FloatingState.RETURNED, FloatingState.ENDED),
        FloatingState.RETURNED: (),
        FloatingState.ENDED: (),
    },
    InquiryState: {
        InquiryState.ASKED: (InquiryState.ANSWERED, InquiryState.WITHDRAWN),
        InquiryState.ANSWERED: (),
        InquiryState.WITHDRAWN: (),
    },
    ApplicantState: {
        ApplicantState.CULTIVATED: (ApplicantState.COMPLETE, ApplicantState.ENDED),
        ApplicantState.COMPLETE: (),
        ApplicantState.ENDED: (),
    },
}
TONES: dict[type[models.TextChoices], dict[str, str]] = {
    PairState: {PairState.ACTIVE: "done"},
    AssignmentState: {
        AssignmentState.PROPOSED: "soon",
        AssignmentState.LEFT: "late",
        AssignmentState.ISSUED: "done",
    },
    FloatingState: {FloatingState.DEPARTED: "soon", FloatingState.REPORTED_IN: "done"},
    InquiryState: {InquiryState.ASKED: "soon", InquiryState.ANSWERED: "done"},
    ApplicantState: {ApplicantState.CULTIVATED: "soon", ApplicantState.COMPLETE: "done"},
}


def check_transition(now, then, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step. `then` is a member of its enum."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
