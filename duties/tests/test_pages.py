"""The pages of duties: what one owes comes first, the number leads to the list, the list to the record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.counting.count import count_all
from duties.models import Duty, Waiver
from duties.planning import plan
from duties.states import DutyState
from duties.tests.owing import owing
from organisations.tests import factories as people
from pairing.tests import factories as pairings
from visits.actions import confirming
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db

SURVEY = "代号: survey, 名称: 到村调研, 计数: 活动, 活动性质: [调研], 频次: 每协议年, 条款: QX-07"
JOINT = "代号: joint, 名称: 共建计划, 责任方: [帮扶方, 受援方], 计数: 计划, 计划种类: 共建工作计划, 频次: 每协议年, 条款: AH-10"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def place():
    """In the second year of the agreement; nothing was done in the first."""
    today = timezone.localdate()
    place = owing(f"{SURVEY}\n{JOINT}", signed_on=today - timedelta(days=400), ends_on=today + timedelta(days=500))
    plan(today)
    return place


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def duty(place, code="survey", period="A2") -> Duty:
    return Duty.objects.get(pairing=place.pairing, obligation=code, period=period)


def test_the_secretary_sees_what_is_late_first_with_its_button(client, place):
    client.force_login(place.secretary)
    page = text(client.get(reverse("my_duties")))
    assert page.index("协议第1年") < page.index("协议第2年")
    assert "逾期 36 天" in page or "逾期 35 天" in page
    assert reverse("record_activity", args=[place.pairing.pk]) in page
    assert reverse("pairing_plans", args=[place.pairing.pk]) in page
    panel = text(client.get(reverse("my_duties"), headers=HTMX))
    assert "到村调研" in panel
    assert "<html" not in panel


def test_the_first_page_names_what_falls_due_within_a_quarter_or_else_the_next_thing(client, place):
    client.force_login(place.secretary)
    first_year, second_year = "协议第1年", "协议第2年"  # late, and due in eleven months
    panel = text(client.get(reverse("my_duties"), headers=HTMX))
    assert first_year in panel
    assert second_year not in panel
    Duty.objects.filter(period="A1").update(done=1)
    panel = text(client.get(reverse("my_duties"), headers=HTMX))
    assert first_year not in panel
    assert panel.count(second_year) == 1


def test_the_village_owes_what_both_owe_and_nobody_else_owes_anything(client, place):
    client.force_login(place.village_secretary)
    page = text(client.get(reverse("my_duties")))
    assert "共建计划" in page
    assert "到村调研" not in page
    for user in (place.organiser, place.stranger):
        client.force_login(user)
        assert "到村调研" not in text(client.get(reverse("my_duties")))
    assert text(client.get(reverse("my_duties"), headers=HTMX)).strip() == ""


def test_what_was_confirmed_a_moment_ago_counts_at_once(client, place):
    now = timezone.now()
    client.force_login(place.secretary)
    activity = recorded(place, kind="standard-survey_trip", on=timezone.localdate(), at=now)
    address = duty(place).get_absolute_url()
    assert "0/1，1项待确认" in text(client.get(address))
    confirming.confirm(by=place.village_secretary, activity=activity, at=now)
    page = text(client.get(address))
    assert "1/1" in page
    assert "已完成" in page


@pytest.mark.clause("AH-15")
def test_both_sides_and_the_organiser_see_the_same_list_of_a_pairing(client, place):
    seen = []
    for user in (place.secretary, place.village_secretary, place.organiser):
        client.force_login(user)
        page = text(client.get(reverse("pairing_duties", args=[place.pairing.pk]), headers=HTMX))
        seen.append([words in page for words in ("到村调研", "共建计划", "协议第1年", "协议第2年")])
    assert seen == [[True] * 4] * 3


def test_from_a_number_of_the_round_to_the_list_behind_it(client, place):
    count_all(timezone.now())
    client.force_login(place.organiser)
    address = reverse("round_duties", args=[place.pairing.round.pk])
    page = text(client.get(address))
    assert "?obligation=survey&amp;standing=late" in page
    late = client.get(address, {"obligation": "survey", "standing": "late"})
    assert [row.record for row in late.context["table"].rows] == [duty(place, period="A1")]
    assert text(client.get(reverse("round", args=[place.pairing.round.pk]))).count(address)


def test_the_organiser_waives_with_a_reason_and_nobody_else_does(client, place):
    address = duty(place).get_absolute_url()
    for user in (place.secretary, place.village_secretary):
        client.force_login(user)
        client.post(address, {"words": "路断了"})
        assert not Waiver.objects.exists()
    client.force_login(place.organiser)
    assert "请填写" in text(client.post(address, {"words": " "})) or not Waiver.objects.exists()
    assert "路断了" in text(client.post(address, {"words": "路断了"}, follow=True))
    kept = duty(place)
    assert (kept.state, kept.waiver.waived_by) == (DutyState.WAIVED, place.organiser)
    client.force_login(place.secretary)
    assert "路断了" in text(client.get(address))
    assert address not in text(client.get(reverse("my_duties")))


def test_a_stranger_finds_nothing(client, place):
    client.force_login(place.stranger)
    for name, key in (("duty", duty(place).pk), ("pairing_duties", place.pairing.pk)):
        assert client.get(reverse(name, args=[key])).status_code == 404
    client.post(duty(place).get_absolute_url(), {"words": "不需要"})
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("my_duties", 8), ("pairing_duties", 8), ("round_duties", 11)])
def test_as_many_statements_for_one_pairing_as_for_three(
    client, place, name, queries, number, django_assert_num_queries
):
    round = place.pairing.round
    for each in range(number - 1):
        village = people.village(round.organiser, f"第{each}村")
        fields = {"state": "signed", "signed_on": place.pairing.signed_on, "ends_on": place.pairing.ends_on}
        pairings.pairing(round, place.unit, village, **fields)
    plan(timezone.localdate())
    keys = {"my_duties": [], "pairing_duties": [place.pairing.pk], "round_duties": [round.pk]}
    client.force_login(place.organiser if name == "round_duties" else place.secretary)
    address = reverse(name, args=keys[name])
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address, headers=HTMX if name == "pairing_duties" else {})
