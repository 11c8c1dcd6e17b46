import pytest
from django.urls import reverse

from organisations.kinds import Resource
from organisations.tests import factories as people
from pairing.figures import interest
from pairing.models import Decision, Intention, Pairing
from pairing.states import IntentionState, PairingState, Side
from pairing.tests import factories
from pairing.tests.market import county, formed, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return county()


@pytest.fixture
def other():
    return county("绿水县")


def sign_in(client, user):
    client.force_login(user)
    return client


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def test_a_unit_finds_villages_and_those_that_fit_come_first(client, place):
    fitting = people.village(place.townships[0], "长水村")
    people.need(fitting, "果树嫁接", Resource.TECHNOLOGY)
    factories.directory(place.round)
    rows = page(sign_in(client, place.secretary), "market_villages", place.round.pk).context["table"].rows
    assert [row.record.name for row in rows] == ["长水村", "青山县马岭村"]


@pytest.mark.parametrize("few", [0, 500])
def test_whoever_has_nobody_comes_first_however_many_they_are(client, place, few, monkeypatch):
    monkeypatch.setattr(interest, "FEW", few)
    sign_in(client, place.organiser)

    def names():
        rows = page(client, "market_villages", place.round.pk).context["table"].rows
        return [row.record.name for row in rows]

    long_water, high_field = (people.village(place.townships[0], name) for name in ("长水村", "高田村"))
    factories.directory(place.round)
    assert names() == ["青山县马岭村", "长水村", "高田村"]
    for village, expected in (
        (place.village, ["长水村", "高田村", "青山县马岭村"]),
        (high_field, ["长水村", "青山县马岭村", "高田村"]),
        (long_water, ["青山县马岭村", "长水村", "高田村"]),
    ):
        pairing = factories.pairing(place.round, people.unit(place.root), village)
        assert names() == expected
    pairing.state = PairingState.RELEASED
    pairing.save()
    assert names() == ["长水村", "青山县马岭村", "高田村"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["青山县马岭村", "长水村", "高田村"]),
        ({"q": "csc"}, ["长水村"]),
        ({"village_class": "weak"}, ["青山县马岭村"]),
        ({"need": "education"}, ["长水村"]),
        ({"money": "yes"}, ["青山县马岭村"]),
        ({"money": "no"}, ["长水村"]),
        ({"standing": "alone"}, ["高田村"]),
        ({"standing": "unpaired"}, ["长水村", "高田村"]),
        ({"interest": "1"}, ["长水村"]),
        ({"interest": "2"}, []),
        ({"area": "北镇"}, ["高田村"]),
    ],
)
def test_villages_are_filtered(client, place, query, found):
    long_water = people.village(place.townships[0], "长水村")
    people.need(long_water, "支教", Resource.EDUCATION, takes_money=False)
    people.village(people.township(place.root, "北镇"), "高田村")
    factories.directory(place.round)
    formed(place)
    factories.intention(place.round, place.unit, long_water)
    rows = page(sign_in(client, place.organiser), "market_villages", place.round.pk, **query).context["table"].rows
    assert sorted(row.record.name for row in rows) == sorted(found)


def test_a_village_finds_units_by_kind_and_strength(client, place):
    school = people.unit(place.root, "师范学院", kind="university")
    people.strength(school, "支教", Resource.EDUCATION)
    factories.directory(place.round)
    sign_in(client, place.village_secretary)
    for query in ({"kind": "university"}, {"strength": "education"}, {"q": "sfxy"}):
        rows = page(client, "market_units", place.round.pk, **query).context["table"].rows
        assert [row.record.name for row in rows] == ["师范学院"]


@pytest.mark.parametrize("name", ["market_villages", "market_units"])
def test_the_market_asks_the_database_as_often_for_one_row_as_for_three(client, place, name):
    url = reverse(name, args=[place.round.pk])
    assert statements(sign_in(client, place.secretary), url) == MARKET_QUERIES
    for number in range(2):
        people.need(people.village(place.townships[0]), f"需求{number}")
        people.strength(people.unit(place.root), f"特长{number}")
    factories.directory(place.round)
    assert statements(client, url) == MARKET_QUERIES
    assert len(client.get(url).context["table"].rows) == 3


MARKET_QUERIES = 12


def test_a_proposal_is_made_on_the_page_of_the_village(client, place):
    url = reverse("market_village", args=[place.round.pk, place.village.pk])
    response = sign_in(client, place.secretary).post(url, {"party": place.unit.pk, "words": "愿意帮助"}, follow=True)
    intention = Intention.objects.get()
    assert response.redirect_chain == [(reverse("intention", args=[intention.pk]), 302)]
    assert (intention.unit, intention.village, intention.words) == (place.unit, place.village, "愿意帮助")


def test_a_forged_unit_proposes_nothing(client, place, other):
    url = reverse("market_village", args=[place.round.pk, place.village.pk])
    for forged in (other.unit.pk, place.village.pk, 10**9):
        response = sign_in(client, place.secretary).post(url, {"party": forged, "words": ""})
        assert response.context["form"].errors
    assert not Intention.objects.exists()


def test_a_refused_proposal_shows_its_sentence_and_keeps_the_words(client, place):
    rival = people.unit(place.root, "水利局")
    factories.directory(place.round)
    type(place.round).objects.update(open_proposals_per_village=1)
    factories.intention(place.round, rival, place.village)
    url = reverse("market_village", args=[place.round.pk, place.village.pk])
    response = sign_in(client, place.secretary).post(url, {"party": place.unit.pk, "words": "愿意帮助"})
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]
    assert "愿意帮助" in response.content.decode()
    assert Intention.objects.count() == 1


