"""Answering with a proposal of one's own, forms of pairing (AH-07), stepping back, and organisations that are gone."""

from datetime import date

import pytest

from core.refusals import Refused
from office.models import Message
from organisations.kinds import Resource
from organisations.models import Need, Organisation
from organisations.tests import factories as people
from pairing.actions import agreements, decisions, overrides
from pairing.actions import market as acts
from pairing.models import Agreement, Decision, Intention, Pairing
from pairing.states import AgreementState, IntentionState, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, forest_terms, formed

pytestmark = pytest.mark.django_db
MODES = [{"key": "supply_chain", "name": "产业上下游"}, {"key": "host_village", "name": "企事业单位与驻地村"}]


@pytest.fixture
def place():
    """A round whose scheme names forms of pairing."""
    place = county()
    version = place.round.scheme_version
    content = version.content | {"pairing": version.content["pairing"] | {"modes": MODES}}
    made = type(version).objects.create(scheme=version.scheme, number=2, text=version.text, content=content)
    type(place.round).objects.update(scheme_version=made)
    place.round.refresh_from_db()
    return place


def propose(place, side=Side.UNIT, **changes):
    person = place.secretary if side == Side.UNIT else place.village_secretary
    values = {"by": person, "round": place.round, "unit": place.unit, "village": place.village, "side": side}
    return acts.propose(**(values | {"at": IN_TIME} | changes))


def counter(place, intention, **changes):
    answerer = place.village_secretary if intention.answering_side == Side.VILLAGE else place.secretary
    return acts.counter(**({"by": answerer, "intention": intention, "words": "换一种", "at": IN_TIME} | changes))


def open_messages(organisation):
    return list(Message.objects.open().filter(organisation=organisation).values_list("subject", flat=True))


@pytest.mark.clause("AH-07")
def test_the_form_of_pairing_goes_from_the_proposal_to_the_pairing(place):
    intention = propose(place, mode="supply_chain")
    pairing = acts.accept(by=place.village_secretary, intention=intention, at=IN_TIME)
    assert (intention.mode, pairing.mode) == ("supply_chain", "supply_chain")


@pytest.mark.clause("AH-07")
@pytest.mark.parametrize("scheme_has_modes", [True, False])
def test_only_forms_that_the_scheme_names_can_be_proposed(place, scheme_has_modes):
    where = place if scheme_has_modes else county("绿水县", scheme="qianxi")
    with pytest.raises(Refused):
        propose(where, mode="leading_firm")
    assert not Intention.objects.exists()


@pytest.mark.clause("AH-07")
def test_an_answer_may_be_a_proposal_of_ones_own_and_the_turn_passes(place):
    first = propose(place, mode="supply_chain", words="供销合作")
    second = counter(place, first, mode="host_village")
    first.refresh_from_db()
    assert (first.state, first.answered_by) == (IntentionState.COUNTERED, place.village_secretary)
    assert (second.counter_to, second.proposed_side, second.mode) == (first, Side.VILLAGE, "host_village")
    assert open_messages(place.village) == []
    assert open_messages(place.unit) == ["%(name)s proposes something else in turn: please answer"]
    third = counter(place, second, mode="host_village", words="加一项培训")
    pairing = acts.accept(by=place.village_secretary, intention=third, at=IN_TIME)
    assert (pairing.intention, pairing.mode) == (third, "host_village")
    assert sorted(Intention.objects.values_list("state", flat=True)) == ["accepted", "countered", "countered"]


def test_the_same_click_twice_makes_one_counter_proposal(place):
    first = propose(place)
    assert counter(place, first) == counter(place, first)
    assert Intention.objects.count() == 2


def test_a_counter_proposal_says_something_else(place):
    first = propose(place, mode="supply_chain")
    with pytest.raises(Refused):
        counter(place, first, words=" ", mode="supply_chain")
    with pytest.raises(Refused):
        counter(place, first, by=place.secretary)
    with pytest.raises(Refused):
        counter(place, first, mode="unknown")
    acts.decline(by=place.village_secretary, intention=first, at=IN_TIME)
    with pytest.raises(Refused):
        counter(place, first)
    assert Intention.objects.get().state == IntentionState.DECLINED


def test_a_village_that_is_asked_by_as_many_as_it_may_can_still_answer_with_a_proposal(place):
    type(place.round).objects.update(open_proposals_per_village=1)
    assert counter(place, propose(place)).state == IntentionState.PROPOSED


@pytest.mark.parametrize("side", list(Side))
def test_before_anything_is_confirmed_either_side_withdraws_with_a_reason(place, side):
    pairing = acts.accept(by=place.village_secretary, intention=propose(place), at=IN_TIME)
    person = place.secretary if side == Side.UNIT else place.village_secretary
    with pytest.raises(Refused):
        acts.step_back(by=person, pairing=pairing, side=side, words=" ", at=IN_TIME)
    acts.step_back(by=person, pairing=pairing, side=side, words="人员变动", at=IN_TIME)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.released_at) == (PairingState.RELEASED, IN_TIME)
    assert Intention.objects.get().state == IntentionState.WITHDRAWN
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.void_reason) == (AgreementState.VOID, "人员变动")
    assert pairing.notes.get().words == "人员变动"
    told = open_messages(pairing.party(side.other)), Message.objects.filter(key=f"pairing:{pairing.pk}:withdrawn").get()
    assert (told[0], told[1].organisation) == ([], pairing.party(side.other))
    assert propose(place).state == IntentionState.PROPOSED


