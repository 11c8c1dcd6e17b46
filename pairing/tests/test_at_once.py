"""Two at once on real connections, over a signed agreement: exactly one consistent outcome, a sentence for the other."""

from datetime import timedelta

import pytest

from pairing.actions import ending
from pairing.actions.amending import start_amendment
from pairing.actions.renewing import answer_renewal
from pairing.models import Agreement, Ending, Pairing, Signature
from pairing.states import AgreementState, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, county, formed, negotiated, sign, signed
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
