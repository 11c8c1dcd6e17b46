"""Two hundred at once, on real connections: exactly one outcome, a sentence for every other, nothing doubled."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import decisions, market
from pairing.models import Agreement, Decision, Intention, Pairing
from pairing.states import IntentionState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, negotiated, sign

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, CONNECTIONS = 200, 20


def at_once(attempts: list[Callable]) -> Counter:
    """How many succeeded and how many were refused with a sentence; anything else fails the test."""

    def attempt(act: Callable) -> str:
        try:
            act()
        except Refused as refusal:
            return "refused" if str(refusal.sentence) else "refused without a sentence"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return Counter(pool.map(attempt, attempts))


@pytest.fixture
def place():
    return county(units_per_village=1, villages_per_unit=1, open_proposals_per_village=1)


@pytest.fixture
def crowd(place):
    """Two hundred more units, each with its secretary."""
    units = [people.unit(place.root, f"第{number}局") for number in range(CROWD)]
    factories.directory(place.round)
    return [(unit, people.user("branch_secretary", unit)) for unit in units]


def proposals(place, crowd):
    def act(unit, secretary):
        common = {"round": place.round, "village": place.village, "side": Side.UNIT, "at": IN_TIME}
        return lambda: market.propose(by=secretary, unit=unit, **common)

    return [act(unit, secretary) for unit, secretary in crowd]


def test_two_hundred_units_choose_the_same_village(place, crowd):
    assert at_once(proposals(place, crowd)) == {"done": 1, "refused": CROWD - 1}
    assert Intention.objects.count() == 1
    assert Message.objects.filter(organisation=place.village).count() == 1


def test_two_hundred_proposals_are_accepted_at_once_for_one_place(place, crowd):
    type(place.round).objects.update(open_proposals_per_village=None)
    assert at_once(proposals(place, crowd)) == {"done": CROWD}
    village_secretary = place.village_secretary
    accepts = [
        lambda intention=intention: market.accept(by=village_secretary, intention=intention, at=IN_TIME)
        for intention in Intention.objects.all()
    ]
    assert at_once(accepts) == {"done": 1, "refused": CROWD - 1}
    assert (Pairing.objects.count(), Agreement.objects.count()) == (1, 1)
    states = Counter(Intention.objects.values_list("state", flat=True))
    assert states == {IntentionState.ACCEPTED: 1, IntentionState.LAPSED: CROWD - 1}
    assert not Message.objects.open().filter(organisation=place.village, key__endswith=":answer").exists()


def test_villages_and_units_choosing_each_other_never_wait_in_a_circle(place):
    type(place.round).objects.update(units_per_village=None, villages_per_unit=None, open_proposals_per_village=None)
    units = [people.unit(place.root) for _number in range(5)]
    villages = [people.village(place.townships[0]) for _number in range(5)]
    factories.directory(place.round)
    everybody = people.user("branch_secretary", place.root)
    people.appointment(everybody, "village_secretary", place.root)
    attempts = [
        lambda unit=unit, village=village, side=side: market.propose(
            by=everybody, round=place.round, unit=unit, village=village, side=side, at=IN_TIME
        )
        for unit in units
        for village in villages
        for side in Side
    ]
    outcome = at_once(attempts)
    assert outcome == {"done": 25, "refused": 25}
    assert Intention.objects.count() == 25


def test_a_double_click_on_accept_makes_one_pairing(place):
    intention = factories.intention(place.round, place.unit, place.village)
    accept = lambda: market.accept(by=place.village_secretary, intention=intention, at=IN_TIME)  # noqa: E731
    assert at_once([accept] * 10) == {"done": 10}
    assert (Pairing.objects.count(), Agreement.objects.count()) == (1, 1)


def test_of_two_organisers_who_decide_at_once_the_second_gets_a_sentence(place):
    type(place.round).objects.update(units_per_village=None)
    units = [people.unit(place.root) for _number in range(10)]
    factories.directory(place.round)
    assigns = [
        lambda unit=unit: decisions.assign(
            by=place.organiser, round=place.round, unit=unit, village=place.village, reason="因", seen=0, at=IN_TIME
        )
        for unit in units
    ]
    assert at_once(assigns) == {"done": 1, "refused": 9}
    assert (Pairing.objects.count(), Decision.objects.count()) == (1, 1)


def test_signing_and_releasing_at_once_leave_one_of_the_two(place):
    pairing = factories.pairing(place.round, place.unit, place.village)
    factories.agreement(pairing, unit_name="甲", village_name="乙")
    agreement = sign(place, negotiated(place, pairing), Side.UNIT)
    attempts = [
        lambda: sign(place, agreement, Side.VILLAGE),
        lambda: decisions.release(by=place.organiser, pairing=pairing, reason="因", at=IN_TIME),
    ]
    assert at_once(attempts) == {"done": 1, "refused": 1}
    state = Agreement.objects.get().state
    assert (Pairing.objects.get().state, state) in (("signed", "signed"), ("released", "void"))
