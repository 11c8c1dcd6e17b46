"""Each side is told when it is its turn; work stays with the post."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone, translation

from office import inbox
from office.models import Message, Receipt
from office.tests import factories as make
from organisations.models import Organisation
from organisations.tests import factories as people

TURN: dict[str, Any] = {
    "permission": "village.act",
    "subject": "Finished: %(title)s",
    "body": "Why: %(error)s",
    "params": {"title": "山", "error": "水"},
    "url": "/inbox/",
    "kind": "turn",
}


@pytest.fixture
def county(db):
    return people.county()


@pytest.fixture
def village(county):
    return people.village(people.township(county))


@pytest.fixture
def secretary(village):
    return people.user("village_secretary", village)


def tell(*organisations, key="intention:1:answer", at=make.NOON, **changes):
    inbox.tell(organisations=organisations, key=key, at=at, **(TURN | changes))


def subjects(user):
    return [message.subject for message in Message.objects.visible_to(user)]


def test_whoever_holds_the_post_today_reads_it(village, secretary):
    tell(village)
    today = timezone.localdate()
    former = people.user("village_secretary", village, until=today - timedelta(days=1))
    last_day = people.user("village_secretary", village, until=today)
    future = people.user("village_secretary", village, since=today + timedelta(days=1))
    assert [len(subjects(user)) for user in (secretary, former, last_day, future)] == [1, 0, 1, 0]


def test_others_read_nothing(county, village, secretary):
    tell(village)
    organiser = people.user("organiser", people.organisation_dept(county))  # above, but without the permission
    neighbour = people.user("village_secretary", people.village(people.township(county)))
    stranger = people.user()
    assert [subjects(user) for user in (organiser, neighbour, stranger)] == [[], [], []]


def test_a_post_above_with_the_permission_reads_it_too(county, village):
    tell(village, permission="history.read")
    assert len(subjects(people.user("organiser", people.organisation_dept(county)))) == 1


def test_a_personal_message_reaches_one_person_whatever_the_post(secretary):
    inbox.tell_person(user=secretary, key="job:1", at=make.NOON, **{k: v for k, v in TURN.items() if k != "permission"})
    assert len(subjects(secretary)) == 1
    assert subjects(people.user()) == []


def test_telling_twice_is_telling_once(village):
    tell(village)
    tell(village, at=make.NOON + timedelta(days=1), subject="Other")
    assert [(m.subject, m.sent_at) for m in Message.objects.all()] == [("Finished: %(title)s", make.NOON)]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_tell_once():
    village = people.village(people.township(people.county()))

    def tell_once(_number):
        try:
            tell(village)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(tell_once, range(20)))
    assert Message.objects.count() == 1


def test_settling_ends_the_turn_for_everybody_once(village, secretary):
    tell(village)
    tell(village, key="other")
    assert inbox.waiting_for(secretary).count() == 2
    assert inbox.settle(key="intention:1:answer", at=make.NOON) == 1
    assert inbox.settle(key="intention:1:answer", at=make.NOON + timedelta(days=1)) == 0
    assert Message.objects.get(key="intention:1:answer").settled_at == make.NOON
    assert inbox.waiting_for(secretary).count() == 1


def test_many_turns_are_settled_in_one_statement(village, django_assert_num_queries):
    for key in ("a", "b", "c"):
        tell(village, key=key)
    with django_assert_num_queries(1):
        assert inbox.settle_all(["a", "b"], at=make.NOON) == 2
    assert list(Message.objects.open().values_list("key", flat=True)) == ["c"]


def test_one_side_alone_can_be_settled(county, village):
    other = people.village(people.township(county))
    tell(village, other)
    assert inbox.settle(key="intention:1:answer", at=make.NOON, organisations=[village]) == 1
    assert list(Message.objects.open().values_list("organisation", flat=True)) == [other.pk]


def test_news_is_nobodys_turn_but_unread(village, secretary):
    tell(village, kind=inbox.NOTICE)
    message = Message.objects.get()
    assert (message.is_waiting, inbox.waiting_for(secretary).count()) == (False, 1)
    Receipt.objects.create(message=message, user=secretary)
    assert inbox.waiting_for(secretary).count() == 0


def test_the_reader_decides_the_language(village):
    tell(village)
    message = Message.objects.get()
    with translation.override("zh-hans"):
        assert (message.subject_text, message.body_text) == ("已完成：山", "原因：水")
    with translation.override("en"):
        assert (message.subject_text, message.body_text) == ("Finished: 山", "Why: 水")


@pytest.mark.parametrize("changes", [{"params": {}}, {"url": "https://evil.example/"}, {"url": "//evil.example/"}])
def test_a_message_that_could_not_be_shown_is_never_sent(village, changes):
    with pytest.raises((KeyError, ValueError)):
        tell(village, **changes)
    assert Message.objects.count() == 0


def test_unread_is_one_query(village, secretary, django_assert_num_queries):
    tell(village)
    secretary.posts  # noqa: B018 - read once per request
    with django_assert_num_queries(1):
        assert inbox.waiting_for(secretary).count() == 1


@pytest.mark.parametrize("count", [3, 3000])
def test_telling_takes_the_same_statements_for_any_number(county, count, django_assert_num_queries):
    Organisation.objects.bulk_create(
        Organisation(name=f"村{n}", kind="village", path=f"{county.path}{n:04X}", depth=2) for n in range(1, count + 1)
    )
    with django_assert_num_queries(2):
        inbox.tell(organisations=Organisation.objects.villages(), key="round:1:choose", at=make.NOON, **TURN)
    assert Message.objects.count() == count


def test_what_waits_in_a_post_is_open_when_the_post_is_handed_over(county, village, secretary):
    other = people.village(people.township(county), "他村")
    tell(village, other, url="/intentions/1/")
    tell(village, key="news", kind=inbox.NOTICE)
    inbox.tell_person(user=secretary, subject="Why: %(error)s", body="", params={"error": "水"}, url="/me/",
                      kind="turn", key="own", at=make.NOON)  # fmt: skip
    with translation.override("en"):
        assert set(inbox.open_matters(secretary, village)) == {
            (f"{village.name}：Finished: 山", "/intentions/1/"),
            ("Why: 水", "/me/"),
        }
        inbox.settle(key="intention:1:answer", at=make.NOON)
        assert inbox.open_matters(secretary, village) == [("Why: 水", "/me/")]
        assert inbox.open_matters(people.user(), village) == []
