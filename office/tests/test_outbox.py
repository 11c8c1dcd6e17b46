"""The outbox: one digest a day for whoever holds the post, sent once, tried again, told as uncertain."""

import smtplib
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from office.models import Attempt, ChannelChoice, DigestPart, Message, Outgoing
from office.outbox import composing, sending
from office.outbox.digests import compose_digests
from office.outbox.sending import SILENCE, claim, collect_interrupted, send_due
from office.tests import factories as make
from organisations.models import Organisation
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 6, 18, 9, 10, tzinfo=CHINA)
DAY = timedelta(days=1)


@pytest.fixture
def village():
    return people.village(people.township(people.county("青山县"), "青山镇"), "东村")


@pytest.fixture
def secretary(village):
    return people.user("village_secretary", village, name="周建国", email="zhou@example.cn")


def at(moment: datetime):
    return lambda: moment


def told(village, *, count: int | None = None, moment: datetime = MORNING, **fields) -> Message:
    """A message that the village secretary reads; with `count`, a reminder of so many deadlines."""
    kind: dict[str, Any] = {} if count is None else {"kind": "duties due", "params": {"count": count}}
    return make.message(village, sent_at=moment, **kind, **fields)


def states() -> list[str]:
    return list(Outgoing.objects.order_by("pk").values_list("state", flat=True))


def test_one_mail_tells_how_much_waits_and_names_nobody(village, secretary, settings):
    settings.PUBLIC_URL = "https://jiedui.example.cn"
    told(village, count=3)
    told(village)
    assert compose_digests(MORNING) == 1
    send_due(at(MORNING))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["zhou@example.cn"],
        "【结对】您有3条期限提醒、1条其他消息待处理（2026年6月18日）",
    )
    assert "https://jiedui.example.cn/inbox/" in sent.body
    for name in (secretary.name, village.name, "青山"):
        assert name not in f"{sent.subject} {sent.body}"
    assert states() == ["sent"]
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.begun_at, attempt.answer) == ("sent", MORNING, "")


def test_one_digest_a_day_whatever_comes_later(village, secretary):
    told(village)
    compose_digests(MORNING)
    send_due(at(MORNING))
    told(village)
    assert compose_digests(MORNING + timedelta(hours=3)) == 0
    assert compose_digests(MORNING + DAY) == 1
    assert Outgoing.objects.first().params["others"] == 1
    assert compose_digests(MORNING + 2 * DAY) == 0  # nothing new
    told(village)
    assert compose_digests(MORNING + 2 * DAY) == 1
    assert list(Outgoing.objects.values_list("params__others", flat=True)) == [2, 1]  # one that waits has grown


def test_nobody_is_told_of_what_they_opened_nor_of_news_nor_of_what_is_settled(village, secretary):
    opened, news, settled = told(village), told(village, kind="notice"), told(village)
    opened.receipts.create(user=secretary)
    Message.objects.filter(pk__in=[news.pk, settled.pk]).update(settled_at=MORNING)
    assert compose_digests(MORNING) == 0
    assert not Outgoing.objects.exists()


def test_days_of_silence_are_made_good_in_one_digest(village, secretary, monkeypatch):
    monkeypatch.setattr(EmailBackend, "open", unreachable, raising=False)
    for day in range(3):
        told(village, count=1, moment=MORNING + day * DAY)
        compose_digests(MORNING + day * DAY)
        send_due(at(MORNING + day * DAY))
    monkeypatch.undo()
    send_due(at(MORNING + 3 * DAY))
    assert len(mail.outbox) == 1
    assert "您有3条期限提醒" in mail.outbox[0].subject
    assert DigestPart.objects.count() == 3


def unreachable(_backend):
    raise ConnectionRefusedError("nobody listens")


def test_what_falls_into_quiet_hours_waits_for_their_end(village, secretary):
    evening = MORNING.replace(hour=22)
    told(village, moment=evening)
    compose_digests(evening)
    send_due(at(evening))
    assert (mail.outbox, states()) == ([], ["waiting"])
    assert timezone.localtime(Outgoing.objects.get().next_at) == MORNING.replace(hour=8, minute=0) + DAY
    send_due(at(MORNING + DAY))
    assert len(mail.outbox) == 1


def test_the_person_who_holds_the_post_when_it_is_sent_receives_it(village, secretary):
    evening = MORNING.replace(hour=22)
    told(village, moment=evening)
    compose_digests(evening)
    secretary.appointments.update(until=timezone.localdate() - DAY)
    people.user("village_secretary", village, email="successor@example.cn")
    send_due(at(MORNING + DAY))
    assert [sent.to for sent in mail.outbox] == [["successor@example.cn"]]
    assert states() == ["lapsed", "sent"]


def test_a_post_above_is_told_and_a_stranger_is_not(village, secretary):
    township_of, county_of = (Organisation.objects.get(path=village.path[: 4 * depth]) for depth in (2, 1))
    township = people.user("committee_secretary", township_of, email="above@example.cn")
    elsewhere = people.village(people.township(people.county("白水县"), "白水镇"), "西村")
    people.user("village_secretary", elsewhere, email="stranger@example.cn")
    office = people.organisation_dept(county_of)
    desk = people.user("organiser", office, email="desk@example.cn")
    told(village)
    told(village, permission="task.receive")
    compose_digests(MORNING)
    digests = {each.recipient: each.parts.count() for each in Outgoing.objects.all()}
    assert digests == {secretary: 1, desk: 1}  # own acts of a committee are for its own level only
    assert township not in digests
    readable = {user: Message.objects.visible_to(people.reread(user)).count() for user in (secretary, desk, township)}
    assert readable == {secretary: 1, desk: 1, township: 0}


