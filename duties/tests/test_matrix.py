"""Pairings against the lines of the scheme, and reminding all that are behind from there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.counting.count import count_all
from duties.matrix import cell_of
from duties.models import Duty, Reminder
from duties.planning import plan
from duties.reminding import send_reminders
from duties.tests.owing import owing
from duties.tests.test_pages import HTMX, JOINT, SURVEY, text
from office.models import Message
from organisations.tests import factories as people
from pairing.states import RoundState
from pairing.tests import factories as pairings
from visits.actions import confirming
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """In the second year of the agreement; nothing was done in the first."""
    today = timezone.localdate()
    place = owing(f"{SURVEY}\n{JOINT}", signed_on=today - timedelta(days=400), ends_on=today + timedelta(days=500))
    plan(today)
    return place


def another(place, name: str = "第一村", *, late: bool = False):
    """A pairing of another unit in the same round, signed a short while ago or long ago."""
    round, today = place.pairing.round, timezone.localdate()
    unit, village = people.unit(round.organiser, f"{name}帮扶局"), people.village(round.organiser, name)
    signed_on = place.pairing.signed_on if late else today - timedelta(days=10)
    made = pairings.pairing(round, unit, village, state="signed", signed_on=signed_on, ends_on=place.pairing.ends_on)
    plan(today)
    return made


def matrix(client, place, **asked):
    return client.get(reverse("duty_matrix", args=[place.pairing.round.pk]), asked)


def listed(answer) -> list:
    return [row.record for row in answer.context["table"].rows]


def remind(client, place, **asked):
    address = reverse("remind_of_duties", args=[place.pairing.round.pk])
    return client.post(f"{address}?{'&'.join(f'{name}={value}' for name, value in asked.items())}", follow=True)


def test_a_cell_says_how_far_the_running_period_is_and_that_an_earlier_one_is_late(client, place):
    now = timezone.now()
    activity = recorded(place, kind="standard-survey_trip", on=timezone.localdate(), at=now)
    confirming.confirm(by=place.village_secretary, activity=activity, at=now)
    count_all(now)
    client.force_login(place.organiser)
    answer = matrix(client, place)
    page = text(answer)
    [row] = listed(answer)
    survey, joint = (cell_of(row, code, timezone.localdate()) for code in ("survey", "joint"))
    assert (survey.words, joint.words) == ("1/1，已完成，往期逾期1项", "0/1，推进中，往期逾期1项")
    assert survey.duty.get_absolute_url() in page
    assert joint.duty == Duty.objects.get(obligation="joint", period="A2")
    book = matrix(client, place, export="xlsx")
    assert book["Content-Type"].startswith("application/vnd.openxmlformats")


def test_those_behind_stand_first(client, place):
    other = another(place, late=True)
    Duty.objects.filter(pairing=place.pairing).update(done=9)
    client.force_login(place.organiser)
    assert listed(matrix(client, place)) == [other, place.pairing]


def test_only_those_behind_and_only_what_one_sees(client, place):
    other = another(place)
    client.force_login(place.organiser)
    assert listed(matrix(client, place)) == [place.pairing, other]
    assert listed(matrix(client, place, standing="late")) == [place.pairing]
    assert listed(matrix(client, place, q="第一村")) == [other]
    client.force_login(place.secretary)
    assert listed(matrix(client, place)) == [place.pairing]
    client.force_login(place.stranger)
    assert listed(matrix(client, place)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_pairing_as_for_three(client, place, number, django_assert_num_queries):
    for each in range(number - 1):
        another(place, f"第{each}村", late=True)
    client.force_login(place.organiser)
    matrix(client, place)
    with django_assert_num_queries(10):
        matrix(client, place)
    client.get(reverse("remind_of_duties", args=[place.pairing.round.pk]))
    with django_assert_num_queries(10):
        client.get(reverse("remind_of_duties", args=[place.pairing.round.pk]))


def test_the_organiser_reminds_all_that_are_behind_once_a_day(client, place):
    another(place)
    client.force_login(place.organiser)
    page = text(client.get(reverse("remind_of_duties", args=[place.pairing.round.pk])))
    assert "2 个" in page or "2个" in page
    assert place.unit.name in page
    assert "第一村帮扶局" not in page
    remind(client, place)
    sent = Message.objects.filter(key__startswith="duties-by-hand").order_by("permission")
    assert [(each.organisation, each.permission, each.params["count"]) for each in sent] == [
        (place.unit, "unit.act", 2), (place.village, "village.act", 1),
    ]  # fmt: skip
    assert set(Reminder.objects.values_list("sent_by", "duty__period")) == {(place.organiser.pk, "A1")}
    again = remind(client, place)
    assert "今天已经提醒过" in text(again)
    assert (Message.objects.filter(key__startswith="duties-by-hand").count(), Reminder.objects.count()) == (2, 3)
    reminded = Duty.objects.get(pairing=place.pairing, obligation="survey", period="A1")
    assert f"人工提醒：{place.organiser.name}" in text(client.get(reminded.get_absolute_url()))


def test_the_filter_of_the_list_says_whom(client, place):
    other = another(place, late=True)
    client.force_login(place.organiser)
    assert (
        "obligation=survey"
        in text(client.get(reverse("round_duties", args=[place.pairing.round.pk]), {"obligation": "survey"})).partition(
            reverse("remind_of_duties", args=[place.pairing.round.pk])
        )[2][:80]
    )
    remind(client, place, obligation="survey", q=other.village.name)
    assert [each.duty.pairing for each in Reminder.objects.all()] == [other]
    remind(client, place, obligation="survey")
    assert {each.duty.pairing for each in Reminder.objects.all()} == {other, place.pairing}


def test_a_filter_that_can_not_be_read_reminds_nobody(client, place):
    client.force_login(place.organiser)
    remind(client, place, obligation="no-such-duty")
    assert not Reminder.objects.exists()


def test_the_stages_of_the_clock_go_on_as_if_nobody_had_clicked(client, place):
    client.force_login(place.organiser)
    Duty.objects.update(planned_on=place.pairing.signed_on)
    remind(client, place)
    before = Reminder.objects.count()
    send_reminders(timezone.now())
    assert Reminder.objects.filter(sent_by=None, is_escalation=False).exists()
    assert Reminder.objects.exclude(sent_by=None).count() == before
    kinds = Message.objects.filter(organisation=place.unit, kind="duties due").order_by("key")
    assert [each.key.partition(":")[0] for each in kinds] == ["duties-by-hand", "duties"]


def test_nobody_else_reminds_and_nothing_changes(client, place):
    for user in (place.secretary, place.village_secretary, place.stranger):
        client.force_login(user)
        assert remind(client, place).status_code == 404
    client.force_login(place.organiser)
    round = place.pairing.round
    round.state = RoundState.CLOSED
    round.closed_at, round.closed_by = timezone.now(), place.organiser
    round.save()
    remind(client, place)
    assert not Reminder.objects.exists()
    assert not Message.objects.filter(kind="duties due").exists()
    page = text(client.get(reverse("round_duties", args=[round.pk]), headers=HTMX))
    assert reverse("remind_of_duties", args=[round.pk]) not in page
