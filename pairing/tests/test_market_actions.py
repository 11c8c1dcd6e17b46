import pytest

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import market as acts
from pairing.models import Agreement, Intention, Pairing
from pairing.states import IntentionState, PairingState, RoundState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_APRIL, IN_TIME, county, formed

pytestmark = pytest.mark.django_db


def propose(place, *, side=Side.UNIT, at=IN_TIME, **changes):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    values = {"by": person, "round": place.round, "unit": place.unit, "village": place.village, "side": side, "at": at}
    return acts.propose(**(values | changes))


def waiting(organisation):
    return list(Message.objects.open().filter(organisation=organisation).values_list("subject", flat=True))


def test_a_unit_proposes_and_the_village_is_told_that_it_is_its_turn():
    place = county()
    intention = propose(place, words="我们种过树")
    assert (intention.state, intention.proposed_side, intention.is_late) == (IntentionState.PROPOSED, Side.UNIT, False)
    assert intention.proposed_as == place.secretary.posts[0]
    assert waiting(place.village) == ["%(name)s proposes a pairing: please answer"]
    assert waiting(place.unit) == []


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.clause("SH-31")
def test_acceptance_makes_the_pairing_and_its_draft_agreement_at_once(side):
    place = county()
    intention = propose(place, side=side)
    answerer = place.village_secretary if side == Side.UNIT else place.secretary
    pairing = acts.accept(by=answerer, intention=intention, words="好", at=IN_TIME)
    assert (pairing.unit, pairing.village, pairing.state) == (place.unit, place.village, PairingState.NEGOTIATING)
    assert (pairing.intention, pairing.origin, pairing.formed_at) == (intention, "voluntary", IN_TIME)
    agreement = Agreement.objects.get(pairing=pairing)
    assert (agreement.starts_on, agreement.ends_on) == (place.round.starts_on, place.round.ends_on)
    assert (agreement.unit_name, agreement.village_name) == (place.unit.name, place.village.name)
    assert waiting(place.unit) == ["Agreement with %(name)s: your turn to edit or confirm"]
    assert waiting(place.village) == []


def test_the_same_click_twice_makes_one_proposal_and_one_pairing():
    place = county()
    assert propose(place) == propose(place)
    intention = Intention.objects.get()
    first = acts.accept(by=place.village_secretary, intention=intention, at=IN_TIME)
    assert acts.accept(by=place.village_secretary, intention=intention, at=IN_TIME) == first
    assert (Intention.objects.count(), Pairing.objects.count(), Agreement.objects.count()) == (1, 1, 1)


def test_whoever_is_asked_already_answers_instead_of_proposing_the_same():
    place = county()
    propose(place)
    with pytest.raises(Refused, match=r"proposed the same already|已经提出"):
        propose(place, side=Side.VILLAGE)
    assert Intention.objects.count() == 1


@pytest.mark.clause("SH-31")
def test_after_the_milestone_a_proposal_and_its_pairing_are_late_not_refused():
    place = county()
    in_time = propose(place)
    pairing = acts.accept(by=place.village_secretary, intention=in_time, at=AFTER_APRIL)
    assert pairing.is_late
    assert Intention.objects.get().is_late


@pytest.mark.parametrize(
    ("verb", "person", "state"),
    [
        (acts.decline, "village_secretary", IntentionState.DECLINED),
        (acts.withdraw, "secretary", IntentionState.WITHDRAWN),
    ],
)
def test_a_proposal_that_ended_can_be_made_again(verb, person, state):
    place = county()
    intention = propose(place)
    ended = verb(by=getattr(place, person), intention=intention, words="", at=IN_TIME)
    assert (ended.state, ended.answered_at) == (state, IN_TIME)
    assert waiting(place.village) == []
    assert propose(place).pk != intention.pk


def test_a_settled_proposal_is_not_settled_again():
    place = county()
    intention = propose(place)
    acts.decline(by=place.village_secretary, intention=intention, at=IN_TIME)
    for verb, person in ((acts.accept, place.village_secretary), (acts.withdraw, place.secretary)):
        with pytest.raises(Refused):
            verb(by=person, intention=intention, at=IN_TIME)
    assert Intention.objects.get().state == IntentionState.DECLINED
    assert not Pairing.objects.exists()


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CLOSED])
def test_a_round_that_is_not_open_refuses(state):
    place = county()
    moments = {"opened_at": None} if state == RoundState.DRAFT else {"opened_at": IN_TIME, "closed_at": IN_TIME}
    type(place.round).objects.update(state=state, **moments)
    with pytest.raises(Refused):
        propose(place)
    assert not Intention.objects.exists()


@pytest.mark.clause("SH-29")
def test_only_the_newest_published_directory_can_be_chosen_from():
    place = county()
    newcomer = people.village(place.townships[0], "新村")
    with pytest.raises(Refused):
        propose(place, village=newcomer)
    factories.directory(place.round)
    assert propose(place, village=newcomer).village == newcomer


def test_nobody_proposes_or_answers_for_others():
    place, other = county(), county("绿水县")
    intention = propose(place)
    strangers = [other.secretary, other.village_secretary, other.organiser, place.organiser, place.secretary]
    for stranger in strangers:
        for verb in (acts.accept, acts.decline):
            with pytest.raises(Refused):
                verb(by=stranger, intention=intention, at=IN_TIME)
    for stranger in (other.secretary, place.village_secretary, place.organiser):
        with pytest.raises(Refused):
            acts.withdraw(by=stranger, intention=intention, at=IN_TIME)
        with pytest.raises(Refused):
            propose(place, by=stranger)
    assert [row.state for row in Intention.objects.all()] == [IntentionState.PROPOSED]
    assert not Pairing.objects.exists()


def test_the_places_of_a_village_and_of_a_unit_are_limited():
    place = county(units_per_village=1, villages_per_unit=1)
    formed(place)
    rival = people.unit(place.root, "水利局")
    rival_secretary = people.user("branch_secretary", rival)
    second = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    with pytest.raises(Refused):
        propose(place, by=rival_secretary, unit=rival)
    with pytest.raises(Refused):
        propose(place, village=second)
    assert not Intention.objects.exists()


def test_the_open_proposals_of_a_village_are_limited():
    place = county(open_proposals_per_village=1)
    rival = people.unit(place.root, "水利局")
    factories.directory(place.round)
    propose(place)
    with pytest.raises(Refused):
        propose(place, by=people.user("branch_secretary", rival), unit=rival)
    assert Intention.objects.get().unit == place.unit


def test_what_no_longer_has_a_place_lapses_and_its_proposer_is_told():
    place = county(units_per_village=1)
    rival = people.unit(place.root, "水利局")
    rival_secretary = people.user("branch_secretary", rival)
    factories.directory(place.round)
    chosen, lost = propose(place), propose(place, by=rival_secretary, unit=rival)
    acts.accept(by=place.village_secretary, intention=chosen, at=IN_TIME)
    assert Intention.objects.get(pk=lost.pk).state == IntentionState.LAPSED
    told = Message.objects.filter(organisation=rival).values_list("subject", flat=True)
    assert list(told) == ["Your proposal to %(name)s lapsed: the place is taken"]
    assert waiting(place.village) == []
