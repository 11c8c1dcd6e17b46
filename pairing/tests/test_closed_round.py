"""What belongs to a closed round is read only: plain SQL, no model in between; a roster's round stays correctable."""

import pytest
from django.db import InternalError, connection, transaction

from organisations.tests import factories as people
from pairing.actions.rounds import close_round
from pairing.models import Agreement, Commitment, Intention, Pairing, Round
from pairing.states import RoundState
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, county, formed, signed
from pairing.tests.test_protection import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    place = county()
    factories.intention(place.round, place.unit, place.village, state="declined")
    signed(place, formed(place))
    close_round(by=place.organiser, round=place.round, at=AFTER_JULY)
    return place


@pytest.mark.clause("SH-05")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pairing_pairing SET mode = 'x'",
        "UPDATE pairing_intention SET words = 'x'",
        "UPDATE pairing_agreement SET state = 'superseded'",
        "UPDATE pairing_commitment SET title = 'x'",
        "UPDATE pairing_round SET name = 'x'",
        "DELETE FROM pairing_intention",
        "DELETE FROM pairing_commitment",
        "DELETE FROM pairing_round",
    ],
)
def test_the_database_refuses_every_change(closed, change):
    assert refused(change)
    assert (Pairing.objects.count(), Intention.objects.count(), Commitment.objects.count()) == (1, 1, 2)
    assert Agreement.objects.get().state == "signed"


@pytest.mark.parametrize("make", [factories.pairing, factories.intention])
def test_nothing_is_added(closed, make):
    other = people.unit(closed.root)
    with pytest.raises(InternalError, match="closed round"), transaction.atomic():
        make(closed.round, other, closed.village)
    assert (Pairing.objects.count(), Intention.objects.count()) == (1, 1)


def test_nothing_is_moved_out_of_a_closed_round(closed):
    other = factories.round(closed.root, name="别的轮次")
    assert refused(f"UPDATE pairing_intention SET round_id = {other.pk}")
    assert Intention.objects.get().round == closed.round


def test_rounds_that_run_are_not_touched_by_it(closed):
    other = county("绿水县")
    signed(other, formed(other))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pairing_pairing SET mode = 'x' WHERE round_id = {other.round.pk}")
    assert Pairing.objects.filter(mode="x").count() == 1


def test_a_round_that_came_with_a_roster_stays_correctable(closed):
    round = factories.round(
        closed.root, name="名册轮次", state=RoundState.CLOSED, closed_at=AFTER_JULY, is_from_roster=True
    )
    pairing = factories.pairing(round, closed.unit, closed.village, state="signed")
    Pairing.objects.filter(pk=pairing.pk).update(ends_on=AFTER_JULY.date())
    pairing.delete()
    round.delete()
    assert Round.objects.get() == closed.round
