"""Satisfaction surveys: opened, asked over three channels, closed with their results, filed (YD-10 … YD-16)."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from core.refusals import Refused
from duties import filing
from duties.models import Duty, Filing
from organisations.history import act
from organisations.models import User
from pairing.models import Round
from pairing.schemes.duty_words import Counted
from pairing.schemes.survey import SurveyRules
from pairing.states import RoundState
from reports.models import Survey, SurveyAnswer, SurveyBatch, SurveyCode, SurveyPlace
from reports.notices import survey as notices
from reports.querysets.survey import MANAGE
from reports.survey.drawing import draw
from reports.survey.reading import keep_marks, totals
from reports.survey.states import TRANSITIONS, SurveyState

Marks = Mapping[tuple[int, str, str], int]  # subject, question, option: how often


@act(_("opened a satisfaction survey"))
def open_survey(
    *, by: User, round: Round, year: int, rules: SurveyRules, until: date, at: datetime, seed: str = ""
) -> Survey:
    """`rules`: those of the scheme, with the numbers that the organiser set. Whom it asks is drawn at once."""
    by.acting(MANAGE, round.organiser)
    if round.state != RoundState.OPEN:
        raise Refused(_("People are asked about a round that is open. Open it first."))
    if not rules.is_asked:
        raise Refused(_("The scheme of this round asks for no survey. Add the block 测评 to it first."))
    check_rules(rules)
    if until < timezone.localdate(at):
        raise Refused(_("The last day for answers is over. Choose a later one."))
    if Survey.objects.filter(round=round, year=year).exclude(state=SurveyState.GIVEN_UP).exists():
        raise Refused(_("There is a survey of this round and year already."))
    survey = Survey.objects.create(
        round=round, year=year, settings=rules.model_dump(mode="json"), until=until, opened_at=at, opened_by=by,
        seed=seed.strip() or f"{year}-{secrets.token_hex(4)}",
    )  # fmt: skip
    if not draw(survey):
        raise Refused(_("No household of the paired villages is on the roster. Enter the rosters first."))
    return survey


def check_rules(rules: SurveyRules) -> None:
    """Numbers changed by hand are held to the same as those of a file; so few are asked nowhere that they are known."""
    try:
        SurveyRules.model_validate(rules.model_dump())
    except ValidationError as error:
        raise Refused(_("The shares of the channels must make 100 per cent together.")) from error
    few = [channel.name for channel in rules.channels if channel.households < rules.least]
    if few:
        words = {"channels": "、".join(few), "least": rules.least}
        raise Refused(
            _("%(channels)s: draw at least %(least)s households of a village, or no result could be shown.") % words
        )


@act(_("entered answer sheets of a survey"))
def enter_sheets(
    *, by: User, place: SurveyPlace, channel: str, sheets: int, marks: Marks, key: UUID, at: datetime
) -> SurveyBatch:
    """A stack of sheets, counted by hand. No more of a channel than households were drawn for it."""
    place = locked(place)
    by.acting(MANAGE, place.survey.round.organiser)
    if known := SurveyBatch.objects.filter(key=key).first():
        return known
    check_running(place.survey)
    check_room(place, channel, sheets)
    check_marks(place, sheets, marks)
    batch = SurveyBatch.objects.create(
        place=place, channel=channel, sheets=sheets, key=key, entered_at=at, entered_by=by
    )
    keep(channel, marks, batch)
    place.add(channel, sheets)
    return batch


@act(_("withdrew answer sheets of a survey"))
def withdraw_sheets(*, by: User, batch: SurveyBatch, at: datetime) -> SurveyBatch:
    """Entered wrongly: they count no more, and can be entered again."""
    place = locked(batch.place)
    by.acting(MANAGE, place.survey.round.organiser)
    check_running(place.survey)
    batch = SurveyBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.withdrawn_at is None:
        batch.withdrawn_at, batch.withdrawn_by = at, by
        batch.save(update_fields=["withdrawn_at", "withdrawn_by"])
        place.add(batch.channel, -batch.sheets)
    return batch


@act(_("closed a satisfaction survey"))
def close_survey(*, by: User, survey: Survey, at: datetime) -> Survey:
    """Nobody can answer any more; the codes that are left go; the results are worked out once."""
    survey = moved(by, survey, SurveyState.CLOSED)
    answers = SurveyAnswer.objects.standing().filter(subject__survey=survey)
    if not answers.exists():
        raise Refused(_("Nobody has answered yet. Enter the answer sheets first, or give the survey up."))
    delete_codes(survey)
    keep_marks(survey)
    survey.closed_at, survey.closed_by, survey.totals = at, by, totals(survey)
    survey.save()
    return survey


@act(_("filed the result of a satisfaction survey"))
def file_survey(*, by: User, survey: Survey, at: datetime) -> Survey:
    """Those who were asked about are told where they read what people say of them."""
    survey = moved(by, survey, SurveyState.FILED)
    survey.filed_at, survey.filed_by = at, by
    survey.save()
    meet_duty(by, survey, at)
    notices.tell_subjects(survey, at)
    return survey


def meet_duty(by: User, survey: Survey, at: datetime) -> None:
    """What the organiser owes for this year (O-52), where the scheme has such a line."""
    lines = [rule.key for rule in survey.round.rules.obligations if rule.counted == Counted.SURVEY]
    owed = Duty.objects.filter(round=survey.round, obligation__in=lines, period=str(survey.year)).open()
    for duty in owed.exclude(pk__in=Filing.objects.filter(withdrawn_at=None).order_by().values("duty")):
        filing.file(by=by, duty=duty, address=survey.get_absolute_url(), at=at)


@act(_("gave a satisfaction survey up"))
def give_up_survey(*, by: User, survey: Survey, at: datetime) -> Survey:
    """Opened by mistake, with other numbers than meant: only while nobody has answered."""
    survey = moved(by, survey, SurveyState.GIVEN_UP)
    if SurveyAnswer.objects.standing().filter(subject__survey=survey).exists():
        raise Refused(_("People have answered already. Close the survey, so that their answers count."))
    delete_codes(survey)
    survey.closed_at, survey.closed_by = at, by
    survey.save()
    return survey


def moved(by: User, survey: Survey, then: SurveyState) -> Survey:
    """Locked, with the next state; not yet saved."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("round__organiser").get(pk=survey.pk)
    by.acting(MANAGE, survey.round.organiser)
    if then not in TRANSITIONS[SurveyState(survey.state)]:
        raise Refused(_("The survey is at another step: %(state)s.") % {"state": survey.get_state_display()})
    survey.state = then
    return survey


