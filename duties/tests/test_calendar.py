"""Duties by the day on which they are due, on the page and in the calendar of a phone."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from duties.models import CalendarLink, Duty
from duties.planning import plan
from duties.tests.owing import owing
from duties.tests.test_pages import JOINT, SURVEY, text
from members.tests.floating import floating
from organisations.tests import factories as people
from pairing.tests import factories as pairings

pytestmark = pytest.mark.django_db
AWAY = "代号: report, 名称: 半年汇报, 对象: 流动党员, 计数: 流动党员汇报, 频次: 每半年, 条款: SF-33"


@pytest.fixture
def place():
    """In the second year of the agreement; nothing was done in the first, which ended 35 days ago."""
    today = timezone.localdate()
    place = owing(f"{SURVEY}\n{JOINT}", signed_on=today - timedelta(days=400), ends_on=today + timedelta(days=500))
    plan(today)
    return place


def first_due(place) -> Duty:
    return Duty.objects.get(pairing=place.pairing, obligation="survey", period="A1")


def shown(client, place, **asked):
    return client.get(reverse("duty_calendar"), {"month": f"{first_due(place).due_on:%Y-%m}"} | asked)


def subscribed(client) -> str:
    """The address, as it stands on the page."""
    page = text(client.post(reverse("make_calendar_link")))
    token = page.partition("/duties/calendar/")[2] if "/duties/calendar/" in page else ""
    while ".ics" not in token.partition("<")[0]:
        token = token.partition("/duties/calendar/")[2]
    return f"/duties/calendar/{token.partition('<')[0]}"


def events(answer) -> list:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_each_sees_on_its_day_what_they_owe(client, place):
    due = first_due(place)
    client.force_login(place.secretary)
    answer = shown(client, place)
    day = answer.context["month"].day(due.due_on)
    assert {each.duty.obligation for each in day.items} == {"survey", "joint"}
    assert due.get_absolute_url() in text(answer)
    assert answer.context["month"].counts["late"] == 2
    client.force_login(place.village_secretary)
    assert [each.duty.obligation for each in shown(client, place).context["month"].day(due.due_on).items] == ["joint"]


def test_an_empty_month_leads_to_the_next_day_on_which_something_is_due(client, place):
    upcoming = Duty.objects.get(obligation="survey", period="A2").due_on
    client.force_login(place.secretary)
    page = text(shown(client, place, month=f"{upcoming - timedelta(days=40):%Y-%m}"))
    assert f"?whose=own&amp;month={upcoming:%Y-%m}" in page


def test_staff_see_how_many_are_due_and_get_to_the_list_of_that_day(client, place):
    due = first_due(place)
    client.force_login(place.organiser)
    answer = shown(client, place)
    [below] = answer.context["month"].day(due.due_on).items
    assert (below.number, below.met, below.tone) == (2, 0, "late")
    assert below.url in text(answer)
    listed = client.get(below.url)
    assert {row.record.due_on for row in listed.context["table"].rows} == {due.due_on}
    client.force_login(place.stranger)
    assert shown(client, place, whose="below").context["month"].number == 0


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_one_pairing_as_for_three(client, place, number, django_assert_num_queries):
    round = place.pairing.round
    for each in range(number - 1):
        village = people.village(round.organiser, f"第{each}村")
        fields = {"state": "signed", "signed_on": place.pairing.signed_on, "ends_on": place.pairing.ends_on}
        pairings.pairing(round, place.unit, village, **fields)
    plan(timezone.localdate())
    for user, queries in ((place.secretary, 11), (place.organiser, 8)):
        client.force_login(user)
        shown(client, place)
        with django_assert_num_queries(queries):
            shown(client, place)


def test_a_calendar_fetches_what_is_owed_by_an_address_that_is_shown_once(client, place):
    client.force_login(place.secretary)
    address = subscribed(client)
    assert address not in text(client.get(reverse("duty_calendar")))
    assert CalendarLink.objects.get().token_hash not in address
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = {str(each["summary"]): each for each in events(answer)}
    words = f"到村调研（{place.unit.name} → {place.village.name}）"
    due = Duty.objects.get(pairing=place.pairing, obligation="survey", period="A2")
    assert found[words]["url"].endswith(due.get_absolute_url())
    assert {each.decoded("dtstart") for each in found.values()} >= {due.due_on}
    assert client.get(str(found[words]["url"])).status_code == 302  # asks for sign-in
    for name in (place.secretary.name, place.village_secretary.name, place.cadre.name):
        assert name not in answer.content.decode()


def test_nothing_new_is_not_sent_again(client, place):
    client.force_login(place.secretary)
    address = subscribed(client)
    client.logout()
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Duty.objects.filter(obligation="survey").update(done=1)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "[已完成]" in changed.content.decode()


def test_a_withdrawn_replaced_or_guessed_address_is_not_found(client, place):
    client.force_login(place.secretary)
    first = subscribed(client)
    second = subscribed(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post(reverse("revoke_calendar_link"))
    assert client.get(second).status_code == 404
    assert client.get("/duties/calendar/guessed.ics").status_code == 404
    third = subscribed(client)
    place.secretary.is_active = False
    place.secretary.save()
    assert client.get(third).status_code == 404


def test_whoever_guesses_too_often_waits(client, place, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "calendar": "2/10m/ip"}
    answers = [client.get(f"/duties/calendar/guess{number}.ics").status_code for number in range(3)]
    assert answers == [404, 404, 429]


def test_who_left_the_post_no_longer_fetches_its_duties(client, place):
    client.force_login(place.secretary)
    address = subscribed(client)
    place.secretary.appointments.update(until=timezone.localdate() - timedelta(days=1))
    assert events(client.get(address)) == []


def test_whoever_owes_nothing_gets_no_address(client, place):
    client.force_login(place.cadre)
    assert client.post(reverse("make_calendar_link")).status_code == 404
    assert not CalendarLink.objects.exists()
    assert reverse("make_calendar_link") not in text(client.get(reverse("duty_calendar")))


def test_of_members_away_the_calendar_names_the_place_alone(client):
    today = timezone.localdate()
    place = owing(AWAY)
    record = floating(
        place.village,
        scheme_version=place.pairing.round.scheme_version,
        leaves_on=today - timedelta(days=200),
    )
    plan(today)
    client.force_login(place.village_secretary)
    found = client.get(subscribed(client)).content.decode()
    assert f"半年汇报（{place.village.name}）" in found
    assert record.member.name not in found
