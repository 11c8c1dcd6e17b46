"""The organiser moves pairs (SH-30): reassigns, merges, adds; with reason, before and after; two at once."""

from decimal import Decimal

import pytest

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import consortium, decisions
from pairing.actions import overrides as acts
from pairing.consortium import parts_of
from pairing.models import Agreement, Decision, Intention, Pairing, PairingPartner
from pairing.states import AgreementState, IntentionState, Origin, PairingState, PartnerState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, County, county, formed, negotiated, sign, signed
from pairing.tests.test_two_hundred import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county(units_per_village=None)


def more_units(place, *names):
    units = [people.unit(place.root, name) for name in names]
    factories.directory(place.round)
    return units


def paired(place, unit):
    pairing = factories.pairing(place.round, unit, place.village)
    factories.agreement(pairing, unit_name=unit.name, village_name=place.village.name)
    return pairing


def by(place, **changes):
    return {"by": place.organiser, "reason": "综合平衡", "at": IN_TIME} | changes


@pytest.mark.clause("SH-30")
def test_a_pairing_is_moved_to_another_unit_with_before_and_after(place):
    (other,) = more_units(place, "水利局")
    intention = factories.intention(place.round, place.unit, place.village, state=IntentionState.ACCEPTED)
    pairing = formed(place, intention=intention, mode="supply_chain")
    moved = acts.reassign(pairing=pairing, side=Side.UNIT, to=other, **by(place))
    assert (moved.unit, moved.village, moved.origin, moved.mode) == (
        other, place.village, Origin.ASSIGNED, "supply_chain",
    )  # fmt: skip
    pairing.refresh_from_db()
    assert (pairing.state, pairing.released_at) == (PairingState.RELEASED, IN_TIME)
    assert Intention.objects.get().state == IntentionState.OVERRULED
    assert {each.pairing_id: each.state for each in Agreement.objects.all()} == {pairing.pk: "void", moved.pk: "draft"}
    decision = Decision.objects.get()
    assert (decision.verb, decision.reason, decision.decided_by) == ("reassign", "综合平衡", place.organiser)
    assert [row["unit"] for row in decision.before] == [place.unit.name]
    assert [row["unit"] for row in decision.after] == [other.name]
    assert set(decision.touched) == {moved.pk, pairing.pk}
    told = Message.objects.filter(key=f"decision:{decision.pk}").values_list("organisation", flat=True)
    assert set(told) == {place.unit.pk, place.village.pk, other.pk}


@pytest.mark.clause("SH-30")
def test_a_pairing_is_moved_to_another_village_with_its_partners(place):
    (partner,) = more_units(place, "农商行")
    village = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    pairing = formed(place)
    acts.add_partner(pairing=pairing, unit=partner, share=Decimal(40), **by(place))
    moved = acts.reassign(pairing=pairing, side=Side.VILLAGE, to=village, **by(place))
    text = Agreement.objects.under_way().get(pairing=moved)
    assert [(part.name, part.share) for part in parts_of(text)] == [(place.unit.name, 60), ("农商行", 40)]
    assert (text.village_name, moved.unit) == ("长水村", place.unit)


@pytest.mark.clause("SH-30", "SH-13")
def test_pairings_of_one_village_become_one_consortium(place):
    bank, water = more_units(place, "农商行", "水利局")
    lead, *others = formed(place), paired(place, bank), paired(place, water)
    negotiated(place, lead)
    acts.merge(lead=lead, others=others, **by(place))
    states = {each.pk: each.state for each in Pairing.objects.all()}
    assert states == {lead.pk: PairingState.NEGOTIATING} | dict.fromkeys([p.pk for p in others], PairingState.RELEASED)
    text = Agreement.objects.under_way().get()
    assert (text.state, text.pairing) == (AgreementState.DRAFT, lead)
    assert [(part.name, part.share) for part in parts_of(text)] == [
        (place.unit.name, Decimal("33.34")), ("农商行", Decimal("33.33")), ("水利局", Decimal("33.33")),
    ]  # fmt: skip
    decision = Decision.objects.get()
    assert [row["unit"] for row in decision.before] == [water.name, bank.name, place.unit.name]
    assert [(row["unit"], row["partners"]) for row in decision.after] == [
        (place.unit.name, {"农商行": "33.33", "水利局": "33.33"})
    ]
    subject = "The organiser decided: you aid %(village)s together with %(name)s"
    assert set(Message.objects.filter(subject=subject).values_list("organisation", flat=True)) == {bank.pk, water.pk}


def test_named_shares_are_kept_and_leave_something_to_the_lead(place):
    (bank,) = more_units(place, "农商行")
    lead, other = formed(place), paired(place, bank)
    for share in (Decimal(100), Decimal(0)):
        with pytest.raises(Refused):
            acts.merge(lead=lead, others=[other], shares={bank.pk: share}, **by(place))
    assert not PairingPartner.objects.exists()
    acts.merge(lead=lead, others=[other], shares={bank.pk: Decimal("12.5")}, **by(place))
    assert PairingPartner.objects.get().share == Decimal("12.5")


