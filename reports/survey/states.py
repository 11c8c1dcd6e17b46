"""How far a satisfaction survey is, and which states may follow."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SurveyState(models.TextChoices):
    """Results are worked out once, when it is closed; filing them is what the round owes (O-52)."""

    RUNNING = "running", pgettext_lazy("survey", "people are being asked")
    CLOSED = "closed", pgettext_lazy("survey", "closed, to be filed")
    FILED = "filed", pgettext_lazy("survey", "filed")
    GIVEN_UP = "given_up", pgettext_lazy("survey", "given up")


TRANSITIONS: dict[SurveyState, set[SurveyState]] = {
    SurveyState.RUNNING: {SurveyState.CLOSED, SurveyState.GIVEN_UP},
    SurveyState.CLOSED: {SurveyState.FILED},
    SurveyState.FILED: set(),
    SurveyState.GIVEN_UP: set(),
}
TONES = {
    SurveyState.RUNNING: "soon",
    SurveyState.CLOSED: "soon",
    SurveyState.FILED: "done",
    SurveyState.GIVEN_UP: "wait",
}
OVER = (SurveyState.CLOSED, SurveyState.FILED)  # with results
