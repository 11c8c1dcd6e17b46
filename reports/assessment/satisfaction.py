"""The rates of satisfaction that count in an assessment (YD-14), of a hundred, by organisation."""

from collections import defaultdict
from decimal import Decimal

from reports.models import Assessment, SurveySubject
from reports.survey.reading import of_subject
from reports.survey.results import mean
from reports.survey.states import OVER


def rates_of(assessment: Assessment) -> list[dict]:
    """By the survey of the round in the year in which the period ends, once it is closed; who was judged as several
    kinds of subject has the mean. Whoever has no result is not there: the item does not apply then. One statement."""
    judged = SurveySubject.objects.filter(
        survey__round=assessment.round_id, survey__year=assessment.ends_on.year, survey__state__in=OVER
    )
    rates: dict[int, list[Decimal | None]] = defaultdict(list)
    for subject in judged.select_related("survey").order_by("pk"):
        rates[subject.organisation_id].append(of_subject(subject.survey, subject).rate)
    found = ((organisation, mean(each)) for organisation, each in rates.items())
    return [{"organisation": organisation, "rate": str(rate)} for organisation, rate in found if rate is not None]
