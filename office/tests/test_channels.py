"""Robots of groups, the WeCom application, the limits of the services, and what people choose."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core import workdays
from office.models import Attempt, ChannelChoice, GroupChannel, Outgoing
from office.outbox import actions, robots
from office.outbox.digests import compose_digests
from office.outbox.groups import tell_groups
from office.outbox.limits import limits
from office.outbox.sending import send_due
from office.outbox.states import Medium
from office.outbox.timing import Hours
from office.outbox.wording import fitted, short_text
from office.tests import factories as make
from office.tests.sinks import TAKEN, robot_sink
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 6, 18, 9, 10, tzinfo=CHINA)  # a Thursday; the next day is a holiday
SHOWN = {
    "wecombot": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec34a25c",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0a1b2c3d-aaaa-bbbb-cccc-123456789012",
}


@pytest.fixture
def county():
    return people.county("青山县")


@pytest.fixture
def organiser(county):
    return people.user("organiser", county)


@pytest.fixture
def sink(monkeypatch):
    with robot_sink(monkeypatch) as sink:
        yield sink


def group(county, by, robot="wecombot", **fields) -> GroupChannel:
    address = fields.pop("address", None) or robots.understood(SHOWN[robot])
    given = {"name": "乡村振兴群", "workdays_only": False, "at": MORNING} | fields
    return actions.add_group_channel(by=by, organisation=county, address=address, **given)


def tell(channel: GroupChannel, *, key="1", moment: datetime = MORNING) -> None:
    params = {"units": 3, "villages": 2, "day": "6月18日"}
    subject = "%(units)s units and %(villages)s villages are behind with duties (%(day)s)"
    tell_groups({channel.pk: params}, kind="behind", subject=subject, url="/", key=key, at=moment)


@pytest.mark.parametrize("robot", SHOWN)
def test_each_robot_is_told_by_the_address_that_the_service_shows(county, organiser, sink, robot):
    tell(group(county, organiser, robot))
    send_due(lambda: MORNING)
    (path, _body), (text,) = sink.arrived[0], sink.texts
    assert path.startswith(f"/{robot}")
    assert SHOWN[robot].rstrip("/").rpartition("=" if "=" in SHOWN[robot] else "/")[2] in path
    assert text.startswith("【结对】有3个单位、2个村的任务已逾期（6月18日）\nhttp")
    assert Outgoing.objects.get().state == "sent"


def test_a_signed_robot_of_dingtalk_gets_a_signature(county, organiser, sink):
    tell(group(county, organiser, "dingtalk", address="dingtalk://SECabc123@566cc69da782ec34a25c/"))
    send_due(lambda: MORNING)
    asked = parse_qs(urlsplit(sink.arrived[0][0]).query)
    assert {"access_token", "timestamp", "sign"} == set(asked)


def test_a_person_is_told_by_the_wecom_application(county, sink, settings):
    settings.WECOM_CORP_ID, settings.WECOM_AGENT_ID, settings.WECOM_SECRET = "ww1", "1000002", "s-e_c/ret"
    village = people.village(people.township(county))
    for name in ("zhoujianguo", "wang.li"):
        user = people.user("village_committee", village)
        ChannelChoice.objects.create(user=user, by_wecom=True, wecom_name=name)
    make.message(village, sent_at=MORNING)
    compose_digests(MORNING)
    send_due(lambda: MORNING)
    asked = [path.partition("?")[0] for path, _body in sink.arrived]
    assert asked == ["/wecom/token", "/wecom/send", "/wecom/send"]  # the token is kept
    assert [body["touser"] for _path, body in sink.arrived[1:]] == ["zhoujianguo", "wang.li"]
    assert "corpsecret=s-e_c%2Fret" in sink.arrived[0][0]
    assert set(Outgoing.objects.values_list("medium", "state")) == {("wecom", "sent")}


def test_a_refusal_with_status_200_is_a_failure_and_its_reason_is_kept(county, organiser, sink):
    for robot in SHOWN:
        tell(group(county, organiser, robot, name=robot))
    sink.answer = {"errcode": 45009, "errmsg": "api freq out of limit", "code": 9499, "msg": "Bad Request"}
    send_due(lambda: MORNING)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"waiting"}
    answers = list(Attempt.objects.values_list("answer", flat=True))
    assert [answer for answer in answers if "45009 api freq out of limit" in answer] == answers[:2]
    assert "Bad Request" in answers[2]
    for answer, address in zip(answers, SHOWN.values(), strict=True):
        assert address[-12:] not in answer
    sink.answer = dict(TAKEN)
    send_due(lambda: MORNING + timedelta(minutes=2))
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("robot", SHOWN)
def test_a_line_cut_before_the_answer_is_uncertain(county, organiser, sink, robot):
    tell(group(county, organiser, robot))
    sink.answer = None
    send_due(lambda: MORNING)
    assert Outgoing.objects.get().state == "uncertain"


def test_twenty_a_minute_go_to_one_robot_and_the_others_wait(county, organiser, sink):
    channel = group(county, organiser, "dingtalk")
    other = group(county, organiser, "wecombot")
    for number in range(25):
        tell(channel, key=str(number))
        Outgoing.objects.filter(state="lapsed").update(state="waiting", next_at=MORNING)
    tell(other)
    send_due(lambda: MORNING)
    sent = Outgoing.objects.filter(state="sent")
    assert (sent.filter(group=channel).count(), sent.filter(group=other).count()) == (20, 1)
    waiting = Outgoing.objects.filter(state="waiting")
    assert {each.next_at for each in waiting} == {MORNING + timedelta(minutes=1)}
    send_due(lambda: MORNING + timedelta(seconds=59))
    assert sent.count() == 21
    send_due(lambda: MORNING + timedelta(minutes=1))
    assert sent.count() == 26


def test_the_minutes_in_which_everybody_sends_are_avoided(county, organiser, sink):
    hour = MORNING.replace(minute=30)
    tell(group(county, organiser), moment=hour)
    send_due(lambda: hour)
    assert (sink.arrived, Outgoing.objects.get().next_at) == ([], hour + timedelta(minutes=1))


def test_the_limits_are_those_of_the_services():
    assert limits()["wecom"].most == {60: 30, 3600: 1000}
    assert limits()["dingtalk"].most == {60: 20}
    assert (limits()["wecom"].bytes, limits()["wecom"].avoid, limits()["mail"].most) == (2048, [0, 30], {})


def test_what_is_too_long_is_cut_before_the_link(county, organiser):
    channel = group(county, organiser)
    outgoing = Outgoing(group=channel, medium=Medium.GROUP, subject="长" * 2000, url="/duties/")
    text = short_text(outgoing)
    assert len(text.encode()) <= 2048
    assert "/duties/" in text
    assert fitted("结对结对", 9) == "结对…"


def test_a_holiday_and_a_weekend_are_waited_for():
    office = Hours(workdays_only=True)
    holiday = MORNING + timedelta(days=1)  # Dragon Boat Festival, Friday to Sunday
    assert timezone.localtime(office.first_moment(holiday)) == datetime(2026, 6, 22, 8, 0, tzinfo=CHINA)
    shifted = datetime(2026, 5, 9, 9, 0, tzinfo=CHINA)  # a Saturday worked in exchange
    assert office.first_moment(shifted) == shifted


def test_of_a_year_that_is_not_known_monday_to_friday_are_workdays_and_the_log_says_so(caplog):
    workdays.is_known.cache_clear()
    first = datetime(2040, 10, 1).date()  # a Monday, and surely a holiday
    assert workdays.is_workday(first)
    assert not workdays.is_workday(first - timedelta(days=1))
    assert [record.args for record in caplog.records] == [(2040,)]


def test_the_address_is_sealed_in_the_database_and_masked_on_the_page(county, organiser, client):
    channel = group(county, organiser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM office_groupchannel c")
        assert "693a91f6" not in cursor.fetchone()[0]
    client.force_login(organiser)
    page = client.get(channel.get_absolute_url()).content.decode()
    assert "693a91f6" not in page
    assert "…5aaa" in page


def test_under_another_secret_key_the_address_is_asked_for_anew(county, organiser, settings, sink):
    tell(group(county, organiser))
    settings.SECRET_KEY = "another"
    send_due(lambda: MORNING)
    assert (sink.arrived, Outgoing.objects.get().state) == ([], "failed")


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/x",
        "mailto://a:b@c.de",
        "https://example.com/hook",
        "wecombot://",
        "file:///etc/passwd",
        "机器人",
    ],
)
def test_any_other_address_is_refused_at_the_field_and_nothing_typed_is_lost(county, organiser, client, address):
    client.force_login(organiser)
    given = {"organisation": "青山县", "name": "工作群", "address": address}
    answer = client.post(reverse("add_group_channel"), given)
    errors = answer.context["form"].errors
    assert set(errors) == {"address"}
    assert "企业微信群机器人、钉钉群机器人、飞书群机器人" in str(errors["address"])
    assert 'value="工作群"' in answer.content.decode()
    assert not GroupChannel.objects.exists()


def test_an_organiser_adds_tries_and_switches_off_a_robot(county, organiser, client, sink):
    client.force_login(organiser)
    given = {"organisation": "青山县", "name": "工作群", "address": SHOWN["feishu"], "workdays_only": "on"}
    client.post(reverse("add_group_channel"), given)
    again = client.post(reverse("add_group_channel"), given)
    assert "这个机器人已经添加过" in str(again.context["form"].errors)
    channel = GroupChannel.objects.get()
    for _twice in range(2):
        client.post(reverse("try_group_channel", args=[channel.pk]))
    assert Outgoing.objects.count() == 1
    send_due(lambda: timezone.now() + timedelta(minutes=1) * (timezone.now().minute in (29, 59, 0, 30)) * 2)
    assert "测试消息" in sink.texts[0]
    tell(channel)
    client.post(reverse("switch_off_group_channel", args=[channel.pk]))
    send_due(lambda: MORNING + timedelta(days=999))
    assert len(sink.arrived) == 1
    assert Outgoing.objects.filter(kind="behind").get().state == "lapsed"


def test_who_keeps_no_channels_finds_no_robots(county, organiser, client):
    channel = group(county, organiser)
    for role in ("administrator", "branch_secretary"):
        client.force_login(people.user(role, county))
        for name in ("group_channels", "add_group_channel"):
            assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse("switch_off_group_channel", args=[channel.pk])).status_code == 404
    assert people.reread(channel).off_at is None


@pytest.fixture
def secretary(county):
    return people.user("village_secretary", people.village(people.township(county)))


CHOSEN = {"by_mail": "on", "email": "zhou@example.cn", "quiet_from": "22:00", "quiet_until": "07:30"}


def test_a_person_chooses_how_to_be_told(secretary, client):
    client.force_login(secretary)
    client.post(reverse("my_channels"), CHOSEN | {"only_deadlines": "on"})
    choice = ChannelChoice.objects.get()
    assert (choice.by_mail, choice.only_deadlines, f"{choice.quiet_from:%H:%M}") == (True, True, "22:00")
    assert people.reread(secretary).email == "zhou@example.cn"
    client.post(reverse("my_channels"), CHOSEN)
    assert ChannelChoice.objects.get().only_deadlines is False


@pytest.mark.parametrize(
    ("change", "field"),
    [({"email": ""}, "email"), ({"email": "zhou"}, "email"), ({"quiet_from": "25:00"}, "quiet_from")],
)
def test_what_does_not_fit_is_said_at_the_field(secretary, client, change, field):
    client.force_login(secretary)
    answer = client.post(reverse("my_channels"), CHOSEN | change)
    assert set(answer.context["form"].errors) == {field}
    assert not ChannelChoice.objects.exists()


def test_wecom_is_offered_only_where_there_is_an_application(secretary, client, settings):
    client.force_login(secretary)
    assert "wecom_name" not in client.get(reverse("my_channels")).context["form"].fields
    settings.WECOM_SECRET = "secret"
    answer = client.post(reverse("my_channels"), CHOSEN | {"by_wecom": "on", "wecom_name": ""})
    assert set(answer.context["form"].errors) == {"wecom_name"}