@pytest.mark.parametrize(("verb", "state"), [("accept", IntentionState.ACCEPTED), ("decline", IntentionState.DECLINED)])
def test_the_village_answers_on_the_page_of_the_proposal(client, place, verb, state):
    intention = factories.intention(place.round, place.unit, place.village, words="愿意帮助")
    url = intention.get_absolute_url()
    assert "愿意帮助" in sign_in(client, place.village_secretary).get(url).content.decode()
    client.post(url, {"verb": verb, "words": "好"})
    assert Intention.objects.get().state == state
    assert Pairing.objects.exists() is (verb == "accept")


def test_strangers_find_neither_the_round_nor_the_proposal(client, place, other):
    intention = factories.intention(place.round, place.unit, place.village)
    colleague = people.user("branch_secretary", people.unit(place.root, "水利局"))
    neighbour = people.user("village_secretary", people.village(place.townships[0], "长水村"))
    for stranger in (other.secretary, other.village_secretary, other.organiser, people.user()):
        sign_in(client, stranger)
        for name, args in (
            ("market_villages", [place.round.pk]),
            ("market_units", [place.round.pk]),
            ("market_village", [place.round.pk, place.village.pk]),
            ("market_unit", [place.round.pk, place.unit.pk]),
        ):
            assert page(client, name, *args).status_code == 404
    for stranger in (other.secretary, other.organiser, colleague, neighbour, people.user()):
        sign_in(client, stranger)
        assert client.get(intention.get_absolute_url()).status_code == 404
        assert client.post(intention.get_absolute_url(), {"verb": "accept", "words": ""}).status_code == 404
        assert page(client, "intentions").context["table"].rows.__len__() == 0
    assert Intention.objects.get().state == IntentionState.PROPOSED


def test_nobody_signed_in_is_sent_to_sign_in(client, place):
    response = page(client, "market_villages", place.round.pk)
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


def test_the_organiser_sees_clashes_and_gaps(client, place):
    rival = people.unit(place.root, "水利局")
    alone = people.village(place.townships[0], "长水村")
    factories.directory(place.round)
    for unit in (place.unit, rival):
        factories.intention(place.round, unit, place.village)
    sign_in(client, place.organiser)

    def names(response):
        return [row.record.name for row in response.context["table"].rows]

    assert names(page(client, "clashes", place.round.pk)) == [place.village.name]
    assert set(names(page(client, "gaps", place.round.pk))) == {alone.name, place.village.name}
    assert set(names(page(client, "gaps", place.round.pk, side=Side.UNIT))) == {place.unit.name, rival.name}


def test_the_organiser_decides_a_clash_on_the_page_of_the_village(client, place):
    rival = people.unit(place.root, "水利局")
    factories.directory(place.round)
    chosen = factories.intention(place.round, place.unit, place.village)
    factories.intention(place.round, rival, place.village)
    url = reverse("decide", args=[place.round.pk, place.village.pk])
    sign_in(client, place.organiser)
    assert client.get(url).status_code == 200
    client.post(url, {"verb": "prefer", "intention": chosen.pk, "reason": "需求相符", "seen": 0})
    assert (Pairing.objects.get().unit, Decision.objects.get().reason) == (place.unit, "需求相符")
    response = client.post(url, {"verb": "assign", "unit": rival.pk, "reason": "再加一家", "seen": 0})
    assert [message.level_tag for message in response.context["messages"]][-1] == "error"
    assert Pairing.objects.count() == 1


def test_nobody_but_the_organiser_decides(client, place, other):
    pairing = formed(place)
    for person in (place.secretary, place.village_secretary, other.organiser, people.user("auditor", place.root)):
        sign_in(client, person)
        for name, args in (
            ("clashes", [place.round.pk]),
            ("gaps", [place.round.pk]),
            ("decide", [place.round.pk, place.village.pk]),
            ("release_pairing", [pairing.pk]),
        ):
            url = reverse(name, args=args)
            assert client.get(url).status_code == 404
            data = {"verb": "assign", "unit": place.unit.pk, "reason": "因", "seen": 0}
            assert client.post(url, data).status_code in (404, 405)
    assert not Decision.objects.exists()
    assert Pairing.objects.get().state == "negotiating"


def test_the_organiser_releases_with_a_reason(client, place):
    pairing = formed(place)
    url = reverse("release_pairing", args=[pairing.pk])
    sign_in(client, place.organiser).post(url, {"reason": "", "seen": 0})
    assert Pairing.objects.get().state == "negotiating"
    client.post(url, {"reason": "单位撤并", "seen": 0})
    assert Pairing.objects.get().state == "released"


def test_units_to_assign_are_found_by_name_and_those_without_a_village_come_first(client, place):
    rival = people.unit(place.root, "水利局")
    factories.directory(place.round)
    formed(place)
    url = reverse("decide", args=[place.round.pk, place.village.pk])

    def offered(**query):
        choices = sign_in(client, place.organiser).get(url, query).context["assign"].fields["unit"].choices
        return [key for key, _name in choices if key]

    assert offered() == [rival.pk, place.unit.pk]
    assert offered(unit="lyj") == [place.unit.pk]


def test_the_search_finds_the_village_that_one_is_paired_with_and_no_other(client, place):
    other = people.village(place.townships[0], "马岭新村")
    sign_in(client, place.secretary)
    assert place.village.get_absolute_url() not in page(client, "search", q="马岭").content.decode()
    factories.pairing(place.round, place.unit, place.village)
    found = page(client, "search", q="马岭").content.decode()
    assert f'href="{place.village.get_absolute_url()}"' in found
    assert f'href="{other.get_absolute_url()}"' not in found