def test_what_can_not_be_merged(place):
    bank, water = more_units(place, "农商行", "水利局")
    lead, other = formed(place), paired(place, bank)
    village = people.village(place.townships[0], "长水村")
    elsewhere = factories.pairing(place.round, water, village)
    for others in ([], [lead], [elsewhere]):
        with pytest.raises(Refused):
            acts.merge(lead=lead, others=others, **by(place))
    acts.add_partner(pairing=other, unit=water, share=Decimal(10), **by(place))
    with pytest.raises(Refused):
        acts.merge(lead=lead, others=[other], **by(place))
    sign(place, negotiated(place, lead), Side.UNIT)
    with pytest.raises(Refused):
        acts.merge(lead=lead, others=[paired(place, people.unit(place.root))], **by(place))
    assert Pairing.objects.standing().count() == 4


@pytest.mark.clause("SH-30")
def test_a_unit_is_added_as_a_partner_without_being_asked(place):
    (bank,) = more_units(place, "农商行")
    pairing = formed(place)
    acts.add_partner(pairing=pairing, unit=bank, share=Decimal(25), contribution="贷款", **by(place))
    partner = PairingPartner.objects.get()
    assert (partner.state, partner.answered_by, partner.share) == (PartnerState.JOINED, place.organiser, 25)
    decision = Decision.objects.get()
    assert (decision.verb, decision.touched) == ("add", [pairing.pk])
    assert "partners" not in decision.before[0]
    assert decision.after[0]["partners"] == {"农商行": "25.00"}


def test_a_signed_pairing_is_neither_moved_nor_merged_nor_added_to(place):
    bank, water = more_units(place, "农商行", "水利局")
    pairing = formed(place)
    signed(place, pairing)
    other = paired(place, bank)
    for attempt in (
        lambda: acts.reassign(pairing=pairing, side=Side.UNIT, to=water, **by(place)),
        lambda: acts.merge(lead=pairing, others=[other], **by(place)),
        lambda: acts.merge(lead=other, others=[pairing], **by(place)),
        lambda: acts.add_partner(pairing=pairing, unit=water, share=Decimal(10), **by(place)),
    ):
        with pytest.raises(Refused):
            attempt()
    assert not Decision.objects.exists()
    assert Pairing.objects.get(pk=pairing.pk).state == PairingState.SIGNED


def test_only_the_organiser_of_the_round_and_only_with_a_reason(place):
    other = county("绿水县")
    (bank,) = more_units(place, "农商行")
    lead, second = formed(place), paired(place, bank)
    for changes in (
        {"by": place.secretary}, {"by": place.village_secretary}, {"by": other.organiser}, {"reason": " "},
    ):  # fmt: skip
        for attempt in (
            lambda common: acts.reassign(pairing=lead, side=Side.UNIT, to=bank, **common),
            lambda common: acts.merge(lead=lead, others=[second], **common),
            lambda common: acts.add_partner(pairing=lead, unit=bank, share=Decimal(10), **common),
            lambda common: acts.arrange(pairing=lead, **common),
        ):
            with pytest.raises(Refused):
                attempt(by(place, **changes))
    assert not Decision.objects.exists()


def test_a_move_keeps_to_the_places_of_the_round(place):
    (bank,) = more_units(place, "农商行")
    village = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    type(place.round).objects.update(units_per_village=1)
    pairing = formed(place)
    factories.pairing(place.round, bank, village)
    with pytest.raises(Refused):
        acts.reassign(pairing=pairing, side=Side.VILLAGE, to=village, **by(place))
    assert Pairing.objects.get(pk=pairing.pk).state == PairingState.NEGOTIATING
    (water,) = more_units(place, "水利局")
    assert acts.reassign(pairing=pairing, side=Side.UNIT, to=water, **by(place)).unit == water


def test_a_move_elsewhere_is_news_for_whoever_decides_about_the_old_village(place):
    village = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    seen = decisions.newest_decision(place.round, place.village)
    acts.reassign(pairing=formed(place), side=Side.VILLAGE, to=village, **by(place))
    assert decisions.newest_decision(place.round, place.village) != seen


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("SH-30")
def test_of_organisers_who_override_the_same_pair_at_once_one_succeeds_and_the_others_get_a_sentence():
    place = county(units_per_village=None)
    bank, water, wood = more_units(place, "农商行", "水利局", "木材公司")
    lead, other = formed(place), paired(place, wood)
    assistant = people.user("organiser", place.root)
    moves = [
        lambda: acts.reassign(pairing=lead, side=Side.UNIT, to=bank, **by(place, seen=0)),
        lambda: acts.reassign(pairing=lead, side=Side.UNIT, to=water, **by(place, by=assistant, seen=0)),
        lambda: acts.merge(lead=lead, others=[other], **by(place, by=assistant, seen=0)),
        lambda: acts.add_partner(pairing=lead, unit=water, share=Decimal(10), **by(place, seen=0)),
        lambda: decisions.release(pairing=lead, **by(place, by=assistant, seen=0)),
    ]
    assert at_once(moves) == {"done": 1, "refused": 4}
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_joining_and_releasing_at_once_leave_one_story():
    place = county()
    (bank,) = more_units(place, "农商行")
    banker = people.user("branch_secretary", bank)
    pairing = formed(place)
    partner = consortium.invite_partner(by=place.secretary, pairing=pairing, unit=bank, share=Decimal(30), at=IN_TIME)
    at_once([
        lambda: consortium.join(by=banker, partner=partner, at=IN_TIME),
        lambda: decisions.release(pairing=pairing, **by(place)),
    ])  # fmt: skip
    assert Pairing.objects.get().state == PairingState.RELEASED
    assert PairingPartner.objects.get().state in (PartnerState.JOINED, PartnerState.LEFT)
    assert Agreement.objects.get().state == AgreementState.VOID
