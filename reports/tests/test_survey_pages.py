"""Pages of a survey: for whom, with how many statements, and answering with a slip."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from members.tests import factories as roster
from organisations.tests import factories as people
from pairing.tests import factories as pairs
from reports.actions.survey_slips import print_slips
from reports.models import Survey, SurveyAnswer, SurveyBatch, SurveyCode, SurveySubject
from reports.templates_word import build_survey_result
from reports.tests.surveying import AT, Asked, close, county, enter, every, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Asked:
    return county()


@pytest.fixture(autouse=True)
def nobody_is_throttled():
    cache.clear()


def page(client, name: str, *keys, **asked_for) -> str:
    answer = client.get(reverse(name, args=keys), asked_for)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_the_organiser_opens_one_with_other_numbers_and_is_told_what_can_not_be(client, asked):
    client.force_login(asked.organiser)
    address = reverse("open_survey", args=[asked.round.pk])
    first = client.get(address).content.decode()
    assert "与群众联系是否紧密" in first
    values = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', first))
    typed = {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}
    typed |= {"until": "2099-12-31", "year": "2026", "share-field": "50"}
    refused = client.post(address, typed)
    assert "100" in refused.content.decode()
    assert not Survey.objects.exists()
    typed |= {"share-field": "20", "share-phone": "40", "weight-discontent": ""}
    assert client.post(address, typed).status_code == 302
    survey = Survey.objects.get()
    assert [(each.key, each.weight) for each in survey.rules.channels] == [("field", 20), ("paper", 40), ("phone", 40)]
    assert [option.key for option in survey.rules.counted] == ["content", "mostly"]
    assert "电话随访 40%" in page(client, "survey", survey.pk)


def test_somebody_answers_with_a_slip_and_without_an_account(client, asked):
    place = place_of(asked.open(until=AT.date().replace(year=2099)), asked.village)
    code, *_more = print_slips(by=asked.organiser, place=place, at=AT)
    typed = client.post(reverse("survey_code"), {"code": code.lower()})
    assert typed["Location"] == reverse("survey_answer", args=[code])
    form = page(client, "survey_answer", code)
    assert "马岭村" in form
    assert "刘家" not in form
    subject = place.subjects.get(kind="team")
    marked = {f"a-{subject.pk}-contact": "content", f"a-{subject.pk}-results": "mostly"}
    thanks = client.post(reverse("survey_answer", args=[code]), marked)
    assert thanks.status_code == 200
    found = set(SurveyAnswer.objects.values_list("subject", "channel", "question", "option"))
    assert found == {(subject.pk, "paper", "contact", "content"), (subject.pk, "paper", "results", "mostly")}
    again = client.post(reverse("survey_answer", args=[code]), marked)
    assert "survey_code" not in again.content.decode()
    assert SurveyAnswer.objects.count() == 2


def test_an_empty_answer_keeps_the_code(client, asked):
    place = place_of(asked.open(until=AT.date().replace(year=2099)), asked.village)
    code, *_more = print_slips(by=asked.organiser, place=place, at=AT)
    client.post(reverse("survey_answer", args=[code]), {})
    assert (SurveyCode.objects.count(), SurveyAnswer.objects.count()) == (10, 0)


def test_guessing_codes_is_throttled(client):
    address = reverse("survey_answer", args=["7K3M-Q0XD"])
    answers = [client.get(address).status_code for _number in range(22)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_slips_stand_on_the_page_once_and_only_for_whoever_runs_the_survey(client, asked):
    place = place_of(asked.open(until=AT.date().replace(year=2099)), asked.village)
    client.force_login(people.user("auditor", asked.county))
    assert client.post(reverse("survey_slips", args=[place.pk])).status_code == 404
    assert not SurveyCode.objects.exists()
    client.force_login(asked.organiser)
    printed = client.post(reverse("survey_slips", args=[place.pk])).content.decode()
    codes = set(re.findall(r'slip-code">([\w-]+)<', printed))
    assert len(codes) == SurveyCode.objects.count() == 10


def test_a_stack_is_entered_with_its_form_and_shown_with_names_masked(client, asked):
    place = place_of(asked.open(), asked.village)
    client.force_login(asked.organiser)
    marks = {f"n-{subject}-{question}-{option}": number for (subject, question, option), number
             in every(place, "mostly", 5).items()}  # fmt: skip
    head = {"channel": "field", "sheets": "5", "key": "00000000-0000-4000-8000-000000000009"}
    client.post(reverse("enter_survey_sheets", args=[place.pk]), head | marks)
    assert (SurveyBatch.objects.get().sheets, SurveyAnswer.objects.count()) == (5, 12)
    shown = page(client, "survey_place", place.pk)
    assert "刘**" in shown
    assert "刘家" not in shown


def test_each_reads_its_own_result_once_it_is_closed_and_no_cadre_by_name(client, asked):
    survey = asked.open()
    for village in (asked.village, asked.other):
        enter(asked, place_of(survey, village), "field", 5)
    secretary = people.user("branch_secretary", asked.unit)
    client.force_login(secretary)
    assert client.get(reverse("survey", args=[survey.pk])).status_code == 404
    survey = close(asked, survey)
    shown = page(client, "survey_results", survey.pk)
    assert "林业局" in shown
    assert "粮食局" not in shown
    own = SurveySubject.objects.get(survey=survey, kind="team", organisation=asked.unit)
    assert "100.0" in page(client, "survey_subject", own.pk)
    other = SurveySubject.objects.get(survey=survey, kind="team", organisation=asked.other_unit)
    assert client.get(reverse("survey_subject", args=[other.pk])).status_code == 404
    assert set(SurveySubject.objects.values_list("kind", "organisation__kind")) <= {
        ("team", "agency"), ("cadre", "agency"), ("party", "village"),
    }  # fmt: skip


def test_table_t10_on_the_page_as_workbook_and_as_document(client, asked):
    survey = asked.open()
    enter(asked, place_of(survey, asked.village), "field", 5, "content")
    enter(asked, place_of(survey, asked.village), "phone", 3, "discontent")
    survey = close(asked, survey)
    client.force_login(asked.organiser)
    shown = page(client, "survey_results", survey.pk)
    assert (
        shown.count('<th scope="row">与群众联系是否紧密？</th>') == 3
    )  # one table for each kind, named once to the eye
    book = load_workbook(BytesIO(b"".join(client.get(reverse("survey_results", args=[survey.pk]), {"as": "xlsx"}))))
    rows = list(book.active.values)
    assert rows[0][3:7] == ("满意", "基本满意", "不满意", "不了解")
    team = [row for row in rows if row[0] == "「三送」工作队"][:4]
    assert [(row[2], row[3], row[7], row[9]) for row in team] == [
        ("实地考核", 5, 5, 100), ("问卷调查", "不显示", 0, None), ("电话随访", "不显示", 0, None), (team[3][2], 5, 5, 100),
    ]  # fmt: skip
    word = client.get(reverse("survey_results", args=[survey.pk]), {"as": "docx"})
    assert word.content[:2] == b"PK"


def test_nobody_but_whoever_runs_it_takes_a_step(client, asked):
    survey = asked.open()
    enter(asked, place_of(survey, asked.village), "field", 5)
    for who in (people.user("auditor", asked.county), people.user("branch_secretary", asked.unit)):
        client.force_login(who)
        for name in ("close_survey", "file_survey", "give_up_survey"):
            assert client.post(reverse(name, args=[survey.pk])).status_code == 404
    assert Survey.objects.get().is_running
    client.force_login(asked.organiser)
    for name in ("close_survey", "file_survey"):
        client.post(reverse(name, args=[survey.pk]))
    assert Survey.objects.get().state == "filed"


QUERIES = {"surveys": 7, "survey": 9, "survey_results": 12, "survey_place": 10}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_often_for_three_rows_as_for_one(client, django_assert_num_queries, name, number):
    asked = county(households=12 * number)
    for each in range(2, number):
        village = people.village(asked.county, f"新村{each}")
        pairs.pairing(asked.round, people.unit(asked.county, f"第{each}局"), village, state="signed")
        roster.household(village, "刘家")
    surveys = [asked.open(year=2026 - each) for each in range(number)]
    place = place_of(surveys[0], asked.village)
    enter(asked, place, "field", 5)
    if name == "survey_results":
        close(asked, surveys[0])
    client.force_login(asked.organiser)
    keys = {"surveys": [], "survey_place": [place.pk]}.get(name, [surveys[0].pk])
    page(client, name, *keys)
    with django_assert_num_queries(QUERIES[name]):
        page(client, name, *keys)


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_of_satisfaction_asks_as_often_for_three_surveys_as_for_one(client, number):
    asked = county(households=12)
    for each in range(number):
        survey = asked.open(year=2026 - each)
        enter(asked, place_of(survey, asked.village), "field", 5)
        close(asked, survey)
    client.force_login(asked.organiser)
    address = reverse("statistics_table", args=["T10"]) + "?since=2020-01-01&until=2026-12-31"
    client.get(address)
    with CaptureQueriesContext(connection) as statements:  # nothing is remembered while this test's transaction runs
        sheet = client.get(address).context["sheet"]
    assert len(sheet.sections) == number * len(survey.rules.subjects)
    assert len(statements) == 10


def test_the_document_that_ships_is_what_its_builder_writes(tmp_path):
    made = tmp_path / "made.docx"
    build_survey_result.build(made)
    assert texts(made) == texts(build_survey_result.PATH)


def texts(path) -> bytes:
    with ZipFile(path) as package:
        return package.read("word/document.xml")