def test_deadlines_only(village, secretary):
    ChannelChoice.objects.create(user=secretary, only_deadlines=True)
    told(village)
    assert compose_digests(MORNING) == 0
    told(village, count=2)
    compose_digests(MORNING)
    assert Outgoing.objects.get().params == {"deadlines": 2, "others": 0, "day": "2026年6月18日"}
    assert str(Outgoing.objects.get()) == "您有2条期限提醒待处理（2026年6月18日）"


def test_who_chose_no_mail_or_has_no_address_is_told_in_the_product_only(village, secretary):
    people.user("village_committee", village)
    ChannelChoice.objects.create(user=secretary, by_mail=False)
    told(village)
    assert compose_digests(MORNING) == 0


def test_refused_for_now_is_tried_again_later_and_at_last_told_as_failed(village, secretary, monkeypatch):
    told(village)
    compose_digests(MORNING)
    monkeypatch.setattr(EmailBackend, "open", unreachable, raising=False)
    moment, waits = MORNING, []
    while states() == ["waiting"]:
        send_due(at(moment))
        next_at = Outgoing.objects.get().next_at
        waits += [next_at - moment] if next_at else []
        moment = next_at or moment
    assert waits == sending.BACK_OFF
    assert states() == ["failed"]
    assert {attempt.answer for attempt in Attempt.objects.all()} == {"ConnectionRefusedError: nobody listens"}


def test_refused_for_good_is_not_tried_again(village, secretary, monkeypatch):
    def refuse(_backend, _messages):
        raise smtplib.SMTPRecipientsRefused({secretary.email: (550, b"no such user zhou@example.cn")})

    told(village)
    compose_digests(MORNING)
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    send_due(at(MORNING))
    assert states() == ["failed"]
    assert Attempt.objects.get().answer == "SMTP 550"


def test_a_message_in_flight_when_the_worker_died_is_uncertain_and_repeated_once(village, secretary):
    told(village)
    compose_digests(MORNING)
    moment = MORNING
    for repeated in (False, True):
        assert claim(at=moment).outgoing.is_repeated is repeated  # and then the worker dies
        assert collect_interrupted(at=moment + SILENCE / 2) == 0
        moment += 2 * SILENCE
        assert collect_interrupted(at=moment) == 1
        assert states() == ["uncertain"]
        assert list(Attempt.objects.values_list("outcome", flat=True)) == ["uncertain"] * (1 + repeated)
    send_due(at(moment + DAY))
    assert (mail.outbox, states()) == ([], ["uncertain"])


def test_no_answer_is_uncertain_and_the_repetition_ends_it(village, secretary, monkeypatch):
    def hang(_backend, _messages):
        raise TimeoutError("timed out")

    told(village)
    compose_digests(MORNING)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", hang)
        send_due(at(MORNING))
    assert states() == ["uncertain"]
    send_due(at(MORNING + DAY))
    assert (states(), len(mail.outbox)) == (["sent"], 1)
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["uncertain", "sent"]


def test_nothing_is_left_where_the_transaction_is(village, secretary):
    with pytest.raises(ZeroDivisionError):
        atomically(village)
    assert (Message.objects.count(), Outgoing.objects.count()) == (0, 0)


def atomically(village) -> None:
    with transaction.atomic():
        told(village)
        compose_digests(MORNING)
        raise ZeroDivisionError


def test_a_digest_speaks_of_nothing_that_is_not_there_and_what_it_takes_in_changes_its_words(village, secretary):
    evening = MORNING.replace(hour=22)
    told(village, moment=evening)
    compose_digests(evening)
    assert str(Outgoing.objects.get()) == "您有1条消息待处理（2026年6月18日）"
    told(village, count=3, moment=evening + timedelta(hours=1))
    compose_digests(evening + timedelta(hours=1))
    assert str(Outgoing.objects.get()) == "您有3条期限提醒、1条其他消息待处理（2026年6月18日）"


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_person_as_for_three(village, number, django_assert_num_queries):
    for each in range(number):
        people.user("village_committee", village, email=f"user{each}@example.cn")
    told(village)
    with django_assert_num_queries(10):
        assert compose_digests(MORNING) == number


def test_people_come_in_batches(village, monkeypatch):
    for each in range(5):
        people.user("village_committee", village, email=f"user{each}@example.cn")
    told(village)
    monkeypatch.setattr(composing, "BATCH", 2)
    assert compose_digests(MORNING) == 5
    assert Outgoing.objects.count() == 5


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "moment", "sent_at"),
    [
        (time(21), time(8), time(20, 59), (18, time(20, 59))),
        (time(21), time(8), time(21), (19, time(8))),
        (time(21), time(8), time(7, 59), (18, time(8))),
        (time(12), time(14), time(13), (18, time(14))),
        (time(8), time(8), time(3), (18, time(3))),
    ],
)
def test_quiet_hours(village, secretary, quiet_from, quiet_until, moment, sent_at):
    ChannelChoice.objects.create(user=secretary, quiet_from=quiet_from, quiet_until=quiet_until)
    then = MORNING.replace(hour=moment.hour, minute=moment.minute)
    told(village, moment=then)
    compose_digests(then)
    local = timezone.localtime(Outgoing.objects.get().next_at)
    assert (local.day, local.time()) == sent_at
