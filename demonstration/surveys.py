"""A finished survey of last year, its answers computed, and one that is running: both through the product's own verbs.

How content people are differs from village to village and from question to question, by plain arithmetic: nobody
types a total.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demonstration.calendar import Calendar, at
from duties.planning import plan
from organisations.models import User
from pairing.models import Round
from pairing.schemes.survey_words import Channel, SubjectKind
from reports.actions import survey as acts
from reports.actions.survey_slips import answer_by_code, print_slips
from reports.models import Survey, SurveyPlace, SurveySubject

OPTIONS = ("content", "mostly", "discontent", "unknown")
OF_TWENTY = ((13, 18, 19), (11, 17, 19), (9, 15, 18), (14, 18, 19))  # village by village: content, mostly, discontent
BY_CODE, SHEETS = 6, 4  # of the ten households asked on paper
REACHED = 0.5  # of those drawn, while a survey is running


@dataclass
class Surveys:
    round: Round
    organiser: User
    calendar: Calendar

    def load(self) -> None:
        begun = self.calendar.days_ago(10)
        year = begun.year
        filed = min(at(date(year, 1, 16)), self.calendar.days_ago(12))
        last = self.opened(year - 1, at(date(year - 1, 12, 5)), filed.date())
        self.answered(last, filed - timedelta(days=20))
        acts.close_survey(by=self.organiser, survey=last, at=filed - timedelta(days=1))
        plan(filed.date())
        acts.file_survey(by=self.organiser, survey=last, at=filed)
        now = self.opened(year, begun, self.calendar.today + timedelta(days=25))
        self.answered(now, self.calendar.days_ago(2), part=REACHED)

    def opened(self, year: int, moment: datetime, until: date) -> Survey:
        return acts.open_survey(
            by=self.organiser, round=self.round, year=year, rules=self.round.rules.survey, until=until, at=moment,
            seed=f"{year}-yudu",
        )  # fmt: skip

    def answered(self, survey: Survey, moment: datetime, part: float = 1) -> None:
        for number, place in enumerate(survey.places.select_related("survey", "village")):
            for channel in (Channel.FIELD, Channel.PHONE):
                self.entered(place, channel, int(place.drawn(channel) * part), number, moment)
            self.entered(place, Channel.PAPER, int(SHEETS * part), number, moment)
            codes = print_slips(by=self.organiser, place=place, at=moment)
            for person, code in enumerate(codes[: int(BY_CODE * part)]):
                marks = self.marks(place, number, range(person, person + 1))
                answer_by_code(by=None, code=code, marks=marks, at=moment)

    def entered(self, place: SurveyPlace, channel: Channel, sheets: int, number: int, moment: datetime) -> None:
        if not sheets:
            return
        marks = self.marks(place, number, range(first := 10 * (1 + Channel.values.index(channel)), first + sheets))
        acts.enter_sheets(
            by=self.organiser, place=place, channel=channel, sheets=sheets, marks=marks, key=uuid.uuid4(), at=moment
        )

    def marks(self, place: SurveyPlace, number: int, people: range) -> dict[tuple[int, str, str], int]:
        """What these people say of each subject of their village."""
        found: dict[tuple[int, str, str], int] = {}
        for subject in place.subjects.all():
            for turn, question in enumerate(place.survey.rules.questions):
                for person in people:
                    option = said(subject, number, turn, person)
                    found[subject.pk, question.key, option] = found.get((subject.pk, question.key, option), 0) + 1
        return found


def said(subject: SurveySubject, number: int, question: int, person: int) -> str:
    """One of twenty equally likely answers, spread by steps that have no part in common with twenty."""
    lot = (person * 7 + question * 3 + SubjectKind.values.index(subject.kind) * 11 + number) % 20
    limits = OF_TWENTY[(number + question) % len(OF_TWENTY)]
    return next((option for option, limit in zip(OPTIONS, limits, strict=False) if lot < limit), OPTIONS[-1])
