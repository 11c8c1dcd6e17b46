"""Choosing for others: a committee for its units (SH-36), the villagers for their village (TC-05)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.refusals import Refused
from office.models import Message
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.actions import choosing as acts
from pairing.actions import market
from pairing.models import Intention, Pairing, SelectionBatch, VillagersChoice
from pairing.states import IntentionState, Origin, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return county()


class Committee:
    """A work committee with units of its own, and a township with villages."""

    def __init__(self, place, number=3):
        self.place = place
        self.organisation = people.organisation("青山县直工委", kind=Kind.WORK_COMMITTEE, parent=place.root)
        self.staff = people.user("committee_staff", self.organisation)
        self.area = people.township(place.root, "北镇")
        self.pairs = [
            (people.unit(self.organisation, f"工委{n}局"), people.village(self.area, f"北{n}村")) for n in range(number)
        ]
        factories.directory(place.round)

    def propose(self, pairs=None, **changes):
        values = {"by": self.staff, "round": self.place.round, "committee": self.organisation, "area": self.area}
        return acts.propose_batch(
            **(values | {"pairs": self.pairs if pairs is None else pairs, "at": IN_TIME} | changes)
        )


@pytest.fixture
def committee(place):
    return Committee(place)


@pytest.mark.clause("SH-36")
def test_a_committee_proposes_for_its_units_to_one_area_in_one_act(committee):
    batch = committee.propose(words="相对集中帮扶北镇")
    intentions = list(batch.intentions.order_by("pk"))
    assert [(each.unit, each.village) for each in intentions] == committee.pairs
    assert {(each.proposed_side, each.state, each.origin) for each in intentions} == {("unit", "proposed", "voluntary")}
    assert {each.proposed_as for each in intentions} == {committee.staff.posts[0]}
    assert (batch.proposed_by, batch.committee, batch.area) == (committee.staff, committee.organisation, committee.area)
    asked = Message.objects.open().filter(key__endswith=":answer")
    assert {each.organisation for each in asked} == {village for _unit, village in committee.pairs}
    unit, village = committee.pairs[0]
    answerer = people.user("village_secretary", village)
    pairing = market.accept(by=answerer, intention=intentions[0], at=IN_TIME)
    assert (pairing.unit, pairing.village) == (unit, village)
    assert asked.all().count() == 2


@pytest.mark.clause("SH-36")
def test_all_or_nothing_with_what_failed_at_its_row(committee):
    place = committee.place
    (unit, village), (second, paired), (third, gone) = committee.pairs
    factories.pairing(place.round, second, paired)
    type(gone).objects.filter(pk=gone.pk).update(closed_on=date(2026, 4, 1))
    outside = (place.unit, place.village)
    with pytest.raises(acts.BatchRefused) as refusal:
        committee.propose([(unit, village), (second, paired), (third, gone), outside, (unit, village)])
    assert list(refusal.value.faults) == [1, 2, 3, 4]
    assert all(str(sentence) for sentence in refusal.value.faults.values())
    assert gone.name in refusal.value.faults[2]
    assert not SelectionBatch.objects.exists()
    assert not Intention.objects.exists()
    assert not Message.objects.exists()


def test_the_rows_of_one_act_count_against_the_limits_together(committee):
    rounds = type(committee.place.round).objects
    rounds.update(open_proposals_per_village=1, villages_per_unit=1)
    village = committee.pairs[0][1]
    with pytest.raises(acts.BatchRefused) as refusal:
        committee.propose([(unit, village) for unit, _own in committee.pairs])
    assert list(refusal.value.faults) == [1, 2]
    unit, other = committee.pairs[1]
    factories.pairing(committee.place.round, unit, village)
    with pytest.raises(acts.BatchRefused) as refusal:
        committee.propose([(unit, other)])
    assert list(refusal.value.faults) == [0]
    assert not Intention.objects.exists()


def test_nobody_else_chooses_for_the_units_of_a_committee(committee):
    stranger = county("绿水县")
    for person in (committee.place.secretary, committee.place.organiser, stranger.organiser, people.user()):
        with pytest.raises(Refused):
            committee.propose(by=person)
    with pytest.raises(Refused):
        committee.propose(committee=committee.place.root)
    with pytest.raises(Refused):
        committee.propose([])
    assert not Intention.objects.exists()


@pytest.mark.clause("SH-36")
def test_sixty_pairs_take_as_many_statements_as_three(place):
    counted = []
    for number in (3, 60):
        committee = Committee(county(f"第{number}县"), number)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            committee.propose()
        counted.append(len(captured))
    assert counted[0] == counted[1]
    assert Intention.objects.count() == 63


CHOICE = acts.Choice(
    needs_posted_on=date(2026, 4, 1),
    held_on=date(2026, 4, 12),
    way=VillagersChoice.Way.REPRESENTATIVES,
    persons_present=43,
    votes=38,
    remark="会议在村部举行",
)


@pytest.fixture
def choosing(place, monkeypatch):
    """A scheme that knows the choice by villagers."""
    version = place.round.scheme_version
    content = version.content | {"pairing": version.content["pairing"] | {"origins": ["voluntary", "villagers_choice"]}}
    made = type(version).objects.create(scheme=version.scheme, number=2, text=version.text, content=content)
    type(place.round).objects.update(scheme_version=made)
    place.round.refresh_from_db()
    return place


def choose(place, **changes):
    values = {"by": place.village_secretary, "round": place.round, "unit": place.unit, "village": place.village}
    return acts.propose_chosen(**(values | {"choice": CHOICE, "at": IN_TIME} | changes))


@pytest.mark.clause("TC-05")
def test_the_villagers_choose_a_unit_and_the_record_stands_with_the_proposal(choosing):
    place = choosing
    intention = choose(place, words="群众选出的单位")
    record = intention.villagers_choice
    assert (intention.origin, intention.proposed_side) == (Origin.VILLAGERS_CHOICE, Side.VILLAGE)
    assert record.needs == ["修路"]
    kept = (record.needs_posted_on, record.held_on, record.way, record.persons_present, record.votes)
    assert kept == (date(2026, 4, 1), date(2026, 4, 12), "representatives", 43, 38)
    pairing = market.accept(by=place.secretary, intention=intention, at=IN_TIME)
    assert (pairing.origin, pairing.state) == (Origin.VILLAGERS_CHOICE, PairingState.NEGOTIATING)
    assert choose_again_is_refused(place)


def choose_again_is_refused(place) -> bool:
    with pytest.raises(Refused):
        choose(place)
    return VillagersChoice.objects.count() == 1


def test_the_same_click_twice_records_one_choice(choosing):
    assert choose(choosing) == choose(choosing)
    assert (Intention.objects.count(), VillagersChoice.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes": 44},
        {"votes": 0},
        {"needs_posted_on": date(2026, 4, 13)},
        {"held_on": date(2026, 4, 21)},
    ],
)
@pytest.mark.clause("TC-05")
def test_a_record_that_can_not_be_true_is_refused(choosing, wrong):
    with pytest.raises(Refused):
        choose(choosing, choice=replace(CHOICE, **wrong))
    assert not Intention.objects.exists()


@pytest.mark.clause("TC-05")
def test_without_needs_posted_the_villagers_can_not_choose(choosing):
    choosing.village.needs.all().delete()
    with pytest.raises(Refused):
        choose(choosing)
    assert not Intention.objects.exists()


@pytest.mark.clause("TC-05")
def test_a_scheme_without_choice_by_villagers_takes_none(place):
    with pytest.raises(Refused):
        choose(place)
    assert not Intention.objects.exists()


def test_an_open_voluntary_proposal_is_not_turned_into_a_choice_by_villagers(choosing):
    place = choosing
    parties = {"unit": place.unit, "village": place.village, "side": Side.VILLAGE}
    market.propose(by=place.village_secretary, round=place.round, at=IN_TIME, **parties)
    with pytest.raises(Refused):
        choose(place)
    assert Intention.objects.get().state == IntentionState.PROPOSED
    assert not VillagersChoice.objects.exists()
    assert not Pairing.objects.exists()
