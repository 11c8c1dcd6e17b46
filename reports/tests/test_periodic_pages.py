"""The pages of periodic reports: who reads what, from a duty to its report, the records behind a figure, Word."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from duties.planning import plan
from members.tests import factories
from organisations.models import User
from reports.actions import periodic as acts
from reports.models import PeriodicReport
from reports.periodic.counting import rows_behind
from reports.states import ReportState
from reports.templates_word import build_periodic_report
from reports.tests.reporting import ON, QUARTER, Town, called, owed, town, went

pytestmark = pytest.mark.django_db
TEXT = {"practice": "上了一次党课", "problem": "", "plan": "下季度继续"}


@pytest.fixture
def place() -> Town:
    made = town()
    went(made, "孙建国", "李同事")
    called(made)
    made.draft()
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.clause("TN-26")
def test_the_member_finds_it_filled_and_hands_it_in_with_one_form(place):
    report = place.of_member
    assert report.get_absolute_url() in page(place.cadre, reverse("my_reports"))
    shown = page(place.cadre, report.get_absolute_url())
    assert "1 / 2" in shown
    assert "主要做法" in shown
    answer = client_of(place.cadre).post(report.get_absolute_url(), {**TEXT, "step": "submit"})
    assert answer.status_code == 302
    assert place.of_member.state == ReportState.SUBMITTED
    assert dict(report.words.values_list("section", "words")) == {"practice": "上了一次党课", "plan": "下季度继续"}


def test_words_are_kept_before_it_is_handed_in(place):
    client = client_of(place.cadre)
    client.post(place.of_member.get_absolute_url(), {**TEXT, "step": "keep"})
    assert place.of_member.state == ReportState.DRAFTED
    assert "上了一次党课" in client.get(place.of_member.get_absolute_url()).content.decode()


@pytest.mark.parametrize("which", ["drafted", "handed in"])
def test_who_reads_the_report_of_a_member(place, which):
    report = place.of_member
    if which == "handed in":
        acts.submit(by=place.cadre, report=report, words=TEXT, at=place.at)
    readers = {"cadre": place.cadre, "secretary": place.secretary, "organiser": place.organiser, **place.cast}
    readers |= {"stranger": place.world.place.stranger, "village": place.world.place.village_secretary}
    may = {
        who for who, user in readers.items() if PeriodicReport.objects.visible_to(user).filter(pk=report.pk).exists()
    }
    above = {"secretary", "organiser", "committee staff", "auditor"}
    assert may == {"cadre"} | (above if which == "handed in" else set())
    for who, user in readers.items():
        for name in ("periodic_report", "report_document"):
            status = client_of(user).get(reverse(name, args=[report.pk])).status_code
            assert status == (200 if who in may else 404), (who, name)


def test_the_button_of_the_duty_leads_to_the_report(place):
    report = place.of_member
    address = reverse("write_report", args=[report.duty_id])
    assert address in page(place.cadre, reverse("duty", args=[report.duty_id]))
    assert client_of(place.cadre).get(address)["Location"] == report.get_absolute_url()
    shown = page(place.secretary, address)  # the unit answers for the duty, the member writes
    assert "党员本人" in shown


def test_a_change_after_acceptance_shows_both_values_in_as_many_statements(place):
    report = acts.submit(by=place.cadre, report=place.of_member, words=TEXT, at=place.at)
    acts.accept(by=place.secretary, reports=[report], at=place.at)
    client = client_of(place.secretary)
    client.get(report.get_absolute_url())
    with CaptureQueriesContext(connection) as before:
        assert "现为" not in client.get(report.get_absolute_url()).content.decode()
    went(place, "孙建国", "孙建国甲")
    with CaptureQueriesContext(connection) as after:
        shown = client.get(report.get_absolute_url()).content.decode()
    assert "1 / 2" in shown
    assert "现为 2 / 4" in shown
    assert len(after) == len(before)
    assert place.of_member.figures["activities"] == {"n": 1, "of": 2}


def test_the_list_behind_a_figure_has_exactly_its_rows(place):
    report = place.of_member
    shown = page(place.cadre, reverse("report_rows", args=[report.pk, "activities"]))
    assert shown.count("上党课") >= len(rows_behind(report, "activities")) == 2
    shown = page(place.cadre, reverse("report_rows", args=[report.pk, "activities.party_lecture"]))
    assert "1 / 2" in shown
    assert client_of(place.cadre).get(reverse("report_rows", args=[report.pk, "nothing"])).status_code == 404
    assert client_of(place.cast["colleague"]).get(reverse("report_rows", args=[report.pk, "duties"])).status_code == 404


@pytest.mark.parametrize("name", ["my_reports", "reports_received", "reports_missing"])
def test_lists_ask_as_often_for_many_rows_as_for_one(place, name):
    submit_all(place, 1)
    user = place.secretary
    client = client_of(user)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        assert client.get(reverse(name)).status_code == 200
    for number in range(3):
        member = factories.member(place.unit, rank="section", user=User.objects.create(username=f"more{number}"))
        assert member
    plan_again(place)
    submit_all(place, 9)
    with CaptureQueriesContext(connection) as many:
        assert client.get(reverse(name)).status_code == 200
    assert len(many) == len(few)


def plan_again(place: Town) -> None:
    plan(ON)
    place.draft()


def submit_all(place: Town, most: int) -> None:
    rows = PeriodicReport.objects.filter(member__user__isnull=False, state="drafted", period=QUARTER).with_parts()
    for report in rows.order_by("pk")[:most]:
        assert report.member
        acts.submit(by=report.member.user, report=report, words={}, at=place.at)


def test_many_are_ticked_and_accepted(place):
    submit_all(place, 9)
    rows = PeriodicReport.objects.filter(state="submitted")
    picked = {"pick": [str(each.pk) for each in rows]}
    assert "pick" in page(place.secretary, reverse("reports_received"))
    answer = client_of(place.cast["colleague"]).post(reverse("accept_reports"), picked)
    assert rows.count() == len(picked["pick"])
    answer = client_of(place.secretary).post(reverse("accept_reports"), picked)
    assert answer.status_code == 302
    assert not PeriodicReport.objects.filter(state="submitted").exists()
    done = client_of(place.secretary).get(reverse("reports_received"))
    assert "pick" not in [column.name for column in done.context["table"].columns if column.visible]
    assert 'id="picked"' not in done.content.decode()  # nothing to tick, and no button for it


def test_the_first_page_says_what_is_to_be_written_and_what_waits(place):
    submit_all(place, 1)
    headers = {"HX-Request": "true"}
    shown = client_of(place.secretary).get(reverse("periodic_panel"), headers=headers).content.decode()
    assert "党组织每季度汇报" in shown
    assert "1份汇报等待接收" in shown
    stranger = client_of(place.world.place.village_secretary).get(reverse("periodic_panel"), headers=headers)
    assert stranger.content == b""


def test_the_desk_sees_who_is_missing_and_reminds_all(place):
    submit_all(place, 1)
    shown = page(place.secretary, reverse("reports_missing"))
    assert "已报1份，应报3份" in shown
    sample = PeriodicReport.objects.filter(desk=place.unit, period=QUARTER)[0]
    address = reverse("remind_of_reports", args=[sample.pk])
    assert client_of(place.cadre).post(address).status_code == 404
    assert client_of(place.secretary).post(address).status_code == 302


def test_word_says_the_same_on_the_official_page(place, tmp_path):
    acts.submit(by=place.secretary, report=place.of_unit, words=TEXT, at=place.at)
    answer = client_of(place.secretary).get(reverse("report_document", args=[place.of_unit.pk]))
    paper = docx.Document(BytesIO(answer.content))
    text = "\n".join(each.text for each in paper.paragraphs)
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert "党组织每季度汇报" in text
    assert place.county.name in text
    assert "上了一次党课" in text
    assert "2 / 2" in cells
    section = paper.sections[0]
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    build_periodic_report.build(tmp_path / "built.docx")
    assert texts(tmp_path / "built.docx") == texts(build_periodic_report.PATH)


def texts(path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).paragraphs]


def test_late_is_marked(place):
    late = timezone.now() + timedelta(days=200)
    acts.submit(by=place.cadre, report=place.of_member, words=TEXT, at=late)
    assert owed(place.of_member).is_met
    assert "tag-late" in page(place.secretary, place.of_member.get_absolute_url())
