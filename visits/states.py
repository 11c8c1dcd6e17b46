"""Every state of an activity and every way from one to the next. A test proves that each state is listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class ActivityState(models.TextChoices):
    """One side records, the other confirms; what was confirmed is corrected by a new version, never changed."""

    PLANNED = "planned", _("planned")
    MISSED = "missed", _("could not take place")
    SUBMITTED = "submitted", _("waits for confirmation")
    RETURNED = "returned", _("sent back")
    CONFIRMED = "confirmed", _("confirmed by the other side")
    REPLACED = "replaced", _("replaced by a correction")
    CANCELLED = "cancelled", _("cancelled")


class LeadStage(models.TextChoices):
    """How far a firm is on its way into a village (XY-23)."""

    TALKS = "talks", _("in talks")
    SITING = "siting", _("choosing a site")
    LANDED = "landed", _("landed")
    GIVEN_UP = "given_up", _("given up")


S = ActivityState
RECORDED = (S.SUBMITTED, S.RETURNED, S.CONFIRMED)  # what was done, whether confirmed yet or not
TRANSITIONS: dict[type[models.TextChoices], dict[str, tuple[str, ...]]] = {
    S: {
        S.PLANNED: (S.SUBMITTED, S.MISSED, S.CANCELLED),
        S.MISSED: (),
        S.SUBMITTED: (S.CONFIRMED, S.RETURNED, S.CANCELLED),
        S.RETURNED: (S.SUBMITTED, S.CANCELLED),
        S.CONFIRMED: (S.REPLACED,),
        S.REPLACED: (),
        S.CANCELLED: (),
    }
}
L = LeadStage
STAGES: dict[str, tuple[LeadStage, ...]] = {
    L.TALKS: (L.SITING, L.LANDED, L.GIVEN_UP),
    L.SITING: (L.TALKS, L.LANDED, L.GIVEN_UP),
    L.LANDED: (L.GIVEN_UP,),
    L.GIVEN_UP: (L.TALKS,),
}
TONES: dict[str, str] = {S.SUBMITTED: "soon", S.RETURNED: "late", S.CONFIRMED: "done"}


def check_transition(now: str, then: ActivityState, sentence) -> None:
    """Refuse with `sentence` where the state does not allow the step."""
    if then not in TRANSITIONS[ActivityState][now]:
        raise Refused(sentence)


def tone(state: str) -> str:
    return TONES.get(state, "wait")


def check_lead(now: str, then: LeadStage) -> None:
    if then not in STAGES[now]:
        raise Refused(_("A lead that is “%(stage)s” does not go there.") % {"stage": LeadStage(now).label})
