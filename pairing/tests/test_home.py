"""The first page: the desk of whoever runs or watches a round, the cards of whoever acts, a sentence for the rest."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.directories import insert_entries
from pairing.home import cards_of
from pairing.models import Directory, PairingPartner, Round
from pairing.states import AgreementState, PairingState, RoundState, Side
from pairing.tests import factories
from pairing.tests.market import cards_on, statements

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


class Desk:
    def __init__(self, rows: int = 1):
        self.county = people.county()
        town = people.township(self.county)
        self.villages = [people.village(town, f"{i}村", contact_phone="13912345678") for i in range(rows)]
        self.units = [people.unit(self.county, f"{i}局", contact_name="王志远") for i in range(rows)]
        self.round = factories.round(self.county)
        factories.directory(self.round)
        self.organiser = people.user("organiser", people.organisation_dept(self.county))
        self.secretary = people.user("branch_secretary", self.units[0])
        self.village_secretary = people.user("village_secretary", self.villages[0])

    def cards(self, user):
        people.forget_posts(user)
        return [(card.url, card.is_mine, card.is_done, card.days_left) for card in cards_of(user, today=TODAY)]


@pytest.fixture
def desk():
    return Desk()


def test_each_side_is_led_to_its_one_next_step(desk):
    market = {
        desk.secretary: reverse("market_villages", args=[desk.round.pk]),
        desk.village_secretary: reverse("market_units", args=[desk.round.pk]),
    }
    for user, address in market.items():
        assert desk.cards(user) == [(address, True, False, 10)]
    proposal = factories.intention(desk.round, desk.units[0], desk.villages[0])
    assert desk.cards(desk.secretary) == [(proposal.get_absolute_url(), False, False, 10)]
    assert desk.cards(desk.village_secretary) == [(proposal.get_absolute_url(), True, False, 10)]


@pytest.mark.parametrize(
    ("fields", "unit_is_next", "village_is_next", "is_done"),
    [
        ({"state": AgreementState.DRAFT}, True, False, False),
        ({"state": AgreementState.DRAFT, "edited_side": Side.VILLAGE}, False, True, False),
        ({"state": AgreementState.CONFIRMED}, True, True, False),
        ({"state": AgreementState.SIGNED}, False, False, True),
    ],
)
def test_an_agreement_is_a_card_for_both_sides(desk, fields, unit_is_next, village_is_next, is_done):
    state = PairingState.SIGNED if is_done else PairingState.NEGOTIATING
    pairing = factories.pairing(desk.round, desk.units[0], desk.villages[0], state=state)
    agreement = factories.agreement(pairing, **fields)
    address = agreement.get_absolute_url()
    assert desk.cards(desk.secretary) == [(address, unit_is_next, is_done, 72)]
    assert desk.cards(desk.village_secretary) == [(address, village_is_next, is_done, 72)]


def test_the_organiser_sees_who_is_behind_with_a_person_to_call_and_no_phone(desk, client):
    client.force_login(desk.organiser)
    response = client.get(reverse("home"))
    assert [line.name for line in response.context["behind"]] == ["0村", "0局"]
    assert response.context["behind_number"] == 2
    page = response.content.decode()
    assert "王志远" in page
    assert "13912345678" not in page
    assert reverse("remind", args=[desk.round.pk]) in page


def test_a_township_sees_only_its_own_villages_and_no_button_of_the_organiser(desk, client):
    elsewhere = people.township(desk.county)
    client.force_login(people.user("township_supervisor", elsewhere))
    response = client.get(reverse("home"))
    assert response.context["behind_number"] == 0
    assert reverse("remind", args=[desk.round.pk]) not in response.content.decode()


def test_somebody_without_a_post_is_told_whom_to_ask(desk, client):
    client.force_login(people.user())
    response = client.get(reverse("home"))
    assert response.status_code == 200
    assert cards_on(response) == []
    assert "管理员" in response.content.decode()


def test_a_member_has_their_post_explained(desk, client):
    client.force_login(people.user("cadre", desk.units[0]))
    assert "查看本单位的结对村和协议" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["organiser", "secretary"])
def test_home_takes_the_same_queries_whatever_the_rows(rows, who, client, django_assert_num_queries):
    desk = Desk(rows)
    for unit, village in zip(desk.units, desk.villages, strict=True):
        factories.agreement(factories.pairing(desk.round, unit, village))
    client.force_login(getattr(desk, who))
    client.get(reverse("home"))
    with django_assert_num_queries({"organiser": 11, "secretary": 12}[who]):
        client.get(reverse("home"))


def test_a_supervisor_counts_the_villages_of_the_township_and_the_organiser_all(desk, client):
    elsewhere = people.township(desk.county, "东镇")
    people.village(elsewhere, "东村")
    factories.directory(desk.round)
    factories.pairing(desk.round, desk.units[0], desk.villages[0], state=PairingState.SIGNED)
    figures = {}
    for who in (people.user("township_supervisor", elsewhere), desk.organiser):
        client.force_login(who)
        progress = client.get(reverse("home")).context["progress"]
        figures[who.posts[0].role] = (progress.villages.reached, progress.villages.total, progress.units.total)
    assert figures == {"township_supervisor": (0, 1, 0), "organiser": (1, 2, 1)}


def test_a_committee_sees_first_the_round_in_which_its_own_take_part(desk, client):
    later = factories.round(desk.county, number=2)
    elsewhere = people.village(people.township(desk.county, "西镇"), "界外村")
    later.newest_directory = Directory.objects.create(round=later, version=1, published_at=factories.SPRING)
    later.save()
    insert_entries(later.newest_directory, Side.VILLAGE, Organisation.objects.filter(pk=elsewhere.pk))
    town = Organisation.objects.get(path=desk.villages[0].parent_path)
    client.force_login(people.user("township_supervisor", town))
    assert client.get("/").context["round"] == desk.round


@pytest.mark.parametrize("rows", [1, 3])
def test_home_takes_twelve_queries_with_renewals_invitations_and_agreements_all_open(client, rows):
    """And with a proposal and another share that waits for an answer."""
    desk = Desk(4 * rows + 1)
    former = factories.round(desk.county, name="上一轮")
    unit, other = desk.units[:2]
    for number in range(rows):
        mine, theirs, led, helped = desk.villages[4 * number : 4 * number + 4]
        factories.pairing(former, unit, mine, state=PairingState.SIGNED)
        factories.agreement(factories.pairing(desk.round, unit, theirs))
        PairingPartner.objects.create(pairing=factories.pairing(desk.round, other, led), unit=unit, share=30)
        joined = {"state": "joined", "answered_at": factories.SPRING, "answered_by": desk.organiser, "share": 30}
        together = factories.pairing(desk.round, other, helped)
        PairingPartner.objects.create(pairing=together, unit=unit, proposed_share=40, **joined)
        factories.intention(desk.round, unit, led)
    Round.objects.filter(pk=former.pk).update(state=RoundState.CLOSED, closed_at=factories.SPRING)
    Round.objects.filter(pk=desk.round.pk).update(previous=former)
    client.force_login(desk.secretary)
    assert statements(client, reverse("home")) <= 12
    cards = cards_on(client.get(reverse("home")))
    assert len(cards) == 5 * rows
    assert {card.due_on for card in cards} == {date(2026, 4, 30), date(2026, 7, 1)}
