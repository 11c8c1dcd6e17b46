"""Every state of inspections, circulars and notices, and every way from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class InspectionState(models.TextChoices):
    """A second person confirms it before it is closed; nothing of a closed one is changed (TN-28, TN-30)."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("villages drawn, under way")
    SUBMITTED = "submitted", _("to be confirmed by a second person")
    CLOSED = "closed", _("closed")
    DROPPED = "dropped", _("not carried out")


class Among(models.TextChoices):
    """From which villages an inspection draws."""

    DIRECTORY = "directory", _("all villages of the directory")
    PAIRED = "paired", _("villages with a signed pairing")


class Strata(models.TextChoices):
    BOTH = "both", _("by township and class of the village")
    TOWNSHIP = "township", _("by township")
    CLASS = "class", _("by class of the village")
    NONE = "none", _("all together")


class CheckResult(models.TextChoices):
    GOOD = "good", _("in order")
    PARTLY = "partly", _("partly in order")
    POOR = "poor", _("not in order")
    NOT_ASKED = "not_asked", _("does not apply here")


class NoticeKind(models.TextChoices):
    CIRCULAR = "circular", _("circular on an inspection")
    ARRANGEMENT = "arrangement", _("arrangement notice")
    COMMENDATION = "commendation", _("commendation list")


class NoticeState(models.TextChoices):
    """What was issued is never changed: it is withdrawn, or a new one takes its place."""

    DRAFT = "draft", _("being written")
    ISSUED = "issued", _("issued")
    CORRECTED = "corrected", _("replaced by a new one")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Matter(models.TextChoices):
    """How much a document is about: by that the rules to lighten the burden measure its length (P-17)."""

    SPECIAL = "special", _("one special task, up to 4000 characters")
    OVERALL = "overall", _("the work as a whole, up to 5000 characters")


class Addressee(models.TextChoices):
    COMMITTEE = "committee", _("committees and townships below")
    UNIT = "unit", _("units of the directory")
    VILLAGE = "village", _("villages of the directory")


MOST_CHARACTERS = {Matter.SPECIAL: 4000, Matter.OVERALL: 5000}
TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    InspectionState: {
        InspectionState.PLANNED: (InspectionState.UNDER_WAY, InspectionState.DROPPED),
        InspectionState.UNDER_WAY: (InspectionState.SUBMITTED, InspectionState.DROPPED),
        InspectionState.SUBMITTED: (InspectionState.UNDER_WAY, InspectionState.CLOSED),
        InspectionState.CLOSED: (),
        InspectionState.DROPPED: (),
    },
    NoticeState: {
        NoticeState.DRAFT: (NoticeState.ISSUED,),
        NoticeState.ISSUED: (NoticeState.CORRECTED, NoticeState.WITHDRAWN),
        NoticeState.CORRECTED: (),
        NoticeState.WITHDRAWN: (),
    },
}
TONES: dict[type[models.TextChoices], dict[str, str]] = {
    InspectionState: {
        InspectionState.UNDER_WAY: "soon",
        InspectionState.SUBMITTED: "soon",
        InspectionState.CLOSED: "done",
    },
    NoticeState: {NoticeState.DRAFT: "soon", NoticeState.ISSUED: "done"},
    CheckResult: {CheckResult.GOOD: "done", CheckResult.PARTLY: "soon", CheckResult.POOR: "late"},
}


def check_transition(now: str, then: models.TextChoices, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step."""
    if then not in TRANSITIONS[type(then)][now]:
        raise Refused(sentence)


def tone(state: models.TextChoices) -> str:
    return TONES[type(state)].get(state, "wait")
