"""How far a duty is met: from confirmed records alone, in its own days, by the rule of the scheme."""

from datetime import date

import pytest

from duties.counting.count import Progress, count_all, progress
from duties.models import Duty
from duties.planning import plan
from duties.states import Standing
from duties.tests.owing import DAY, MOMENT, owing
from members.models import FloatingDeed, HalfYearReport
from members.tests.floating import floating
from organisations.tests import factories as people
from pairing.models import Plan
from pairing.schemes.words import PlanKind
from pairing.states import PlanState, Side
from pairing.tests import factories as pairings
from visits.actions import confirming
from visits.actions.recording import Somebody
from visits.models import Participant
from visits.tests.playing import NOW, Place, recorded

pytestmark = pytest.mark.django_db

R = Participant.Role
SURVEY = "代号: survey, 名称: 调研, 计数: 活动, 活动性质: [调研], 数量: 2, 频次: 每季度"


def duty(**asked) -> Duty:
    return Duty.objects.get(**asked)


def counted(**asked) -> Progress:
    found = duty(**asked)
    return progress([found]).get(found.pk, Progress())


def surveyed(place: Place, **changes):
    return recorded(place, **{"kind": "standard-survey_trip", "late_words": "当时没有信号", **changes})


def confirmed(place: Place, **changes):
    activity = surveyed(place, **changes)
    confirming.confirm(by=place.village_secretary, activity=activity, at=NOW)
    return activity


def test_only_what_the_other_side_confirmed_is_done():
    place = owing(SURVEY)
    plan(DAY)
    assert counted(period="2026Q3") == Progress(0, 0)
    activity = surveyed(place)
    assert counted(period="2026Q3") == Progress(0, 1)
    confirming.confirm(by=place.village_secretary, activity=activity, at=NOW)
    assert counted(period="2026Q3") == Progress(1, 0)
    assert counted(period="2026Q2") == Progress(0, 0)


def test_another_kind_and_another_day_do_not_count():
    place = owing(SURVEY)
    plan(DAY)
    confirmed(place, kind="standard-training")
    confirmed(place, on=date(2026, 6, 30))
    assert counted(period="2026Q3") == Progress(0, 0)
    assert counted(period="2026Q2") == Progress(1, 0)


def test_at_least_is_met_by_more():
    place = owing(SURVEY)
    plan(DAY)
    for day in (1, 2, 3):
        confirmed(place, on=date(2026, 9, day))
    found = duty(period="2026Q3")
    count_all(MOMENT)
    found.refresh_from_db()
    assert (found.done, found.is_met, found.standing(DAY)) == (3, True, Standing.MET)
    assert duty(period="2026Q2").standing(DAY) == Standing.LATE


VISITS = "计数: 活动, 活动性质: [走访], 频次: 每年, 不足一期: 按整期"


def test_one_trip_counts_for_a_leader_and_for_a_department():
    place = owing(
        f"代号: team, 名称: 班子走访, 参加角色: [主要领导, 班子成员], {VISITS}\n"
        f"代号: leader, 名称: 分管领导和部门走访, 参加角色: [分管领导, 负责部门], 数量: 2, {VISITS}"
    )
    plan(DAY)
    confirmed(place, kind="standard-visit", participants=[Somebody("王志远", R.TEAM), Somebody("赵敏", R.LEADER)])
    confirmed(place, kind="standard-visit", on=date(2026, 9, 1), participants=[Somebody("李强", R.DEPARTMENT)])
    assert counted(obligation="team") == Progress(1, 0)
    assert counted(obligation="leader") == Progress(2, 0)


def test_each_role_for_itself_is_as_far_as_the_one_that_has_least():
    place = owing(f"代号: each, 名称: 走访, 参加角色: [分管领导, 负责部门], 计法: 各自, 数量: 2, {VISITS}")
    plan(DAY)
    confirmed(place, kind="standard-visit", participants=[Somebody("赵敏", R.LEADER)])
    assert counted() == Progress(0, 0)
    confirmed(
        place,
        kind="standard-visit",
        on=date(2026, 9, 1),
        participants=[Somebody("李强", R.DEPARTMENT), Somebody("赵敏", R.LEADER)],
    )
    assert counted() == Progress(1, 0)


