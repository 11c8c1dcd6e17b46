"""Reminders: each stage once, a missed day made good, one digest a day, the superior told at last."""

from datetime import date, datetime, timedelta

import pytest

from duties.models import Duty, Reminder
from duties.planning import plan
from duties.reminding import send_reminders
from duties.tests.owing import owing
from office.models import Message
from organisations.tests import factories as people
from pairing.tests.factories import CHINA
from visits.actions import confirming
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db

SURVEY = "代号: survey, 名称: 到村调研, 计数: 活动, 活动性质: [调研], 频次: 每季度, 条款: QX-07"
FIRST = date(2026, 7, 1)  # the quarter ends on 30 September


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 8, 10, tzinfo=CHINA)


@pytest.fixture
def place():
    place = owing(SURVEY, signed_on=FIRST)
    plan(FIRST)
    return place


def told(place) -> list[str]:
    """The days of the digests of the unit."""
    rows = Message.objects.filter(organisation=place.unit, kind="duties due").order_by("sent_at")
    return [f"{message.sent_at:%m-%d}" for message in rows]


def stages() -> list[int]:
    return list(Reminder.objects.order_by("stage").values_list("stage", flat=True))


def test_thirty_seven_and_one_day_before_and_a_day_after(place):
    day = on(8, 20)
    while day < on(10, 5):
        send_reminders(day)
        day += timedelta(days=1)
    assert stages() == [-30, -7, -1, 1]
    assert told(place) == ["08-31", "09-23", "09-29", "10-01"]


def test_a_second_run_on_a_day_tells_nobody(place):
    assert send_reminders(on(8, 31)) == 1
    assert send_reminders(on(8, 31)) == 0
    assert (stages(), told(place)) == ([-30], ["08-31"])


def test_days_of_silence_are_made_good_in_one_digest(place):
    send_reminders(on(9, 30))
    assert stages() == [-30, -7, -1]
    assert told(place) == ["09-30"]
    message = Message.objects.get(organisation=place.unit, kind="duties due")
    assert message.params["count"] == 1


def test_what_is_met_is_not_reminded_of(place):
    activity = recorded(place, kind="standard-survey_trip", at=on(9, 10))
    send_reminders(on(9, 23))
    assert told(place) == ["09-23"]  # recorded, but not confirmed yet
    confirming.confirm(by=place.village_secretary, activity=activity, at=on(9, 24))
    send_reminders(on(9, 29))
    send_reminders(on(10, 1))
    assert told(place) == ["09-23"]


def test_the_superior_is_told_after_fifteen_days(place):
    send_reminders(on(10, 14))
    assert not Reminder.objects.filter(is_escalation=True).exists()
    send_reminders(on(10, 15))
    message = Message.objects.get(organisation=place.pairing.round.organiser, kind="duties due")
    assert message.permission == "round.manage"
    assert message.url.endswith(f"/rounds/{place.pairing.round.pk}/duties/?standing=late")
    assert message in Message.objects.visible_to(place.organiser)


def test_a_date_that_moves_arms_its_stages_anew(place):
    send_reminders(on(9, 23))
    Duty.objects.update(due_on=date(2026, 10, 31))
    send_reminders(on(9, 25))
    assert stages() == [-30, -7]
    send_reminders(on(10, 1))
    assert Reminder.objects.filter(stage=-30).count() == 2


def test_what_was_over_when_it_was_planned_is_left_alone():
    place = owing(SURVEY)
    plan(date(2026, 9, 10))
    send_reminders(on(9, 10))
    assert list(Reminder.objects.values_list("duty__period", "stage")) == [("2026Q3", -30)]
    assert told(place) == ["09-10"]


def test_the_post_is_reminded_not_the_person_who_held_it(place):
    send_reminders(on(9, 23))
    message = Message.objects.get(organisation=place.unit, kind="duties due")
    successor = people.user("branch_secretary", place.unit)
    people.forget_posts(successor)
    assert message in Message.objects.visible_to(successor)
    place.secretary.appointments.update(until=date(2026, 1, 1))
    people.forget_posts(place.secretary)
    assert message not in Message.objects.visible_to(place.secretary)


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_duty_as_for_three(place, number, django_assert_num_queries):
    first = Duty.objects.get(period="2026Q3")
    for each in range(number - 1):
        first.pk, first.period = None, f"copy{each}"
        first.save()
    with django_assert_num_queries(23):
        send_reminders(on(9, 23))
