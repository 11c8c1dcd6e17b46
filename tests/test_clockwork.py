"""A real beat, a real worker, Redis and a mail server through more than a year, the worker killed in the middle."""

import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from redis import Redis

from duties.models import Duty, Reminder
from duties.tests.owing import owing
from members.tests.floating import floating
from office.models import Attempt, DigestPart, Message, Outgoing
from office.outbox.wording import letter
from office.tests.test_worker import address_of_test_database
from organisations.models import User
from organisations.tests import factories as people
from tests import clockwork
from tests.mail_sink import MailSink, mail_sink

pytestmark = pytest.mark.django_db(transaction=True)

FORTNIGHTS = 29  # from January of one year into February of the next
SCHEME = (
    "代号: survey, 名称: 到村调研, 计数: 活动, 活动性质: [调研], 频次: 每季度, 条款: QX-07\n"
    "代号: report, 名称: 半年汇报, 对象: 流动党员, 计数: 流动党员汇报, 频次: 每半年, 条款: SF-33\n"
    "代号: sign, 名称: 签约, 责任方: [帮扶方, 受援方], 计数: 签约, 频次: 时间节点前, 时间节点: 签约, 条款: SH-32"
)


@contextmanager
def running(key: str, port: int, *what: str):
    """A process of Celery on the test database; `port` is that of the mail server."""
    addresses = {"DATABASE_URL": address_of_test_database(), "REDIS_URL": settings.REDIS_URL, "CLOCKWORK": key}
    addresses |= {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(port)}
    command = [sys.executable, "-m", "celery", "-A", "tests.clockwork", *what, "--loglevel", "warning"]
    environment = os.environ | addresses | {"SECRET_KEY": "of the clockwork"}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, 9)


LONGEST = 60 + clockwork.TICK_SECONDS * FORTNIGHTS * 2  # seconds


def wait_for(key: str, fortnights: int) -> None:
    deadline = time.monotonic() + LONGEST
    while clockwork.days(key) < fortnights:
        assert time.monotonic() < deadline, f"{clockwork.days(key)} of {fortnights}"
        time.sleep(0.2)


@pytest.fixture
def place():
    """An agreement that nobody signs, a quarter's visits that nobody makes, a member away who never reports."""
    place = owing(SCHEME, state="negotiating", signed_on=None)
    round = place.pairing.round
    round.milestones.create(key="signing", name="正式签约", on=date(2026, 7, 1))
    signed = place.pairing
    signed.pk, signed.state, signed.signed_on = None, "signed", date(2026, 1, 1)
    signed.village = people.village(round.organiser, "东村")
    signed.save()
    floating(place.village, scheme_version=round.scheme_version, leaves_on=date(2025, 12, 1))
    for user in User.objects.all():
        user.email = f"{user.pk}@example.cn"
        user.save()
    return place


def test_through_a_year_each_reminder_comes_once_though_the_worker_is_killed(place, tmp_path):
    key = f"clockwork-{uuid4().hex}"
    worker = ("worker", "-Q", key, "-c", "1", "--without-gossip", "--without-mingle")
    with mail_sink() as (sink, port), running(key, port, "beat", "-s", str(tmp_path / "schedule")):
        with running(key, port, *worker):
            wait_for(key, FORTNIGHTS // 3)
            sink.keeps_back = True
            assert sink.is_kept_back.wait(LONGEST)
        sink.keeps_back = False
        time.sleep(2 * clockwork.TICK_SECONDS)
        with running(key, port, *worker):
            wait_for(key, FORTNIGHTS + 1)  # the last fortnight that is looked at is over then
    Redis.from_url(settings.REDIS_URL).delete(clockwork.counter(key), clockwork.unread(key))
    last = clockwork.FIRST + (FORTNIGHTS - 1) * clockwork.STEP
    each_reminder_stands_once_in_the_product(last.date())
    each_digest_came_by_mail(sink, last)


def each_reminder_stands_once_in_the_product(last: date) -> None:
    over = Duty.objects.filter(due_on__lt=last - timedelta(days=20), done=0)
    assert Counter(over.values_list("obligation", flat=True)) == {"survey": 4, "report": 2, "sign": 1}
    for duty in over:
        told = Counter(duty.reminders.filter(is_escalation=False).values_list("organisation", "stage"))
        owners = 2 if duty.obligation == "sign" else 1
        assert set(told.values()) == {1}
        assert len(told) == 4 * owners, (duty, told)
    digests = Message.objects.filter(kind="duties due").values_list("organisation", "permission", "key")
    assert max(Counter(digests).values()) == 1
    days = {(each.organisation_id, each.permission, each.digest_on) for each in Reminder.objects.all()}
    assert len(digests) >= len(days)


def each_digest_came_by_mail(sink: MailSink, last: datetime) -> None:
    """None is missed; only the one in flight when the worker was killed came twice, and it is shown as uncertain."""
    told = set(DigestPart.objects.values_list("message", "outgoing__recipient"))
    messages = Message.objects.filter(kind="duties due", sent_at__lte=last)
    owed = {(message.pk, user.pk) for user in User.objects.all() for message in messages.visible_to(user)}
    assert len(owed) > FORTNIGHTS // 2
    assert owed - told == set()
    sent = Outgoing.objects.filter(made_at__lte=last)
    assert set(sent.values_list("state", flat=True)) == {"sent"}
    mails = {each: (each.recipient.email, letter(each).subject) for each in sent}
    arrived = Counter(sink.arrived)
    assert [each for each, mail in mails.items() if mail not in arrived] == []
    twice = [each for each, mail in mails.items() if arrived[mail] > 1]
    uncertain = Outgoing.objects.filter(attempts__outcome=Attempt.Outcome.UNCERTAIN)
    assert twice == list(uncertain)
    assert [(each.is_repeated, arrived[mails[each]]) for each in twice] == [(True, 2)]