def delete_codes(survey: Survey) -> None:
    SurveyCode.objects.filter(place__survey=survey).delete()


def locked(place: SurveyPlace) -> SurveyPlace:
    rows = SurveyPlace.objects.select_for_update(of=("self",)).select_related("survey__round__organiser", "village")
    return rows.get(pk=place.pk)


def check_running(survey: Survey) -> None:
    if not survey.is_running:
        raise Refused(_("The survey is closed; nothing can be entered any more."))


def check_room(place: SurveyPlace, channel: str, sheets: int) -> None:
    """Of the households drawn for this channel, so many have not been entered."""
    room = place.room(channel)
    if sheets > room:
        words = {"channel": place.survey.rules.named(channel), "room": room}
        raise Refused(
            _("%(channel)s: answers of %(room)s more households at most can be entered for this village.") % words
        )


def check_marks(place: SurveyPlace, sheets: int, marks: Marks) -> None:
    rules = place.survey.rules
    subjects = set(place.subjects.values_list("pk", flat=True))
    questions = {question.key for question in rules.questions}
    options = {option.key for option in rules.options}
    of_line: dict[tuple[int, str], int] = {}
    for (subject, question, option), number in marks.items():
        if subject not in subjects or question not in questions or option not in options:
            raise Refused(_("This answer doesn't belong to the survey."))
        of_line[subject, question] = of_line.get((subject, question), 0) + number
    if not any(of_line.values()):
        raise Refused(_("Enter at least one answer."))
    if any(number > sheets for number in of_line.values()):
        raise Refused(_("A question has more answers than there are sheets. Count this line again."))


def keep(channel: str, marks: Marks, batch: SurveyBatch | None = None) -> None:
    """In the order of keys drawn at random, whatever the order of the form."""
    answers = [
        SurveyAnswer(subject_id=subject, channel=channel, question=question, option=option, number=number, batch=batch)
        for (subject, question, option), number in marks.items()
        if number
    ]
    SurveyAnswer.objects.bulk_create(sorted(answers, key=lambda answer: answer.id))
