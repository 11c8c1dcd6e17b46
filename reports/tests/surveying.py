"""A county under the scheme of Yudu: two villages, one unit each, households with and without a phone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from members.tests import factories as roster
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Round
from pairing.tests import factories as pairs
from pairing.tests.factories import SPRING
from reports.actions import survey as acts
from reports.actions.survey_slips import answer_by_code, print_slips
from reports.models import Survey, SurveyPlace

AT = SPRING + timedelta(days=200)
UNTIL = date(2026, 12, 31)


@dataclass
class Asked:
    county: Organisation
    village: Organisation
    other: Organisation
    unit: Organisation
    other_unit: Organisation
    round: Round
    organiser: User

    def open(self, **given: Any) -> Survey:
        changed: dict[str, Any] = {"year": 2026, "until": UNTIL, "at": AT, "seed": "2026-test", **given}
        rules = changed.pop("rules", self.round.rules.survey)
        return acts.open_survey(by=self.organiser, round=self.round, rules=rules, **changed)


def county(households: int = 24, *, with_phone: int = 10) -> Asked:
    top = people.county()
    town = people.township(top)
    village, other = people.village(town, "马岭村"), people.village(town, "东村")
    unit, other_unit = people.unit(top, "林业局"), people.unit(top, "粮食局")
    round = pairs.round(top, scheme="yudu")
    for place, team in ((village, unit), (other, other_unit)):
        pairs.pairing(round, team, place, state="signed")
        for number in range(households):
            roster.household(place, f"刘家{number}", phone="13900001111" if number < with_phone else "")
    return Asked(top, village, other, unit, other_unit, round, people.user("organiser", top))


def place_of(survey: Survey, village: Organisation) -> SurveyPlace:
    return SurveyPlace.objects.get(survey=survey, village=village)


def every(place: SurveyPlace, option: str, number: int) -> dict[tuple[int, str, str], int]:
    """The same answer to each question about each subject."""
    rules = place.survey.rules
    subjects = place.subjects.values_list("pk", flat=True)
    return {(subject, question.key, option): number for subject in subjects for question in rules.questions}


def enter(asked: Asked, place: SurveyPlace, channel: str, sheets: int, option: str = "content", **given: Any):
    fields = {"key": uuid4(), "at": AT, "marks": every(place, option, sheets), **given}
    return acts.enter_sheets(by=asked.organiser, place=place, channel=channel, sheets=sheets, **fields)


def answer(asked: Asked, place: SurveyPlace, *options: str, at: datetime = AT) -> None:
    """Somebody for each option, with a slip."""
    codes = print_slips(by=asked.organiser, place=place, at=at)
    for code, option in zip(codes, options, strict=False):
        answer_by_code(by=None, code=code, marks=every(place, option, 1), at=at)


def close(asked: Asked, survey: Survey) -> Survey:
    return acts.close_survey(by=asked.organiser, survey=survey, at=AT)