def test_once_one_side_has_confirmed_nobody_steps_back(place):
    pairing = acts.accept(by=place.village_secretary, intention=propose(place), at=IN_TIME)
    draft = pairing.agreements.get()
    step = {"by": place.secretary, "side": Side.UNIT, "at": IN_TIME}
    draft = agreements.revise_agreement(agreement=draft, version=draft.version, terms=forest_terms(draft), **step)
    agreements.confirm_agreement(agreement=draft, version=draft.version, **step)
    with pytest.raises(Refused):
        acts.step_back(by=place.village_secretary, pairing=pairing, side=Side.VILLAGE, words="因", at=IN_TIME)
    assert Pairing.objects.get().state == PairingState.NEGOTIATING


def test_what_the_organiser_decided_the_two_do_not_undo(place):
    chosen = propose(place)
    decisions.prefer(by=place.organiser, intention=chosen, reason="需求相符", at=IN_TIME)
    with pytest.raises(Refused):
        acts.step_back(by=place.secretary, pairing=Pairing.objects.get(), side=Side.UNIT, words="因", at=IN_TIME)
    assert Pairing.objects.get().state == PairingState.NEGOTIATING


def test_nobody_steps_back_for_others(place):
    pairing = formed(place, intention=factories.intention(place.round, place.unit, place.village, state="accepted"))
    for person in (place.village_secretary, place.organiser, people.user("branch_secretary", people.unit(place.root))):
        with pytest.raises(Refused):
            acts.step_back(by=person, pairing=pairing, side=Side.UNIT, words="因", at=IN_TIME)
    assert Pairing.objects.get().state == PairingState.NEGOTIATING


@pytest.mark.parametrize("gone", ["unit", "village"])
def test_with_an_organisation_that_was_closed_meanwhile_nothing_is_formed(place, gone):
    """A village merged into another between proposal and answer: the sentence says so, declining stays possible."""
    intention = propose(place)
    party = getattr(place, gone)
    Organisation.objects.filter(pk=party.pk).update(closed_on=date(2026, 4, 10))
    for attempt in (
        lambda: propose(place),
        lambda: acts.accept(by=place.village_secretary, intention=intention, at=IN_TIME),
        lambda: counter(place, intention),
        lambda: decisions.prefer(by=place.organiser, intention=intention, reason="因", at=IN_TIME),
        lambda: decisions.assign(
            by=place.organiser, round=place.round, unit=place.unit, village=place.village, reason="因", at=IN_TIME
        ),
    ):
        with pytest.raises(Refused, match=party.name):
            attempt()
    assert not Pairing.objects.exists()
    assert not Decision.objects.exists()
    acts.decline(by=place.village_secretary, intention=intention, at=IN_TIME)
    assert Intention.objects.get().state == IntentionState.DECLINED


def test_a_pairing_is_moved_away_from_a_village_that_was_closed_but_not_to_one(place):
    pairing = formed(place)
    other, closed = (people.village(place.townships[0], name) for name in ("长水村", "旧村"))
    factories.directory(place.round)
    Organisation.objects.filter(pk__in=[place.village.pk, closed.pk]).update(closed_on=date(2026, 4, 10))
    move = {"by": place.organiser, "pairing": pairing, "side": Side.VILLAGE, "reason": "并村", "at": IN_TIME}
    with pytest.raises(Refused, match="旧村"):
        overrides.reassign(to=closed, **move)
    assert overrides.reassign(to=other, **move).village == other


@pytest.mark.clause("SH-04")
def test_a_pairing_needs_one_of_the_urban_and_one_of_the_rural_side(place):
    bank = people.unit(place.root, "农商行", kind="financial_institution")
    village = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    for unit, other in ((place.unit, bank), (village, place.village), (place.village, place.unit)):
        with pytest.raises(Refused):
            decisions.assign(by=place.organiser, round=place.round, unit=unit, village=other, reason="因", at=IN_TIME)
    assert not Pairing.objects.exists()
    values = {"by": place.organiser, "round": place.round, "reason": "因", "at": IN_TIME}
    assert decisions.assign(unit=bank, village=village, **values).level == "unit_village"


@pytest.mark.clause("XY-24")
def test_a_need_without_money_leads_to_a_pairing_without_money(place):
    Need.objects.all().delete()
    people.need(place.village, "发展思路", Resource.INTELLECT, takes_money=False)
    people.need(place.village, "政策支持", Resource.INFORMATION, takes_money=False)
    pairing = acts.accept(by=place.village_secretary, intention=propose(place, words="帮助理清发展思路"), at=IN_TIME)
    assert pairing.state == PairingState.NEGOTIATING
    assert list(place.village.needs.values_list("name", "takes_money")) == [("发展思路", False), ("政策支持", False)]
