"""How far each thing is, and which states may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused


class AssessmentState(models.TextChoices):
    """Of an assessment: its rules can be changed before it opens; the assessed see it once it is shown."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", pgettext_lazy("state of an assessment", "open, with the organiser")
    SHOWN = "shown", _("shown to the assessed")
    FROZEN = "frozen", _("frozen")


class CaseState(models.TextChoices):
    """Of a pairing with little effect (AH-08)."""

    OPEN = "open", pgettext_lazy("state of an adjustment", "being adjusted")
    DONE = "done", _("has a new partner")
    DROPPED = "dropped", _("stays as it is")


ASSESSMENT_TONES = {
    AssessmentState.DRAFT: "wait",
    AssessmentState.OPEN: "wait",
    AssessmentState.SHOWN: "soon",
    AssessmentState.FROZEN: "done",
}


def assessment_tone(state: str) -> str:
    return ASSESSMENT_TONES[AssessmentState(state)]


class ReportState(models.TextChoices):
    """A periodic report: drafted from the records, handed in by whoever owes it, taken or sent back by its desk."""

    DRAFTED = "drafted", pgettext_lazy("report", "drafted, to be handed in")
    SUBMITTED = "submitted", pgettext_lazy("report", "handed in")
    RETURNED = "returned", pgettext_lazy("report", "sent back")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")


R = ReportState
OPEN_REPORTS = (R.DRAFTED, R.RETURNED)  # still in the hands of whoever owes them
REPORTS_IN = (R.SUBMITTED, R.ACCEPTED)  # which the next level adds up
REPORT_TONES: dict[str, str] = {R.DRAFTED: "soon", R.SUBMITTED: "wait", R.RETURNED: "late", R.ACCEPTED: "done"}


TRANSITIONS: dict[type[models.TextChoices], dict] = {
    ReportState: {
        R.DRAFTED: {R.SUBMITTED},
        R.SUBMITTED: {R.ACCEPTED, R.RETURNED},
        R.RETURNED: {R.SUBMITTED},
        R.ACCEPTED: set(),
    },
    AssessmentState: {
        AssessmentState.DRAFT: {AssessmentState.OPEN},
        AssessmentState.OPEN: {AssessmentState.SHOWN},
        AssessmentState.SHOWN: {AssessmentState.FROZEN},
        AssessmentState.FROZEN: set(),
    },
    CaseState: {
        CaseState.OPEN: {CaseState.DONE, CaseState.DROPPED},
        CaseState.DONE: set(),
        CaseState.DROPPED: set(),
    },
}


def check_report(now: str, then: ReportState, sentence) -> None:
    """Refuse with `sentence` where the state of a report does not allow the step."""
    if then not in TRANSITIONS[ReportState][now]:
        raise Refused(sentence)
