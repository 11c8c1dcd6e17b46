"""Two at once on real connections, over a signed agreement: exactly one consistent outcome, a sentence for the other."""

from datetime import timedelta
from threading import Barrier

import pytest

from core.collisions import Collided
from organisations.actions import restructuring
from organisations.history import act
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import agreements as acts
from pairing.actions import ending
from pairing.actions.amending import start_amendment
from pairing.actions.locking import lock_parties
from pairing.actions.renewing import answer_renewal
from pairing.actions.responsibility import change_responsible
from pairing.agreements.content import content_hash
from pairing.models import Agreement, Ending, Pairing, Signature
from pairing.states import AgreementState, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, IN_TIME, county, formed, negotiated, sign, signed
from pairing.tests.test_amending import rewritten
from pairing.tests.test_two_hundred import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


@pytest.fixture
def place():
    return county()


def starting(place, agreement, side):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    return lambda: start_amendment(by=person, agreement=agreement, side=side, at=AFTER_JULY)


def states():
    return list(Agreement.objects.order_by("number").values_list("state", flat=True))


def test_an_amendment_is_started_while_the_other_side_signs(place):
    half = sign(place, negotiated(place, formed(place)), Side.UNIT)
    outcome = at_once([starting(place, half, Side.UNIT), lambda: sign(place, half, Side.VILLAGE)])
    assert outcome["done"] >= 1
    assert states() in (["signed"], ["signed", "draft"])
    assert (outcome["done"] == 2) is (states() == ["signed", "draft"])
    assert (Pairing.objects.get().state, Signature.objects.count()) == (PairingState.SIGNED, 2)


def test_an_amendment_is_started_while_the_other_side_signs_the_one_before(place):
    base = signed(place, formed(place))
    draft = start_amendment(by=place.secretary, agreement=base, side=Side.UNIT, at=AFTER_JULY)
    half = sign(place, rewritten(place, draft), Side.UNIT, AFTER_JULY)
    outcome = at_once([lambda: sign(place, half, Side.VILLAGE, AFTER_JULY), starting(place, base, Side.UNIT)])
    assert outcome == {"done": 1, "refused": 1}
    assert states() == ["superseded", "signed"]


def test_both_sides_start_an_amendment_at_once(place):
    base = signed(place, formed(place))
    outcome = at_once([starting(place, base, side) for side in Side for _click in range(TIMES)])
    assert states() == ["signed", "draft"]
    assert outcome == {"done": TIMES, "refused": TIMES}


def test_an_amendment_is_signed_while_the_pairing_is_released(place):
    base = signed(place, formed(place))
    draft = start_amendment(by=place.secretary, agreement=base, side=Side.UNIT, at=AFTER_JULY)
    half = sign(place, rewritten(place, draft), Side.UNIT, AFTER_JULY)
    at_once(
        [
            lambda: sign(place, half, Side.VILLAGE, AFTER_JULY),
            lambda: ending.reselect(by=place.organiser, pairing=base.pairing, side=None, words="因", at=AFTER_JULY),
        ]
    )
    assert Pairing.objects.get().state == PairingState.ENDED
    assert states() in (["superseded", "signed"], ["signed", "void"])
    assert not Agreement.objects.filter(state=AgreementState.SIGNING).exists()


def test_agreeing_to_the_end_and_releasing_at_once_end_it_once(place):
    pairing = signed(place, formed(place)).pairing
    proposed = ending.propose_end(by=place.secretary, pairing=pairing, side=Side.UNIT, words="因", at=AFTER_JULY)
    outcome = at_once(
        [
            lambda: ending.agree_to_end(by=place.village_secretary, ending=proposed, at=AFTER_JULY),
            lambda: ending.reselect(by=place.organiser, pairing=pairing, side=None, words="因", at=AFTER_JULY),
        ]
    )
    assert outcome == {"done": 1, "refused": 1}
    assert Ending.objects.filter(state="done").count() == 1
    assert not Ending.objects.filter(state="proposed").exists()


