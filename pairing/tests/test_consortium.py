"""Consortia (SH-13): who takes which share, who reads along, and what the agreement prints."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import agreements, amending
from pairing.actions import consortium as acts
from pairing.agreements.content import content_hash
from pairing.consortium import parts_of
from pairing.models import Agreement, Pairing, PairingPartner
from pairing.states import AgreementState, PartnerState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, formed, negotiated, sign, signed
from pairing.tests.test_two_hundred import at_once

pytestmark = pytest.mark.django_db


def unit_with_secretary(place, name):
    unit = people.unit(place.root, name)
    secretary = people.user("branch_secretary", unit)
    factories.directory(place.round)
    return unit, secretary


@pytest.fixture
def place():
    return county()


@pytest.fixture
def pairing(place):
    return formed(place)


def invite(place, pairing, unit, share=30, **changes):
    values = {"by": place.secretary, "pairing": pairing, "unit": unit, "share": Decimal(share), "at": IN_TIME}
    return acts.invite_partner(**(values | changes))


def subjects(organisation):
    return list(Message.objects.filter(organisation=organisation).order_by("pk").values_list("subject", flat=True))


@pytest.mark.clause("SH-13")
def test_the_lead_asks_the_partner_joins_and_the_text_names_both_with_their_shares(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    agreement = negotiated(place, pairing)
    before = content_hash(agreement)
    partner = invite(place, pairing, bank, 30, contribution="提供小额贷款")
    assert (partner.state, Agreement.objects.get().state) == (PartnerState.INVITED, AgreementState.CONFIRMED)
    acts.join(by=banker, partner=partner, words="愿意", at=IN_TIME)
    text = Agreement.objects.get()
    assert (text.state, text.unit_confirmed_at, text.village_confirmed_at) == (AgreementState.DRAFT, None, None)
    assert [(part.name, part.share, part.is_lead) for part in parts_of(text)] == [
        ("青山县林业局", Decimal(70), True),
        ("农商行", Decimal(30), False),
    ]
    assert content_hash(text) != before
    assert "%(partner)s joined %(name)s in aiding you: please read the agreement again" in subjects(place.village)
    assert subjects(bank)[0].startswith("%(name)s asks you")
    assert not Message.objects.open().filter(organisation=bank).exists()


def test_the_same_click_twice_asks_once_and_joins_once(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    partner = invite(place, pairing, bank)
    assert invite(place, pairing, bank) == partner
    acts.join(by=banker, partner=partner, at=IN_TIME)
    version = Agreement.objects.get().version
    acts.join(by=banker, partner=partner, at=IN_TIME)
    assert (PairingPartner.objects.count(), Agreement.objects.get().version) == (1, version)


def test_who_declines_takes_no_share_and_changes_no_text(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    version = Agreement.objects.get().version
    partner = invite(place, pairing, bank, 99)
    acts.decline_to_join(by=banker, partner=partner, words="力量不足", at=IN_TIME)
    assert (PairingPartner.objects.get().state, Agreement.objects.get().version) == (PartnerState.DECLINED, version)
    assert invite(place, pairing, bank, 99).pk != partner.pk
    with pytest.raises(Refused):
        acts.join(by=banker, partner=partner, at=IN_TIME)


@pytest.mark.clause("SH-13")
def test_the_shares_of_the_partners_leave_something_to_the_lead(place, pairing):
    first, _ = unit_with_secretary(place, "农商行")
    second, _ = unit_with_secretary(place, "水利局")
    invite(place, pairing, first, 60)
    for share in (0, -5, 40, 100, 120):
        with pytest.raises(Refused):
            invite(place, pairing, second, share)
    invite(place, pairing, second, "39.99")
    assert set(PairingPartner.objects.values_list("share", flat=True)) == {Decimal(60), Decimal("39.99")}


def test_the_database_itself_refuses_shares_of_a_hundred_and_none(place, pairing):
    units = [people.unit(place.root) for _ in range(2)]
    row = {"pairing": pairing, "state": PartnerState.INVITED}
    PairingPartner.objects.create(unit=units[0], share=60, **row)
    for share in (40, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            PairingPartner.objects.create(unit=units[1], share=share, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingPartner.objects.update(share=100)
    assert PairingPartner.objects.get().share == 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("SH-13")
def test_of_ten_who_take_thirty_per_cent_at_once_three_find_a_share():
    place = county()
    pairing = formed(place)
    units = [people.unit(place.root) for _ in range(10)]
    factories.directory(place.round)
    assert at_once([lambda unit=unit: invite(place, pairing, unit) for unit in units]) == {"done": 3, "refused": 7}
    assert PairingPartner.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_past_the_verbs_the_database_counts_one_after_the_other():
    place = county()
    pairing = formed(place)
    units = [people.unit(place.root) for _ in range(10)]

    def insert(unit):
        try:
            PairingPartner.objects.create(pairing=pairing, unit=unit, share=30)
        except IntegrityError as error:
            raise Refused("no") from error

    assert at_once([lambda unit=unit: insert(unit) for unit in units]) == {"done": 3, "refused": 7}
    connection.close()


def test_a_partner_reads_the_pairing_and_its_agreement_and_a_stranger_does_not(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    _other, stranger = unit_with_secretary(place, "水利局")
    assert not Pairing.objects.visible_to(banker).exists()
    partner = invite(place, pairing, bank)
    assert list(Pairing.objects.visible_to(banker)) == [pairing]
    assert not Pairing.objects.with_papers_for(banker).exists()
    acts.join(by=banker, partner=partner, at=IN_TIME)
    assert list(Pairing.objects.with_papers_for(banker)) == [pairing]
    assert list(Agreement.objects.visible_to(banker)) == [Agreement.objects.get()]
    assert list(Agreement.objects.with_papers_for(banker)) == [Agreement.objects.get()]
    for rows in (Pairing.objects, Agreement.objects):
        assert not rows.visible_to(stranger).exists()


def test_nobody_asks_joins_or_ends_for_others(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    for stranger in (banker, place.village_secretary, place.organiser, people.user("cadre", place.unit)):
        with pytest.raises(Refused):
            invite(place, pairing, bank, by=stranger)
    partner = invite(place, pairing, bank)
    for stranger in (place.secretary, place.village_secretary, place.organiser):
        for verb in (acts.join, acts.decline_to_join):
            with pytest.raises(Refused):
                verb(by=stranger, partner=partner, words="", at=IN_TIME)
    with pytest.raises(Refused):
        acts.end_partnership(by=place.village_secretary, partner=partner, words="因", at=IN_TIME)
    assert PairingPartner.objects.get().state == PartnerState.INVITED


def test_who_can_not_become_a_partner(place, pairing):
    unlisted = people.unit(place.root, "未入名录的单位")
    paired, _ = unit_with_secretary(place, "农商行")
    factories.pairing(place.round, paired, place.village)
    gone, _ = unit_with_secretary(place, "水利局")
    type(gone).objects.filter(pk=gone.pk).update(closed_on="2026-04-01")
    for unit in (place.unit, paired, gone, place.village):
        with pytest.raises(Refused):
            invite(place, pairing, unit)
    other = county("绿水县")
    with pytest.raises(Refused, match=r"not in the published directory|不在"):
        invite(place, pairing, other.unit)
    assert not PairingPartner.objects.exists()
    assert unlisted


def test_either_ends_it_with_a_reason_and_the_text_is_confirmed_anew(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    for person in (banker, place.secretary):
        partner = invite(place, pairing, bank)
        acts.join(by=banker, partner=partner, at=IN_TIME)
        with pytest.raises(Refused):
            acts.end_partnership(by=person, partner=partner, words=" ", at=IN_TIME)
        ended = acts.end_partnership(by=person, partner=partner, words="任务调整", at=IN_TIME)
        assert (ended.state, ended.left_by, ended.left_words) == (PartnerState.LEFT, person, "任务调整")
        assert parts_of(Agreement.objects.get()) == []


@pytest.mark.clause("SH-13")
def test_once_one_side_has_signed_the_partners_stand_until_it_is_sent_back(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    partner = invite(place, pairing, bank)
    text = sign(place, negotiated(place, pairing), Side.UNIT)
    with pytest.raises(Refused):
        acts.join(by=banker, partner=partner, at=IN_TIME)
    agreements.return_agreement(by=place.village_secretary, agreement=text, side=Side.VILLAGE, words="改", at=IN_TIME)
    acts.join(by=banker, partner=partner, at=IN_TIME)
    assert [part.name for part in parts_of(Agreement.objects.under_way().get())] == ["青山县林业局", "农商行"]


@pytest.mark.clause("SH-13")
def test_of_a_signed_agreement_the_partners_change_only_with_an_amendment(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    text = signed(place, pairing)
    with pytest.raises(Refused):
        invite(place, pairing, bank)
    amendment = amending.start_amendment(by=place.secretary, agreement=text, side=Side.UNIT, at=IN_TIME)
    acts.join(by=banker, partner=invite(place, pairing, bank), at=IN_TIME)
    assert [part.name for part in parts_of(Agreement.objects.get(pk=amendment.pk))] == ["青山县林业局", "农商行"]
    assert parts_of(Agreement.objects.get(pk=text.pk)) == []
    amendment = Agreement.objects.get(pk=amendment.pk)
    amending.drop_amendment(by=place.secretary, agreement=amendment, side=Side.UNIT, words="不改了", at=IN_TIME)
    assert PairingPartner.objects.get().state == PartnerState.LEFT


def test_a_dropped_amendment_brings_back_the_partners_of_the_text_in_force(place, pairing):
    bank, banker = unit_with_secretary(place, "农商行")
    acts.join(by=banker, partner=invite(place, pairing, bank), at=IN_TIME)
    text = signed(place, Pairing.objects.get())
    amendment = amending.start_amendment(by=place.secretary, agreement=text, side=Side.UNIT, at=IN_TIME)
    acts.end_partnership(by=banker, partner=PairingPartner.objects.get(), words="撤并", at=IN_TIME)
    assert parts_of(Agreement.objects.get(pk=amendment.pk)) == []
    amendment = Agreement.objects.get(pk=amendment.pk)
    amending.drop_amendment(by=place.secretary, agreement=amendment, side=Side.UNIT, words="不改了", at=IN_TIME)
    assert [(each.unit, each.share) for each in PairingPartner.objects.joined()] == [(bank, Decimal(30))]
    assert [part.name for part in parts_of(Agreement.objects.in_force().get())] == ["青山县林业局", "农商行"]


def test_the_history_of_an_agreement_names_who_joined(place, pairing, client):
    bank, banker = unit_with_secretary(place, "农商行")
    acts.join(by=banker, partner=invite(place, pairing, bank), at=IN_TIME)
    client.force_login(place.secretary)
    page = client.get(reverse("history", args=["pairing.agreement", pairing.agreements.get().pk]))
    assert "农商行 30.00" in page.content.decode()


def test_whoever_leaves_is_led_to_a_page_that_opens(place, pairing, client):
    bank, banker = unit_with_secretary(place, "农商行")
    partner = invite(place, pairing, bank)
    acts.join(by=banker, partner=partner, words="", at=IN_TIME)
    client.force_login(banker)
    address = reverse("consortium", args=[pairing.pk])
    page = client.post(address, {"verb": "end", "partner": partner.pk, "words": "职能调整"}, follow=True)
    assert (page.status_code, "职能调整" in page.text) == (200, False)
    assert PairingPartner.objects.get().state not in (PartnerState.INVITED, PartnerState.JOINED)
    assert client.get(address).status_code == 404
