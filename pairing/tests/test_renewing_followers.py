"""A party of a closed round is merged before the next one: its follower renews, and the closed round stays as it was."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.actions import restructuring
from organisations.tests import factories as people
from pairing.actions.renewing import answer_renewal
from pairing.actions.rounds import close_round
from pairing.matters import open_matters
from pairing.models import DirectoryEntry, Pairing, RenewalAnswer, Takeover
from pairing.states import PairingState, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_JULY, County, county, formed, signed
from pairing.tests.test_renewing import LATER, answer, asked, following

pytestmark = pytest.mark.django_db
MERGED = LATER - timedelta(days=30)


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def former(place):
    """Signed, in a round that is closed by now."""
    pairing = signed(place, formed(place)).pairing
    close_round(by=place.organiser, round=place.round, at=LATER - timedelta(days=60))
    return pairing


def successor_of(place, name="合村"):
    village = people.village(place.townships[0], name)
    return village, people.user("village_secretary", village, name="赵合")


def merge(place, old, new, at=MERGED):
    return restructuring.merge(by=place.organiser, organisation=old, into=new, reason="撤并建制村", on=at.date(), at=at)


def consent(round, pairing, person):
    return answer_renewal(by=person, round=round, pairing=pairing, side=Side.VILLAGE, consents=True, at=LATER)


@pytest.mark.clause("SH-34", "SH-05")
def test_the_follower_is_asked_and_consents_and_the_closed_round_names_the_old_village(place, former):
    village, secretary = successor_of(place)
    done = merge(place, place.village, village)
    assert any("1" in sentence and "续签" in sentence for sentence in done.outcome)
    round = following(place)
    assert (asked(village, round), asked(place.village, round), asked(place.unit, round)) == (1, 0, 1)
    assert "合村" in Message.objects.get(organisation=place.unit, key=f"renewal:{round.pk}:{former.pk}").subject_text
    answer(place, round, former, Side.UNIT)
    consent(round, former, secretary)
    renewed = Pairing.objects.get(renews=former)
    assert (renewed.village, renewed.agreements.get().village_name) == (village, "合村")
    assert [row.title for row in renewed.agreements.get().commitments.all()] == ["经果林苗木", "技术培训"]
    kept = Pairing.objects.get(pk=former.pk)
    assert (kept.village, kept.state) == (place.village, PairingState.SIGNED)
    assert set(DirectoryEntry.objects.current(round).villages().values_list("organisation", flat=True)) == {village.pk}


def test_merged_while_the_next_round_already_asks(place, former):
    round = following(place)
    answer(place, round, former, Side.UNIT)
    village, secretary = successor_of(place)
    merge(place, place.village, village, at=LATER)
    assert asked(village, round) == 1
    consent(round, former, secretary)
    assert Pairing.objects.get(renews=former).village == village


def test_whoever_follows_the_follower_renews(place, former):
    village, _secretary = successor_of(place)
    last, _last_secretary = successor_of(place, "大合村")
    merge(place, place.village, village)
    merge(place, village, last)
    round = following(place)
    assert Takeover.objects.count() == 2
    assert (asked(last, round), asked(village, round)) == (1, 0)


def test_a_follower_with_the_same_unit_renews_its_own_pairing_once(place):
    village, _secretary = successor_of(place)
    factories.directory(place.round)
    own = factories.pairing(place.round, place.unit, village, state=PairingState.SIGNED)
    factories.pairing(place.round, place.unit, place.village, state=PairingState.SIGNED)
    close_round(by=place.organiser, round=place.round, at=AFTER_JULY)
    merge(place, place.village, village)
    round = following(place)
    assert not Takeover.objects.exists()
    assert Message.objects.get(organisation=village, key__startswith="renewal:").key == f"renewal:{round.pk}:{own.pk}"


def test_only_the_follower_answers_and_reads(client, place, former):
    village, secretary = successor_of(place)
    _other, stranger = successor_of(place, "别的村")
    merge(place, place.village, village)
    round = following(place)
    for person in (stranger, place.village_secretary):
        with pytest.raises(Refused):
            consent(round, former, person)
    assert not RenewalAnswer.objects.exists()
    address = reverse("renew_pairing", args=[former.pk])
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(secretary)
    assert address in client.get("/").content.decode()
    assert "合村" in client.get(address).content.decode()
    assert client.get(former.get_absolute_url()).status_code == 200
    assert [url for _title, url in open_matters(secretary, village)] == [address]
    client.post(address, {"verb": "consent"})
    assert RenewalAnswer.objects.get().answered_by == secretary
    client.force_login(place.organiser)
    listed = client.get(reverse("renewals", args=[round.pk])).content.decode()
    assert "合村" in listed
    assert "青山县马岭村" not in listed
