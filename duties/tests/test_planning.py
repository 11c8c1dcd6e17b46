"""Which duties exist on a day: periods, part periods, whom they concern, and what a second run changes."""

from datetime import date

import pytest

from duties.models import Duty, Waiver
from duties.planning import Planned, plan
from duties.states import DutyState
from duties.tests.owing import DAY, MOMENT, change, owing, windows
from organisations.kinds import Level, VillageClass
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.tests import factories as pairings

pytestmark = pytest.mark.django_db

SURVEY = "代号: survey, 名称: 调研, 计数: 活动, 活动性质: [调研], 频次: 每季度, 条款: QX-07"
LEADERS = "代号: leaders, 名称: 领导走访, 计数: 活动, 活动性质: [走访], 数量: 2, 频次: 每协议年, 条款: SH-45"
LECTURE = "代号: lecture, 名称: 党课, 计数: 活动, 活动性质: [党课], 频次: 每年, 条款: AH-11"


def test_each_quarter_that_has_begun_has_its_duty():
    owing(SURVEY)
    assert plan(DAY) == Planned(added=3)
    assert windows() == [
        ("survey", "2026Q1", date(2026, 1, 1), date(2026, 3, 31), 1),
        ("survey", "2026Q2", date(2026, 4, 1), date(2026, 6, 30), 1),
        ("survey", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), 1),
    ]


def test_a_second_run_changes_nothing():
    owing(f"{SURVEY}\n{LEADERS}")
    plan(DAY)
    before = list(Duty.objects.order_by("pk").values())
    assert plan(DAY) == Planned()
    assert list(Duty.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("signed_on", "least"),
    [(date(2026, 7, 1), 1), (date(2026, 8, 15), 1), (date(2026, 8, 17), 0), (date(2026, 9, 5), 0)],
)
def test_of_a_part_of_a_quarter_a_part_is_owed(signed_on, least):
    owing(SURVEY, signed_on=signed_on)
    plan(DAY)
    expected = [("survey", "2026Q3", signed_on, date(2026, 9, 30), 1)] if least else []
    assert windows() == expected


def test_a_scheme_may_ask_for_the_whole_of_a_part_period():
    owing(f"{SURVEY}, 不足一期: 按整期", signed_on=date(2026, 9, 5))
    plan(DAY)
    assert windows() == [("survey", "2026Q3", date(2026, 9, 5), date(2026, 9, 30), 1)]


def test_years_of_the_agreement_begin_with_the_signature():
    owing(LEADERS, signed_on=date(2025, 5, 20), ends_on=date(2028, 7, 31))
    plan(DAY)
    assert windows() == [
        ("leaders", "A1", date(2025, 5, 20), date(2026, 5, 19), 2),
        ("leaders", "A2", date(2026, 5, 20), date(2027, 5, 19), 2),
    ]
    plan(date(2028, 6, 1))  # the fourth year has but 73 days
    assert windows()[2:] == [("leaders", "A3", date(2027, 5, 20), date(2028, 5, 19), 2)]


def test_once_a_term_and_by_a_date_of_the_round():
    owing(
        "代号: principal, 名称: 主要领导走访, 计数: 活动, 活动性质: [走访], 频次: 每期\n"
        "代号: sign, 名称: 签约, 责任方: [帮扶方, 受援方], 计数: 签约, 频次: 时间节点前, 时间节点: 签约",
        signed_on=date(2026, 3, 1),
    )
    plan(DAY)
    found = {code: rest for code, *rest in windows()}
    assert found["principal"] == ["", date(2026, 3, 1), date(2028, 12, 31), 1]
    assert "sign" not in found  # the round of this county sets no date for signing
    assert Duty.objects.filter(village__isnull=False).count() == 0


def test_whom_it_concerns_is_narrowed_by_the_scheme():
    place = owing(
        f"{SURVEY}, 适用单位级别: 县级\n"
        f"{LECTURE}, 适用村: 经济薄弱村\n"
        "代号: project, 名称: 项目, 计数: 活动, 活动性质: [实事好事], 不适用村: 经济薄弱村, 频次: 每年"
    )
    village, unit = (Organisation.objects.filter(pk=each.pk) for each in (place.village, place.unit))
    unit.update(level=Level.TOWNSHIP)
    village.update(classes=[])
    plan(DAY)
    assert [code for code, *_rest in windows()] == ["project"]
    unit.update(level=Level.COUNTY)
    village.update(classes=[VillageClass.WEAK])
    assert plan(DAY) == Planned(added=4, lapsed=1)
    assert {code for code, *_rest in windows()} == {"survey", "lecture"}


def test_an_ended_pairing_changes_its_own_duties_only():
    place = owing(SURVEY)
    another = people.unit(place.pairing.round.organiser, "县水利局")
    other = pairings.pairing(place.pairing.round, another, place.village, state="signed")
    plan(DAY)
    before = windows(pairing=other)
    pairing = place.pairing
    pairing.state, pairing.ended_on, pairing.end_reason = "ended", date(2026, 5, 31), "early"
    pairing.save()
    plan(DAY, pairings=[pairing.pk])
    assert windows(pairing=pairing) == [
        ("survey", "2026Q1", date(2026, 1, 1), date(2026, 3, 31), 1),
        ("survey", "2026Q2", date(2026, 4, 1), date(2026, 5, 31), 1),
    ]
    assert Duty.objects.get(pairing=pairing, period="2026Q3").state == DutyState.LAPSED
    assert windows(pairing=other) == before


def test_what_was_waived_stays_waived():
    place = owing(SURVEY)
    plan(DAY)
    duty = Duty.objects.get(period="2026Q2")
    Waiver.objects.create(duty=duty, words="山洪，道路不通", waived_at=MOMENT, waived_by=place.organiser)
    Duty.objects.filter(pk=duty.pk).update(state=DutyState.WAIVED)
    plan(DAY)
    duty.refresh_from_db()
    assert (duty.state, duty.waiver.words) == (DutyState.WAIVED, "山洪，道路不通")


def test_another_version_of_the_scheme_changes_what_is_owed():
    place = owing(SURVEY)
    plan(DAY)
    change(place.pairing.round, SURVEY.replace("频次: 每季度", "数量: 3, 频次: 每季度"))
    assert plan(DAY) == Planned(changed=3)
    assert {least for *_rest, least in windows()} == {3}


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_pairing_as_for_three(number, django_assert_num_queries):
    place = owing(f"{SURVEY}\n{LEADERS}\n{LECTURE}")
    for each in range(number - 1):
        unit = people.unit(place.pairing.round.organiser, f"县直单位{each}")
        pairings.pairing(place.pairing.round, unit, place.village, state="signed")
    with django_assert_num_queries(13):
        plan(DAY)
