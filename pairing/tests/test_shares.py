"""Other shares in a consortium (SH-13): proposed by the lead, in force once every partner that they concern agrees."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.actions import restructuring
from organisations.tests import factories as people
from pairing.actions import agreements, amending, decisions, ending
from pairing.actions import consortium as acts
from pairing.actions import shares as share_acts
from pairing.consortium import parts_of
from pairing.models import Agreement, PairingPartner
from pairing.states import AgreementState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, County, county, formed, negotiated, sign, signed
from pairing.tests.test_consortium import invite
from pairing.tests.test_two_hundred import at_once

pytestmark = pytest.mark.django_db


class Three:
    """The lead with 10 per cent, a bank with 60, a school with 30."""

    def __init__(self):
        self.place: County = county()
        units = [people.unit(self.place.root, name) for name in ("农商行", "职业学校")]
        self.banker, self.teacher = (people.user("branch_secretary", unit) for unit in units)
        factories.directory(self.place.round)
        self.pairing = formed(self.place)
        self.bank, self.school = (
            acts.join(by=person, partner=invite(self.place, self.pairing, unit, share), at=IN_TIME)
            for unit, person, share in zip(units, (self.banker, self.teacher), (60, 30), strict=True)
        )

    def propose(self, bank, school, by=None):
        shares = {self.bank.pk: Decimal(bank), self.school.pk: Decimal(school)}
        by = by or self.place.secretary
        return share_acts.propose_shares(by=by, pairing=self.pairing, shares=shares, at=IN_TIME)

    def agree(self, person, partner, share):
        return share_acts.agree_to_share(by=person, partner=partner, share=Decimal(share), at=IN_TIME)

    def shares(self):
        return [int(share) for share in PairingPartner.objects.order_by("pk").values_list("share", flat=True)]

    def printed(self, **which):
        return [int(part.share) for part in parts_of(Agreement.objects.get(**which))]


@pytest.fixture
def three():
    return Three()


def waiting(unit):
    return Message.objects.open().filter(organisation=unit, key__contains=":share:").count()


@pytest.mark.clause("SH-13")
def test_two_change_places_once_both_have_agreed_and_the_text_is_confirmed_anew(three):
    negotiated(three.place, three.pairing)
    three.propose(30, 60)
    assert (waiting(three.bank.unit), waiting(three.school.unit)) == (1, 1)
    three.agree(three.teacher, three.school, 60)
    assert (three.shares(), three.printed()) == ([60, 30], [10, 60, 30])
    assert Agreement.objects.get().state == AgreementState.CONFIRMED
    three.agree(three.banker, three.bank, 30)
    text = Agreement.objects.get()
    assert (three.shares(), three.printed()) == ([30, 60], [10, 30, 60])
    assert (text.state, text.unit_confirmed_at, text.village_confirmed_at) == (AgreementState.DRAFT, None, None)
    assert not PairingPartner.objects.exclude(proposed_share=None).exists()
    assert (waiting(three.bank.unit), waiting(three.school.unit)) == (0, 0)


def test_whose_share_stays_is_not_asked(three):
    three.propose(50, 30)
    assert (waiting(three.bank.unit), waiting(three.school.unit)) == (1, 0)
    three.agree(three.banker, three.bank, 50)
    assert three.printed() == [20, 50, 30]


def test_of_one_who_declines_all_stay_as_they_are(three):
    version = Agreement.objects.get().version
    three.propose(30, 60)
    three.agree(three.teacher, three.school, 60)
    share_acts.decline_share(by=three.banker, partner=three.bank, share=Decimal(30), at=IN_TIME)
    assert (three.shares(), Agreement.objects.get().version) == ([60, 30], version)
    assert not PairingPartner.objects.exclude(proposed_share=None).exists()
    assert Message.objects.filter(organisation=three.place.unit, key__contains=":share-declined:").exists()
    with pytest.raises(Refused):
        three.agree(three.banker, three.bank, 30)


@pytest.mark.parametrize(("bank", "school"), [(60, 40), (99, 30), (0, 30), (100, 1), (60, 30)])
def test_shares_that_do_not_fit_or_change_nothing_are_not_proposed(three, bank, school):
    with pytest.raises(Refused):
        three.propose(bank, school)
    assert not PairingPartner.objects.exclude(proposed_share=None).exists()
    assert not Message.objects.filter(key__contains=":share:").exists()


def test_what_was_offered_to_others_meanwhile_counts_when_the_last_one_agrees(three):
    three.propose(60, 35)
    third = people.unit(three.place.root, "供销社")
    factories.directory(three.place.round)
    invite(three.place, three.pairing, third, 8)
    with pytest.raises(Refused):
        three.agree(three.teacher, three.school, 35)
    assert three.shares() == [60, 30, 8]


def test_nobody_proposes_or_answers_for_others(three):
    for stranger in (three.banker, three.place.village_secretary, three.place.organiser):
        with pytest.raises(Refused):
            three.propose(30, 60, by=stranger)
    three.propose(30, 60)
    for stranger in (three.teacher, three.place.secretary, three.place.village_secretary):
        for verb in (share_acts.agree_to_share, share_acts.decline_share):
            with pytest.raises(Refused):
                verb(by=stranger, partner=three.bank, share=Decimal(30), at=IN_TIME)
        if stranger != three.place.secretary:
            with pytest.raises(Refused):
                share_acts.withdraw_shares(by=stranger, pairing=three.pairing, at=IN_TIME)
    assert PairingPartner.objects.filter(proposed_share__isnull=False, share_agreed_at=None).count() == 2


def test_the_consent_is_for_the_share_that_was_shown(three):
    three.propose(50, 30)
    three.propose(40, 30)
    with pytest.raises(Refused):
        three.agree(three.banker, three.bank, 50)
    assert three.shares() == [60, 30]
    three.agree(three.banker, three.bank, 40)
    assert three.shares() == [40, 30]


def test_once_signed_the_shares_change_only_with_an_amendment_and_come_back_when_it_is_dropped(three):
    half = sign(three.place, negotiated(three.place, three.pairing), Side.UNIT)
    with pytest.raises(Refused):
        three.propose(30, 60)
    base = sign(three.place, half, Side.VILLAGE)
    with pytest.raises(Refused):
        three.propose(30, 60)
    common = {"by": three.place.secretary, "side": Side.UNIT, "at": IN_TIME}
    draft = amending.start_amendment(agreement=base, **common)
    three.propose(30, 60)
    three.agree(three.banker, three.bank, 30)
    three.agree(three.teacher, three.school, 60)
    assert (three.printed(pk=base.pk), three.printed(pk=draft.pk)) == ([10, 60, 30], [10, 30, 60])
    three.propose(20, 60)
    amending.drop_amendment(agreement=Agreement.objects.get(pk=draft.pk), words="不改了", **common)
    assert (three.shares(), waiting(three.bank.unit)) == ([60, 30], 0)
    assert not PairingPartner.objects.exclude(proposed_share=None).exists()


def test_what_was_agreed_to_can_not_be_applied_to_a_text_that_one_side_has_signed(three):
    three.propose(50, 30)
    text = sign(three.place, negotiated(three.place, three.pairing), Side.UNIT)
    with pytest.raises(Refused):
        three.agree(three.banker, three.bank, 50)
    village = {"by": three.place.village_secretary, "side": Side.VILLAGE, "at": IN_TIME}
    agreements.return_agreement(agreement=text, words="先定份额", **village)
    three.agree(three.banker, three.bank, 50)
    assert three.shares() == [50, 30]


def test_by_the_pages_from_the_proposal_to_the_new_shares(client, three):
    address = reverse("consortium", args=[three.pairing.pk])
    fields = {f"share_{three.bank.pk}": "30", f"share_{three.school.pk}": "60"}
    client.force_login(three.place.secretary)
    assert client.post(address, {"verb": "propose", **fields | {f"share_{three.bank.pk}": "90"}}).status_code == 200
    assert client.post(address, {"verb": "propose", **fields})["Location"] == address
    assert "拟调整为 30" in client.get(address).content.decode()
    client.force_login(three.place.village_secretary)
    assert 'value="agree"' not in client.get(address).content.decode()
    assert client.post(address, {"verb": "agree", "share": "30"}).status_code == 200
    for person, share in ((three.banker, "30"), (three.teacher, "60")):
        client.force_login(person)
        assert address in client.get("/").content.decode()
        assert 'value="agree"' in client.get(address).content.decode()
        answer = client.post(address, {"verb": "agree", "share": share}, follow=True).text
        assert ("份额已调整" in answer) == (person == three.teacher)
    assert three.shares() == [30, 60]
    client.force_login(three.place.secretary)
    client.post(address, {"verb": "propose", **fields, f"share_{three.bank.pk}": "20"})
    client.post(address, {"verb": "withdraw"})
    assert not PairingPartner.objects.exclude(proposed_share=None).exists()


@pytest.mark.django_db(transaction=True)
def test_both_agree_at_once_and_the_shares_change_once():
    three = Three()
    three.propose(30, 60)
    version = Agreement.objects.get().version
    answers = [
        lambda: three.agree(three.banker, three.bank, 30),
        lambda: three.agree(three.teacher, three.school, 60),
    ]
    assert at_once(answers) == {"done": 2}
    assert (three.shares(), Agreement.objects.get().version) == ([30, 60], version + 1)


def test_a_signed_text_prints_the_shares_that_it_was_signed_with(three):
    three.propose(50, 30)
    three.agree(three.banker, three.bank, 50)
    base = signed(three.place, three.pairing)
    assert three.printed(pk=base.pk) == [20, 50, 30]


@pytest.mark.parametrize("is_signed", [True, False])
def test_once_the_pairing_is_over_nobody_is_asked_any_more(three, is_signed):
    place = three.place
    if is_signed:
        base = signed(place, three.pairing)
        amending.start_amendment(by=place.secretary, agreement=base, side=Side.UNIT, at=IN_TIME)
    three.propose(30, 60)
    asked = people.unit(place.root, "供销社")
    factories.directory(place.round)
    invite(place, three.pairing, asked, 5)
    if is_signed:
        ending.reselect(by=place.organiser, pairing=three.pairing, side=None, words="因", at=IN_TIME)
    else:
        decisions.release(by=place.organiser, pairing=three.pairing, reason="因", at=IN_TIME)
    assert not Message.objects.open().filter(key__startswith="partner:").exists()


def test_the_successor_of_a_partner_answers_what_that_one_was_asked(three):
    place, heir = three.place, people.unit(three.place.root, "村镇银行")
    heir_secretary = people.user("branch_secretary", heir)
    three.propose(30, 30)
    merger = {"reason": "合并", "on": IN_TIME.date(), "at": IN_TIME}
    restructuring.merge(by=place.organiser, organisation=three.bank.unit, into=heir, **merger)
    assert (waiting(three.bank.unit), waiting(heir)) == (0, 1)
    with pytest.raises(Refused):
        three.agree(three.teacher, three.bank, 30)
    three.agree(heir_secretary, PairingPartner.objects.get(pk=three.bank.pk), 30)
    assert [(part.name, int(part.share)) for part in parts_of(Agreement.objects.get())][1:] == [
        ("村镇银行", 30),
        ("职业学校", 30),
    ]
