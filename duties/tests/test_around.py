"""Duties on the pages around them: the records behind a number, the card of a round, a post that is handed over, an
organisation that is merged."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from duties.counting.count import count_all, progress
from duties.models import Duty
from duties.planning import plan
from duties.states import DutyState
from duties.tests.owing import DAY, MOMENT, owing
from duties.tests.test_pages import HTMX, JOINT, SURVEY, text
from organisations.actions import merge
from organisations.open_matters import open_matters
from organisations.tests import factories as people
from pairing.tests import factories as pairings
from visits.actions import confirming
from visits.actions.recording import Somebody
from visits.models import Participant
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db
LED = "代号: led, 名称: 主要领导走访, 计数: 活动, 活动性质: [走访], 参加角色: [主要领导], 频次: 每协议年, 不足一期: 按整期"
INTEND = "代号: intend, 名称: 意向, 对象: 单位, 计数: 意向, 频次: 时间节点前, 时间节点: 意向"


@pytest.fixture
def place():
    """In the second year of the agreement; nothing was done in the first."""
    today = timezone.localdate()
    place = owing(
        f"{SURVEY}\n{JOINT}\n{LED}", signed_on=today - timedelta(days=400), ends_on=today + timedelta(days=500)
    )
    plan(today)
    return place


def done(place, kind: str, **fields):
    now = timezone.now()
    activity = recorded(place, kind=f"standard-{kind}", on=timezone.localdate(), at=now, **fields)
    confirming.confirm(by=place.village_secretary, activity=activity, at=now)
    return activity


def test_a_duty_lists_just_the_records_that_count_for_it(client, place):
    survey = done(place, "survey_trip")
    led = done(place, "visit", participants=[Somebody("王志远", Participant.Role.PRINCIPAL)])
    followed = done(place, "visit", participants=[Somebody("李强", Participant.Role.DEPARTMENT)])
    listed: dict[str, list] = {}
    for code in ("survey", "led"):
        duty = Duty.objects.get(obligation=code, period="A2")
        for user in (place.secretary, place.village_secretary, place.organiser):
            client.force_login(user)
            page = text(client.get(duty.get_absolute_url()))
            found = {each for each in (survey, led, followed) if f'href="{each.get_absolute_url()}"' in page}
            listed.setdefault(code, []).append(found)
        assert progress([duty])[duty.pk].done == len(listed[code][0])
    assert listed == {"survey": [{survey}] * 3, "led": [{led}] * 3}
    earlier = Duty.objects.get(obligation="survey", period="A1")
    assert survey.get_absolute_url() not in text(client.get(earlier.get_absolute_url()))


def test_the_card_of_a_round_counts_what_its_links_lead_to(client, place):
    done(place, "survey_trip")
    count_all(timezone.now())
    round = place.pairing.round
    client.force_login(place.organiser)
    card = client.get(reverse("round_duties_card", args=[round.pk]), headers=HTMX)
    assert [card.context[name] for name in ("met", "running", "late")] == [1, 3, 3]
    for asked, name in (
        ({"now": "yes", "standing": "met"}, "met"),
        ({"now": "yes"}, "running"),
        ({"standing": "late"}, "late"),
    ):
        listed = client.get(reverse("round_duties", args=[round.pk]), asked)
        assert len(listed.context["table"].rows) == card.context[name]
    assert reverse("round_duties_card", args=[round.pk]) in text(client.get(reverse("round", args=[round.pk])))
    assert reverse("round_duties_card", args=[round.pk]) in text(client.get(reverse("home")))
    client.force_login(place.stranger)
    assert client.get(reverse("round_duties_card", args=[round.pk]), headers=HTMX).content == b""


def test_who_hands_a_post_over_is_told_what_it_owes(place):
    done(place, "survey_trip")
    theirs = {}
    for user in (place.secretary, place.village_secretary, place.organiser):
        addresses = {address for _title, address in open_matters(user.appointments.get())}
        theirs[user] = {
            (duty.obligation, duty.period) for duty in Duty.objects.all() if duty.get_absolute_url() in addresses
        }
    assert theirs == {
        place.secretary: {("survey", "A1"), ("joint", "A1"), ("joint", "A2"), ("led", "A1"), ("led", "A2")},
        place.village_secretary: {("joint", "A1"), ("joint", "A2")},
        place.organiser: set(),
    }


def test_duties_follow_when_units_are_merged():
    place = owing(f"{SURVEY}\n{INTEND}")
    round = place.pairing.round
    round.milestones.create(key="intention", name="意向", on=date(2026, 12, 30))
    into = people.unit(round.organiser, "县自然资源局")
    idle, follower = (people.unit(round.organiser, name) for name in ("县粮食局", "县发展和改革局"))
    pairings.directory(round)
    plan(DAY)
    Duty.objects.filter(organisation=idle).update(state=DutyState.WAIVED)
    Duty.objects.filter(organisation=follower).delete()
    pairing_duties = set(Duty.objects.filter(pairing=place.pairing).values_list("pk", flat=True))
    fields = {"by": place.organiser, "reason": "机构改革", "on": DAY, "at": MOMENT}
    merge(organisation=place.unit, into=into, **fields)
    merge(organisation=idle, into=follower, **fields)
    plan(DAY)
    place.pairing.refresh_from_db()
    assert place.pairing.unit == into
    assert set(Duty.objects.open().filter(pairing=place.pairing).values_list("pk", flat=True)) == pairing_duties
    states = dict(Duty.objects.filter(obligation="intend").values_list("organisation__name", "state"))
    assert (states[place.unit.name], states["县自然资源局"]) == (DutyState.LAPSED, DutyState.OPEN)
    assert (states["县发展和改革局"], "县粮食局" in states) == (DutyState.WAIVED, False)
