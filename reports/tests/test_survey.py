"""Satisfaction surveys: drawn by seed, asked over three channels within quotas, anonymous, closed with their results."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from core.refusals import Refused
from duties.models import Duty
from duties.planning import plan
from members.models import Household
from members.tests import factories as roster
from office.models import Message
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import Issue, PublicCommitment
from pairing.schemes.survey_words import SubjectKind
from pairing.states import Side
from pairing.tests import factories as pairs
from reports.actions import survey as acts
from reports.actions.survey_slips import answer_by_code, print_slips
from reports.models import (
    Survey,
    SurveyAnswer,
    SurveyBatch,
    SurveyCode,
    SurveyPlace,
    SurveyRespondent,
    SurveySubject,
)
from reports.survey.beside import beside
from reports.survey.reading import of_kinds, of_subject
from reports.survey.results import rounded
from reports.survey.tables import rows_of
from reports.tests.surveying import AT, Asked, answer, close, county, enter, every, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return county()


def drawn(survey: Survey) -> set[tuple[int, str]]:
    return set(SurveyRespondent.objects.filter(place__survey=survey).values_list("household", "channel"))


@pytest.mark.clause("YD-15")
def test_each_channel_has_its_own_households_drawn_by_a_seed_that_draws_the_same_again(asked):
    first = asked.open()
    found = drawn(first)
    by_channel = {
        channel: sum(1 for _home, each in found if each == channel) for channel in ("field", "paper", "phone")
    }
    assert by_channel == {"field": 10, "paper": 20, "phone": 10}  # of two villages: five, ten and five of each
    acts.give_up_survey(by=asked.organiser, survey=first, at=AT)
    assert drawn(asked.open()) == found
    acts.give_up_survey(by=asked.organiser, survey=Survey.objects.first(), at=AT)
    assert drawn(asked.open(seed="another")) != found


def test_by_telephone_only_those_with_a_number_are_asked_and_nobody_who_left(asked):
    gone = Household.objects.filter(village=asked.village).first()
    Household.objects.filter(pk=gone.pk).update(left_on=AT.date())
    survey = asked.open()
    phoned = [home for home, channel in drawn(survey) if channel == "phone"]
    assert not Household.objects.filter(pk__in=phoned, phone="").exists()
    assert gone.pk not in {home for home, _channel in drawn(survey)}


@pytest.mark.clause("YD-16")
def test_three_kinds_of_subject_each_with_its_own_score(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    kinds = {subject.kind: subject for subject in place.subjects.all()}
    assert kinds.keys() == set(SubjectKind)
    assert {subject.organisation for subject in kinds.values()} == {asked.unit, asked.village}
    marks: dict[tuple[int, str, str], int] = {}
    for kind, option in (("team", "content"), ("party", "mostly"), ("cadre", "discontent")):
        marks |= {(kinds[kind].pk, question.key, option): 5 for question in survey.rules.questions}
    enter(asked, place, "field", 5, marks=marks)
    survey = close(asked, survey)
    scores = {kind: rounded(result.score) for kind, _name, result in of_kinds(survey)}
    assert scores == {"team": Decimal("100.0"), "party": Decimal("75.0"), "cadre": Decimal("55.0")}


@pytest.mark.clause("YD-10")
@pytest.mark.clause("YD-13")
def test_every_question_of_the_text_is_asked_and_has_its_own_result(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    assert [question.name for question in survey.rules.questions] == [
        "与群众联系是否紧密？", "公开承诺事项是否落实？", "群众建议和诉求是否及时处理？", "结对服务成效是否明显？",
    ]  # fmt: skip
    subject = place.subjects.get(kind="team")
    given = {"contact": "content", "commitments": "mostly", "requests": "discontent", "results": "unknown"}
    enter(asked, place, "field", 5, marks={(subject.pk, *line): 5 for line in given.items()})
    survey = close(asked, survey)
    subject.refresh_from_db()
    scores = {each.question.key: rounded(each.score) for each in of_subject(survey, subject).questions}
    assert scores == {"contact": 100, "commitments": 75, "requests": 55, "results": None}


def test_answers_that_are_not_counted_are_told_and_take_no_part_in_score_and_rate(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    subject = place.subjects.get(kind="team")
    marks = {(subject.pk, "contact", option): number for option, number in
             (("content", 2), ("mostly", 1), ("discontent", 1), ("unknown", 1))}  # fmt: skip
    enter(asked, place, "field", 5, marks=marks)
    survey = close(asked, survey)
    subject.refresh_from_db()
    cell = of_subject(survey, subject).questions[0].cells[0]
    assert (cell.answers, cell.counted, cell.numbers) == (5, 4, [2, 1, 1, 1])
    assert (cell.score, cell.rate) == (Decimal("82.5"), Decimal("75"))  # (200 + 75 + 55) / 4


def test_channels_count_by_their_shares_and_one_without_a_result_leaves_its_share(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    enter(asked, place, "field", 5, "content")
    enter(asked, place, "phone", 5, "discontent")
    survey = close(asked, survey)
    result = of_subject(survey, SurveySubject.objects.get(survey=survey, kind="team", organisation=asked.unit))
    assert rounded(result.score) == Decimal("77.5")  # 30 : 30 of 100 and 55
    assert [row.answers for row in rows_of(result)][:4] == [5, 0, 5, 10]


def test_a_small_group_is_not_shown_and_counts_in_no_sum(asked):
    survey = asked.open()
    enter(asked, place_of(survey, asked.village), "field", 5, "content")
    enter(asked, place_of(survey, asked.other), "field", 4, "discontent")
    survey = close(asked, survey)
    small = of_subject(survey, SurveySubject.objects.get(survey=survey, kind="team", organisation=asked.other_unit))
    assert (small.score, small.rate, small.questions[0].answers) == (None, None, 0)
    assert next(rows_of(small)).numbers is None
    (team, *_others) = [result for _kind, _name, result in of_kinds(survey)]
    assert (rounded(team.score), team.answers) == (Decimal("100.0"), 5)


@pytest.mark.clause("YD-15")
def test_a_channel_takes_no_more_answers_than_households_were_drawn_for_it(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    enter(asked, place, "phone", 5)
    with pytest.raises(Refused, match="0"):
        enter(asked, place, "phone", 1)
    assert (SurveyBatch.objects.count(), place_of(survey, asked.village).entered_phone) == (1, 5)
    enter(asked, place, "field", 5)  # a quota of its own
    with pytest.raises(IntegrityError, match="survey_place_phone_within_quota"), transaction.atomic():
        SurveyPlace.objects.filter(pk=place.pk).update(entered_phone=6)
    channels = set(SurveyAnswer.objects.values_list("channel", flat=True))
    assert channels == {"phone", "field"}


def test_the_same_stack_sent_twice_counts_once_and_a_withdrawn_one_not_at_all(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    batch = enter(asked, place, "field", 5)
    again = enter(asked, place, "field", 5, key=batch.key)
    assert (again, SurveyBatch.objects.count()) == (batch, 1)
    acts.withdraw_sheets(by=asked.organiser, batch=batch, at=AT)
    assert not SurveyAnswer.objects.standing().exists()
    with pytest.raises(Refused):
        close(asked, survey)
    enter(asked, place, "field", 5, "mostly")
    assert rounded(of_kinds(close(asked, survey))[0][2].score) == Decimal("75.0")


def test_answers_of_others_or_more_than_sheets_are_refused(asked):
    survey = asked.open()
    place, other = place_of(survey, asked.village), place_of(survey, asked.other)
    for marks in (every(other, "content", 1), every(place, "invented", 1), every(place, "content", 3), {}):
        with pytest.raises(Refused):
            enter(asked, place, "field", 2, marks=marks)
    assert not SurveyAnswer.objects.exists()


def test_a_code_opens_one_answer_and_is_gone_with_it(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    codes = print_slips(by=asked.organiser, place=place, at=AT)
    assert len(codes) == 10
    answer_by_code(by=None, code=codes[0].lower().replace("-", ""), marks=every(place, "content", 1), at=AT)
    for code in (codes[0], "7K3M-Q0XD"):
        with pytest.raises(Refused):
            answer_by_code(by=None, code=code, marks=every(place, "content", 1), at=AT)
    assert (SurveyCode.objects.count(), SurveyAnswer.objects.count()) == (9, 12)
    assert not SurveyCode.objects.filter(digest__in=codes).exists()  # only hashes are kept


def test_new_slips_make_the_old_ones_void_and_late_ones_answer_nothing(asked):
    place = place_of(asked.open(), asked.village)
    old = print_slips(by=asked.organiser, place=place, at=AT)
    new = print_slips(by=asked.organiser, place=place, at=AT)
    with pytest.raises(Refused):
        answer_by_code(by=None, code=old[0], marks=every(place, "content", 1), at=AT)
    with pytest.raises(Refused):
        answer_by_code(by=None, code=new[0], marks=every(place, "content", 1), at=AT + timedelta(days=400))
    assert not SurveyAnswer.objects.exists()
    answer_by_code(by=None, code=new[0], marks=every(place, "content", 1), at=AT)
    assert place_of(place.survey, asked.village).entered_paper == 1


def test_nothing_that_is_kept_joins_an_answer_to_a_household_a_code_or_a_moment(asked):
    """What the table of answers holds, and that nothing else of the database grows with an answer."""
    columns = {field.attname for field in SurveyAnswer._meta.concrete_fields}
    assert columns == {"id", "subject_id", "channel", "question", "option", "number", "batch_id"}
    assert {field.attname for field in SurveyCode._meta.concrete_fields} == {"digest", "place_id"}
    place = place_of(asked.open(), asked.village)
    code, *_others = print_slips(by=asked.organiser, place=place, at=AT)
    before = grown()
    answer_by_code(by=None, code=code, marks=every(place, "content", 1), at=AT)
    changed = {table for table, rows in grown().items() if rows != before[table]}
    assert changed == {"reports_surveyanswer", "reports_surveycode", "reports_surveyplace"}
    keys = list(SurveyAnswer.objects.values_list("id", flat=True))
    assert {key.version for key in keys} == {4}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reports_surveyanswer ORDER BY ctid")
        assert [row[0] for row in cursor.fetchall()] == sorted(keys)  # as drawn, not as on the form


def grown() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def test_answers_are_never_changed_and_closing_ends_everything(asked):
    survey = asked.open()
    place = place_of(survey, asked.village)
    answer(asked, place, *["content"] * 5)
    with pytest.raises(InternalError, match="append_only"), transaction.atomic():
        SurveyAnswer.objects.update(option="discontent")
    survey = close(asked, survey)
    assert not SurveyCode.objects.exists()
    for late in (lambda: enter(asked, place, "field", 1), lambda: print_slips(by=asked.organiser, place=place, at=AT)):
        with pytest.raises(Refused):
            late()
    acts.file_survey(by=asked.organiser, survey=survey, at=AT)
    told = set(Message.objects.filter(key__startswith="survey:").values_list("organisation", flat=True))
    assert told == {asked.unit.pk, asked.other_unit.pk, asked.village.pk, asked.other.pk}
    with pytest.raises(Refused):
        acts.file_survey(by=asked.organiser, survey=survey, at=AT)


def test_filing_meets_what_the_organiser_owes_for_the_year(asked):
    """O-52, counted at once."""
    survey = asked.open()
    enter(asked, place_of(survey, asked.village), "field", 5)
    plan(AT.date())
    duty = Duty.objects.get(obligation="satisfaction", period="2026")
    assert (duty.organisation, duty.is_met) == (asked.county, False)
    acts.file_survey(by=asked.organiser, survey=close(asked, survey), at=AT)
    duty.refresh_from_db()
    assert duty.is_met
    assert duty.filings.get().address == survey.get_absolute_url()


def test_villages_that_a_work_team_serves_are_asked_about_the_team_without_a_pairing(asked):
    third = people.village(Organisation.objects.get(path=asked.village.parent_path), "南村")
    team = people.organisation("「三送」第1工作队", kind=Kind.WORK_TEAM, parent=asked.county)
    people.link(team, third)
    for number in range(12):
        roster.household(third, f"孙家{number}")
    place = place_of(asked.open(), third)
    assert {(each.kind, each.organisation) for each in place.subjects.all()} == {
        ("team", team), ("cadre", team), ("party", third),
    }  # fmt: skip
    assert (place.drawn_field, place.drawn_paper, place.drawn_phone) == (5, 7, 0)


def test_a_year_has_one_survey_and_a_scheme_without_questions_has_none(asked):
    asked.open()
    with pytest.raises(Refused):
        asked.open()
    other = pairs.round(asked.county, name="另一轮")
    with pytest.raises(Refused):
        acts.open_survey(
            by=asked.organiser, round=other, year=2026, rules=other.rules.survey, until=AT.date(), at=AT
        )  # fmt: skip
    assert Survey.objects.count() == 1


@pytest.mark.clause("YD-11")
def test_commitments_with_their_state_stand_beside_the_answers(asked):
    pairing = asked.round.pairings.get(village=asked.village)
    for side, state, text in (
        (Side.UNIT, "fulfilled", "修桥"),
        (Side.UNIT, "promised", "修路"),
        (Side.VILLAGE, "promised", "种树"),
    ):
        confirmed = {"confirmed_at": AT, "confirmed_by": asked.organiser} if state == "fulfilled" else {}
        PublicCommitment.objects.create(
            pairing=pairing, side=side, year=2026, text=text, due_on=AT.date(), state=state, published_at=AT,
            published_by=asked.organiser, **confirmed,
        )  # fmt: skip
    survey = asked.open()
    team, village = (SurveySubject.objects.get(survey=survey, kind=kind, organisation=place) for kind, place in
                     (("team", asked.unit), ("party", asked.village)))  # fmt: skip
    kept = beside(survey, team)["commitments"]
    assert (kept.fulfilled, kept.total, [one.text for one in kept.lines]) == (1, 2, ["修桥", "修路"])
    assert [one.text for one in beside(survey, village)["commitments"].lines] == ["种树"]
    assert beside(survey)["commitments"].total == 3


@pytest.mark.clause("YD-12")
def test_issues_with_when_they_came_and_when_they_were_closed_stand_beside_the_answers(asked):
    pairing = asked.round.pairings.get(village=asked.village)
    common = {"pairing": pairing, "organisation": asked.village, "kind": "funds", "raised_at": AT, "raised_by": None}
    done = {
        "state": "closed", "closed_at": AT + timedelta(days=4), "claimed_at": AT, "claimed_by": asked.organiser,
        "owner": asked.unit,
    }  # fmt: skip
    Issue.objects.create(title="缺水", due_on=(AT + timedelta(days=10)).date(), **common, **done)
    Issue.objects.create(title="缺路", due_on=(AT + timedelta(days=10)).date(), **common)
    survey = asked.open()
    subject = SurveySubject.objects.get(survey=survey, kind="party", organisation=asked.village)
    handled = beside(survey, subject)["issues"]
    assert (handled.total, handled.closed, handled.in_time, handled.days) == (2, 1, 1, 4)
    assert [(one.title, one.closed_at is not None) for one in handled.lines] == [("缺水", True), ("缺路", False)]
