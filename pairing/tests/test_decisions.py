import pytest

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import decisions as acts
from pairing.actions import market
from pairing.models import Agreement, Decision, Intention, Pairing
from pairing.states import AgreementState, IntentionState, Origin, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, formed, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return county()


def rival(place, name="水利局"):
    unit = people.unit(place.root, name)
    factories.directory(place.round)
    return unit


def assign(place, **changes):
    values = {
        "by": place.organiser,
        "round": place.round,
        "unit": place.unit,
        "village": place.village,
        "reason": "该村尚无单位",
        "at": IN_TIME,
    }
    return acts.assign(**(values | changes))


@pytest.mark.clause("SH-16", "SH-30")
def test_an_assignment_pairs_the_two_with_reason_before_and_after(place):
    pairing = assign(place)
    assert (pairing.origin, pairing.intention) == (Origin.ASSIGNED, None)
    assert Agreement.objects.get(pairing=pairing).state == AgreementState.DRAFT
    decision = Decision.objects.get()
    assert (decision.verb, decision.reason, decision.decided_by) == ("assign", "该村尚无单位", place.organiser)
    assert decision.decided_as == place.organiser.posts[0]
    assert decision.before == []
    assert decision.after == [
        {"record": "pairing", "unit": "青山县林业局", "village": "青山县马岭村", "state": "negotiating"}
    ]
    told = Message.objects.filter(key=f"decision:{decision.pk}").values_list("organisation", flat=True)
    assert set(told) == {place.unit.pk, place.village.pk}


@pytest.mark.clause("SH-30")
def test_a_clash_is_decided_one_proposal_succeeds_the_others_are_overruled(place):
    other = rival(place)
    chosen = factories.intention(place.round, place.unit, place.village)
    lost = factories.intention(place.round, other, place.village)
    pairing = acts.prefer(by=place.organiser, intention=chosen, reason="需求更相符", at=IN_TIME)
    assert (pairing.intention, pairing.origin) == (chosen, Origin.VOLUNTARY)
    states = dict(Intention.objects.values_list("pk", "state"))
    assert states == {chosen.pk: IntentionState.ACCEPTED, lost.pk: IntentionState.OVERRULED}
    before = Decision.objects.get().before
    assert {row["unit"] for row in before} == {"青山县林业局", "水利局"}
    told = Message.objects.get(organisation=other)
    assert told.params == {"name": place.village.name}


def test_the_second_of_two_organisers_gets_a_sentence(place):
    other = rival(place)
    seen = acts.newest_decision(place.round, place.village)
    assign(place, seen=seen)
    with pytest.raises(Refused):
        assign(place, unit=other, seen=seen)
    with pytest.raises(Refused):
        assign(place, seen=None)
    assert (Pairing.objects.get().unit, Decision.objects.count()) == (place.unit, 1)


def test_a_pairing_is_released_before_signing_and_both_may_choose_again(place):
    intention = factories.intention(place.round, place.unit, place.village)
    pairing = market.accept(by=place.village_secretary, intention=intention, at=IN_TIME)
    acts.release(by=place.organiser, pairing=pairing, reason="单位撤并", at=IN_TIME)
    pairing = Pairing.objects.get()
    assert (pairing.state, pairing.released_at) == (PairingState.RELEASED, IN_TIME)
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.void_reason) == (AgreementState.VOID, "单位撤并")
    assert not Message.objects.open().filter(kind="pairing").exists()
    again = {"round": place.round, "unit": place.unit, "village": place.village, "side": Side.UNIT, "at": IN_TIME}
    assert market.propose(by=place.secretary, **again).pk != intention.pk


def test_a_signed_pairing_is_not_released(place):
    pairing = formed(place)
    signed(place, pairing)
    with pytest.raises(Refused):
        acts.release(by=place.organiser, pairing=pairing, reason="改派", at=IN_TIME)
    assert Pairing.objects.get().state == PairingState.SIGNED
    assert not Decision.objects.exists()


def test_a_decision_needs_a_reason(place):
    with pytest.raises(Refused):
        assign(place, reason="  ")
    assert not Pairing.objects.exists()


def test_a_decision_keeps_to_the_places_of_the_round(place):
    formed(place)
    other = rival(place)
    type(place.round).objects.update(units_per_village=1)
    with pytest.raises(Refused):
        assign(place, unit=other)
    assert (Pairing.objects.count(), Decision.objects.count()) == (1, 0)


def test_only_the_organiser_of_the_round_decides(place):
    other = county("绿水县")
    intention = factories.intention(place.round, place.unit, place.village)
    pairing = factories.pairing(other.round, other.unit, other.village)
    factories.agreement(pairing)
    for person in (place.secretary, place.village_secretary, other.organiser, other.secretary):
        with pytest.raises(Refused):
            assign(place, by=person)
        with pytest.raises(Refused):
            acts.prefer(by=person, intention=intention, reason="因", at=IN_TIME)
    with pytest.raises(Refused):
        acts.release(by=place.organiser, pairing=pairing, reason="因", at=IN_TIME)
    assert not Decision.objects.exists()
    assert Intention.objects.get().state == IntentionState.PROPOSED
    assert Pairing.objects.get().state == PairingState.NEGOTIATING
