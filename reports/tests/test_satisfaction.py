"""The result of a survey where it is used: in the assessment of the year, and in table T10."""

from datetime import date
from decimal import Decimal

import pytest

from core.periods import Period
from organisations.tests import factories as people
from reports.actions import assessment as assessments
from reports.assessment.satisfaction import rates_of
from reports.models import Survey
from reports.tests.assessing import points
from reports.tests.surveying import AT, Asked, close, county, enter, place_of

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")


@pytest.fixture
def asked() -> Asked:
    return county()


def answered(asked: Asked) -> Survey:
    """Four of five are content with the first unit; nobody answered about the second."""
    survey = asked.open()
    place = place_of(survey, asked.village)
    enter(asked, place, "field", 4)
    enter(asked, place, "field", 1, "discontent")
    return survey


def assessed(asked: Asked):
    made = assessments.set_up(by=asked.organiser, round=asked.round, period=YEAR, at=AT)
    return assessments.open_assessment(by=asked.organiser, assessment=made, at=AT)


@pytest.mark.clause("YD-14")
def test_the_rate_of_the_closed_survey_of_the_year_gives_its_share_of_the_points(asked):
    close(asked, answered(asked))
    found = assessed(asked)
    assert points(found, asked.unit)["satisfaction"] == Decimal(48)  # of 60, at 80 of a hundred
    assert points(found, asked.village)["people"] == Decimal(16)  # of 20
    assert points(found, asked.other_unit)["satisfaction"] is None  # nobody answered: it does not apply


def test_a_survey_that_still_runs_or_is_of_another_year_counts_nowhere(asked):
    survey = answered(asked)
    found = assessed(asked)
    assert rates_of(found) == []
    close(asked, survey)
    assert {each["rate"] for each in rates_of(found)} == {"80"}
    found.ends_on = date(2025, 12, 31)
    assert rates_of(found) == []


def rows(client, **given) -> list:
    sheet = client.get("/statistics/T10/", {"since": "2026-01-01", "until": "2026-12-31", **given}).context["sheet"]
    return [(section.title, line) for section in sheet.sections for line in section.table.lines]


def test_the_table_has_each_question_by_channel_with_its_sample(asked, signed_in):
    close(asked, answered(asked))
    found = rows(signed_in(asked.organiser))
    titles = {title for title, _line in found}
    assert len(titles) == 3  # team, Party organisation, cadres
    field = next(line for _title, line in found if "实地" in line.name)
    assert [(each.number, each.of) for each in field.figures[:4]] == [(4, 5), (0, 5), (1, 5), (0, 5)]
    assert [each.words for each in field.figures[-2:]] == ["80.0", "91.0"]


def test_the_table_keeps_to_the_place_and_to_who_asks(asked, signed_in):
    close(asked, answered(asked))
    elsewhere = people.user("organiser", people.county("白水县"))
    assert rows(signed_in(elsewhere)) == []
    of_unit = {title for title, _line in rows(signed_in(people.user("branch_secretary", asked.unit)))}
    assert len(of_unit) == 2  # its team and its cadres, not the Party organisation of the village
    near = rows(signed_in(asked.organiser), place="东村")
    assert all(each.number is None for _title, line in near for each in line.figures[:4])