def test_a_plan_counts_once_both_have_confirmed_it():
    place = owing(
        "代号: joint, 名称: 共建计划, 责任方: [帮扶方, 受援方], 计数: 计划, 计划种类: 共建工作计划, 频次: 每年"
    )
    plan(DAY)
    written = Plan.objects.create(
        pairing=place.pairing, kind=PlanKind.JOINT_PLAN, year=2026, written_side=Side.UNIT, state=PlanState.PROPOSED
    )
    assert counted() == Progress(0, 1)
    Plan.objects.filter(pk=written.pk).update(
        state=PlanState.CONFIRMED,
        unit_confirmed_at=MOMENT,
        unit_confirmed_by=place.secretary,
        village_confirmed_at=MOMENT,
        village_confirmed_by=place.village_secretary,
    )
    assert counted() == Progress(1, 0)


def test_signing_and_intention_count_from_the_pairing_itself():
    place = owing(
        "代号: intend, 名称: 意向, 对象: 单位, 计数: 意向, 频次: 时间节点前, 时间节点: 意向\n"
        "代号: sign, 名称: 签约, 责任方: [帮扶方, 受援方], 计数: 签约, 频次: 时间节点前, 时间节点: 签约"
    )
    round = place.pairing.round
    round.milestones.create(key="intention", name="意向", on=date(2026, 4, 30))
    round.milestones.create(key="signing", name="签约", on=date(2026, 7, 1))
    other = people.unit(round.organiser, "县水利局")
    open_one = pairings.pairing(round, other, place.village, state="negotiating")
    idle = people.unit(round.organiser, "县粮食局")
    pairings.directory(round)
    plan(DAY)
    assert counted(obligation="sign", pairing=place.pairing) == Progress(1, 0)
    assert counted(obligation="sign", pairing=open_one) == Progress(0, 0)
    assert counted(obligation="intend", organisation=other) == Progress(1, 0)
    assert counted(obligation="intend", organisation=idle) == Progress(0, 0)
    assert duty(obligation="sign", pairing=open_one).due_on == date(2026, 7, 1)


def test_each_unit_of_the_directory_signs_once_within_the_round():
    """TN-01: the agencies without a pair are behind; the term of a unit is that of its round."""
    place = owing("代号: pair, 名称: 结成对子, 对象: 单位, 计数: 签约, 频次: 每期, 条款: TN-01")
    round = place.pairing.round
    talking, idle = (people.unit(round.organiser, name) for name in ("县水利局", "县粮食局"))
    pairings.pairing(round, talking, place.village, state="negotiating")
    pairings.directory(round)
    plan(DAY)
    done = {each.organisation: counted(organisation=each.organisation) for each in Duty.objects.all()}
    assert (done[place.unit], done[talking], done[idle]) == (Progress(1, 0), Progress(0, 0), Progress(0, 0))
    assert set(Duty.objects.values_list("starts_on", "due_on")) == {(round.starts_on, round.ends_on)}


def test_a_floating_member_reports_by_half_year_and_does_good():
    place = owing(
        "代号: report, 名称: 半年汇报, 对象: 流动党员, 计数: 流动党员汇报, 频次: 每半年, 条款: SF-33\n"
        "代号: deed, 名称: 为家乡办好事, 对象: 流动党员, 计数: 流动党员好事, 频次: 每年, 条款: SF-35"
    )
    record = floating(place.village, scheme_version=place.pairing.round.scheme_version, leaves_on=date(2026, 2, 1))
    plan(DAY)
    HalfYearReport.objects.create(
        record=record, year=2026, half=1, channel="phone", work="在杭州做工", reported_on=date(2026, 7, 8)
    )
    FloatingDeed.objects.create(record=record, kind="good_deed", on=date(2026, 8, 1), words="捐书")
    assert counted(period="2026H1") == Progress(1, 0)
    assert counted(period="2026H2") == Progress(0, 0)
    assert counted(obligation="deed", period="2026") == Progress(0, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_duty_as_for_many(number, django_assert_num_queries):
    owing(SURVEY)
    plan(DAY)
    duties = list(Duty.objects.related()[:number])
    with django_assert_num_queries(2):
        progress(duties)
    with django_assert_num_queries(2):
        count_all(MOMENT)
