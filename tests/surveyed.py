"""A survey with one village, in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from members.models import Household
from organisations.models import User
from pairing.models import Pairing
from pairing.tests.factories import as_written
from reports.models import (
    Survey,
    SurveyAnswer,
    SurveyBatch,
    SurveyCode,
    SurveyPlace,
    SurveyRespondent,
    SurveySubject,
)


def surveyed(pairing: Pairing, organiser: User) -> dict[str, Any]:
    """By the beginning of their addresses; one of the earlier year is closed, so that a team reads its own result."""
    rules, at = as_written("yudu")[1].survey.model_dump(mode="json"), timezone.now()
    common = {"round": pairing.round, "settings": rules, "seed": "walk", "opened_at": at, "opened_by": organiser}
    survey = Survey.objects.create(year=at.year, until=at.date(), **common)
    closed = Survey.objects.create(
        year=at.year - 1, until=at.date(), state="closed", closed_at=at, closed_by=organiser, **common
    )
    place = SurveyPlace.objects.create(
        survey=survey, village=pairing.village, drawn_field=5, drawn_paper=5, entered_field=1
    )
    subject = SurveySubject.objects.create(survey=closed, kind="team", organisation=pairing.unit)
    place.subjects.add(SurveySubject.objects.create(survey=survey, kind="team", organisation=pairing.unit))
    for household in Household.objects.filter(village=pairing.village):
        SurveyRespondent.objects.create(place=place, household=household, channel="field")
    SurveyCode.objects.create(place=place, digest="walk")
    batch = SurveyBatch.objects.create(
        place=place, channel="field", sheets=1, key="00000000-0000-4000-8000-000000000001", entered_at=at,
        entered_by=organiser,
    )  # fmt: skip
    SurveyAnswer.objects.create(subject=place.subjects.get(), channel="field", question="contact", option="content",
                                batch=batch)  # fmt: skip
    return {
        "surveys/subjects": subject, "surveys/places": place, "surveys/batches": batch, "surveys": survey,
        "closed survey": closed,
    }  # fmt: skip
