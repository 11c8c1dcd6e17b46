"""Groups hear how many are behind in their area: from duties that were planned and are late to what the robot says."""

from datetime import date, datetime, timedelta

import pytest

from duties.models import Duty
from duties.planning import plan
from duties.reminding import send_reminders
from duties.tests.owing import owing
from office.models import GroupChannel
from office.outbox import actions, robots
from office.outbox.sending import send_due
from office.tests.sinks import robot_sink
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.tests import factories as pairings
from pairing.tests.factories import CHINA
from visits.actions import confirming
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
SURVEY = "代号: survey, 名称: 到村调研, 计数: 活动, 活动性质: [调研], 频次: 每季度"
PLAN = "代号: joint, 名称: 计划, 责任方: [帮扶方, 受援方], 计数: 计划, 计划种类: 共建工作计划, 频次: 每季度"
FIRST = date(2026, 7, 1)  # the quarter ends on 30 September


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 10, tzinfo=CHINA)


@pytest.fixture
def sink(monkeypatch):
    with robot_sink(monkeypatch) as sink:
        yield sink


@pytest.fixture
def place():
    """Two units help one village, one of them another one as well; each has a group, and so has all that is above."""
    place = owing(f"{SURVEY}\n{PLAN}", signed_on=FIRST)
    round = place.pairing.round
    county, township = (Organisation.objects.get_parent(each) for each in (place.unit, place.village))
    other = people.unit(county, "青山县水利局")
    for village in (place.village, people.village(township, "青山县后沟村")):
        pairings.pairing(round, other, village, state="signed", signed_on=FIRST, ends_on=date(2028, 12, 31))
    groups = {
        "county": county, "department": people.organisation_dept(county), "township": township, "unit": place.unit,
        "village": place.village, "elsewhere": people.county("白水县"),
    }  # fmt: skip
    for name, organisation in groups.items():
        actions.add_group_channel(
            by=people.user("organiser", organisation), organisation=organisation, name=name, workdays_only=False,
            address=robots.understood(ROBOT + name), at=on(6, 1),
        )  # fmt: skip
    plan(FIRST)
    return place


def said(sink, moment: datetime) -> dict[str, str]:
    """What the robots say on that day, by the key of each."""
    sink.arrived.clear()
    send_reminders(moment)
    send_due(lambda: moment + timedelta(minutes=2))
    keys = [path.partition("?key=")[2] for path, _body in sink.arrived]
    return {key: words.splitlines()[0] for key, words in zip(keys, sink.texts, strict=True)}


def behind(units: int, villages: int, day: str = "2026年10月1日") -> str:
    return f"【结对】有{units}个单位、{villages}个村的任务已逾期（{day}）"


def test_each_group_hears_how_many_of_its_area_are_behind_and_never_who(place, sink):
    assert said(sink, on(9, 29)) == {}  # reminded, and nothing late yet
    assert said(sink, on(10, 1)) == {
        "county": behind(2, 2),
        "department": behind(2, 2),
        "township": behind(0, 2),
        "unit": behind(1, 0),
        "village": behind(0, 1),
    }
    everything = "\n".join(sink.texts)
    names = [place.unit.name, place.village.name, "青山县水利局", "青山县后沟村", "到村调研"]
    assert [name for name in names if name in everything] == []


def test_who_did_what_was_due_is_not_counted(place, sink):
    activity = recorded(place, kind="standard-survey_trip", at=on(9, 10))
    confirming.confirm(by=place.village_secretary, activity=activity, at=on(9, 11))
    Duty.objects.filter(obligation="joint").update(state="waived")
    assert said(sink, on(10, 1)) == {"county": behind(1, 0), "department": behind(1, 0)}


def test_a_group_hears_it_once_a_day_and_again_only_when_somebody_is_reminded_anew(place, sink):
    assert len(said(sink, on(10, 1))) == 5
    assert said(sink, on(10, 1)) == {}
    assert said(sink, on(10, 2)) == {}
    Duty.objects.filter(unit=place.unit, obligation="survey", period="2026Q3").update(due_on=date(2026, 10, 5))
    again = behind(2, 2, "2026年10月6日")
    assert said(sink, on(10, 6)) == {
        "county": again, "department": again, "unit": behind(1, 0, "2026年10月6日"),
    }  # fmt: skip


def test_a_robot_that_was_switched_off_says_nothing(place, sink):
    channel = GroupChannel.objects.get(name="county")
    actions.switch_off(by=channel.made_by, channel=channel, at=on(9, 1))
    assert "county" not in said(sink, on(10, 1))