def test_both_consent_to_the_renewal_at_once_and_one_pairing_comes_of_it(place):
    former = signed(place, formed(place)).pairing
    later = AFTER_JULY + timedelta(days=400)
    following = factories.round(place.root, name="第三轮", previous=place.round, starts_on=later.date())
    factories.directory(following)

    def consenting(side):
        person = place.secretary if side == Side.UNIT else place.village_secretary
        return lambda: answer_renewal(by=person, round=following, pairing=former, side=side, consents=True, at=later)

    assert at_once([consenting(side) for side in Side for _click in range(TIMES)]) == {"done": 2 * TIMES}
    assert Pairing.objects.filter(renews=former).count() == 1
    assert Agreement.objects.filter(pairing__renews=former).count() == 1


def confirming(person, agreement):
    common = {"side": Side.UNIT, "version": agreement.version, "at": IN_TIME}
    return lambda: acts.confirm_agreement(by=person, agreement=agreement, **common)


def signing(person, agreement):
    common = {"side": Side.UNIT, "name": person.name, "shown_hash": content_hash(agreement), "at": IN_TIME}
    return lambda: acts.sign_agreement(by=person, agreement=agreement, **common)


def recording(person, agreement):
    common = {"side": Side.UNIT, "kind": "liaison", "name": "王志远", "since": IN_TIME.date(), "reason": "换人"}
    return lambda: change_responsible(by=person, pairing=agreement.pairing, at=IN_TIME, **common)


def complete(place, unit, state):
    is_signed = state == AgreementState.SIGNED
    stands = PairingState.SIGNED if is_signed else PairingState.NEGOTIATING
    pairing = factories.pairing(place.round, unit, place.village, state=stands)
    named = {"village_name": place.village.name, "leader_in_charge": "赵永安", "responsible_dept": "造林科"}
    agreement = factories.agreement(pairing, **named)
    agreement.commitments.create(kind="money", title="经果林苗木", amount=20_000)
    Agreement.objects.filter(pk=agreement.pk).update(state=state, signed_at=IN_TIME if is_signed else None)


def never_colliding(verb):
    def tried():
        try:
            return verb()
        except Collided as collision:
            raise AssertionError("waited in a circle") from collision

    return tried


@pytest.mark.parametrize(
    ("verb", "text"),
    [(confirming, AgreementState.DRAFT), (signing, AgreementState.CONFIRMED), (recording, AgreementState.SIGNED)],
)
def test_a_village_is_merged_while_its_units_act_on_their_agreements(place, verb, text):
    """Whoever acts locks the parties first, as the merger does: nobody waits in a circle and is sent away for it."""
    successor = people.village(place.townships[0], "合村")
    everywhere = people.user("branch_secretary", place.root, name="王志远")
    merger = {"organisation": place.village, "into": successor, "reason": "撤并", "on": IN_TIME.date(), "at": IN_TIME}
    for _number in range(TIMES):
        complete(place, people.unit(place.root), text)
    attempts = [verb(everywhere, agreement) for agreement in Agreement.objects.select_related("pairing__unit")]
    attempts.insert(TIMES // 2, lambda: restructuring.merge(by=place.organiser, **merger))
    outcome = at_once([never_colliding(attempt) for attempt in attempts])
    assert outcome["done"] >= 1
    assert set(Pairing.objects.values_list("village", flat=True)) == {successor.pk}
    printed = set(Agreement.objects.under_way().values_list("village_name", flat=True))
    assert printed == (set() if text == AgreementState.SIGNED else {"合村"})


def test_of_two_acts_that_wait_for_each_other_one_is_taken_back_with_a_sentence(place):
    both_hold_one = Barrier(2)

    @act("held one, then the other")
    def hold(*, by, first, second):
        lock_parties(first)
        both_hold_one.wait()
        Organisation.objects.filter(pk=first.pk).update(name=f"{first.name}改")
        lock_parties(second)

    sides = (place.unit, place.village)
    pairs = (sides, sides[::-1])
    outcome = at_once([lambda pair=pair: hold(by=None, first=pair[0], second=pair[1]) for pair in pairs])
    assert outcome == {"done": 1, "refused": 1}
    assert Organisation.objects.filter(name__endswith="改").count() == 1
