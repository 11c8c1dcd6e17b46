"""The public board and the directory: equal to the tables at once, for everybody, and without personal data."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.figures.statistics import computed, revision, statistics
from pairing.states import PairingState, RoundState
from pairing.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


class Town:
    """Two villages, one of them weak, and two units in an open round."""

    def __init__(self):
        self.county = people.county()
        town = people.township(self.county, "金碧镇")
        contact = {"contact_name": "龙贵金", "contact_phone": "13912345678"}
        self.weak = people.village(town, "马岭村", classes=["weak"], **contact)
        self.other = people.village(people.township(self.county, "中坪镇"), "桃坪村", **contact)
        self.agency = people.unit(self.county, "林业局", **contact)
        self.bank = people.unit(self.county, "农商行", kind=Kind.FINANCIAL_INSTITUTION, **contact)
        self.round = factories.round(self.county)
        factories.directory(self.round)

    def figures(self):
        return statistics(self.round, revision(self.round))


@pytest.fixture
def town():
    return Town()


def triples(tallies):
    return {name: (tally.total, tally.reached, tally.signed) for name, tally in tallies}


@pytest.mark.clause("SH-33")
def test_figures_by_area_class_and_kind(town):
    factories.pairing(town.round, town.agency, town.weak, state=PairingState.SIGNED)
    factories.pairing(town.round, town.bank, town.weak)
    factories.pairing(town.round, town.bank, town.other, state=PairingState.RELEASED)
    figures = town.figures()
    assert triples(figures.by_area) == {"金碧镇": (1, 1, 1), "中坪镇": (1, 0, 0)}
    assert triples((key, tally) for key, tally in figures.classes.items()) == {"weak": (1, 1, 1), "": (1, 0, 0)}
    assert triples(figures.kinds.items()) == {Kind.AGENCY: (1, 1, 1), Kind.FINANCIAL_INSTITUTION: (1, 1, 0)}
    assert (figures.villages.total, figures.villages.reached, figures.villages.missing) == (2, 1, 1)


@pytest.mark.clause("SH-33")
def test_whatever_happens_the_figures_equal_the_tables_at_once(town):
    def check():
        assert town.figures() == computed(town.round)

    check()
    pairing = factories.pairing(town.round, town.agency, town.weak)
    check()
    pairing.state = PairingState.RELEASED
    pairing.save()
    factories.pairing(town.round, town.bank, town.other)
    check()
    people.village(town.county, "新村")
    factories.directory(town.round)
    check()
    assert town.figures().villages.total == 3


def test_an_unchanged_round_is_not_counted_again(town, django_assert_num_queries):
    town.figures()
    with django_assert_num_queries(1):
        town.figures()


@pytest.mark.clause("SH-33")
def test_anybody_reads_the_board_and_no_personal_data_stands_on_it(town, client):
    factories.pairing(town.round, town.agency, town.weak, state=PairingState.SIGNED)
    for name in ("board", "directory", "board_wall"):
        response = client.get(reverse(name, args=[town.round.pk]))
        assert response.status_code == 200
        page = response.content.decode()
        assert "龙贵金" not in page
        assert "139" not in re.sub(r'csrf[^>]*>|value="[^"]*"', "", page)
    page = client.get(reverse("board", args=[town.round.pk])).content.decode()
    assert "马岭村" in page
    assert "林业局" in page


@pytest.mark.parametrize("state", [RoundState.DRAFT])
def test_a_round_that_is_not_open_is_not_on_the_board(state, client):
    round = factories.round(people.county(), state=state, name="尚未开启的一轮")
    assert client.get(reverse("board", args=[round.pk])).status_code == 404
    assert client.get(reverse("directory", args=[round.pk])).status_code == 404
    assert "尚未开启的一轮" not in client.get(reverse("board_index")).content.decode()


@pytest.mark.clause("SH-33")
def test_the_figures_are_sent_again_only_when_something_changed(town, client):
    address = reverse("board", args=[town.round.pk])
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "figures"}
    first = client.get(address, **asked)
    again = client.get(address, **asked, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (first.status_code, again.status_code) == (200, 304)
    factories.pairing(town.round, town.agency, town.weak)
    changed = client.get(address, **asked, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert changed.content != first.content
    town.round.milestones.filter(key="signing").update(on="2026-07-15")
    assert client.get(address, **asked, HTTP_IF_NONE_MATCH=changed["ETag"]).status_code == 200


def test_the_list_of_the_board_can_be_narrowed_by_progress(town, client):
    factories.pairing(town.round, town.agency, town.weak, state=PairingState.SIGNED)
    response = client.get(reverse("board", args=[town.round.pk]), {"stage": "signed"})
    assert [line.name for line in response.context["table"].data.data] == ["马岭村"]
    response = client.get(reverse("board", args=[town.round.pk]), {"stage": "nobody", "place": "中坪镇"})
    assert [line.name for line in response.context["table"].data.data] == ["桃坪村"]


@pytest.mark.parametrize(("rows", "pairings"), [(1, 1), (3, 3)])
def test_the_board_takes_the_same_queries_whatever_the_rows(rows, pairings, client, django_assert_num_queries):
    county = people.county()
    round = factories.round(county)
    sides = [(people.unit(county), people.village(people.township(county))) for _ in range(rows)]
    factories.directory(round)
    for unit, village in sides[:pairings]:
        factories.pairing(round, unit, village)
    address = reverse("board", args=[round.pk])
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_takes_the_same_queries_whatever_the_rows(rows, client, django_assert_num_queries):
    county = people.county()
    round = factories.round(county)
    people.unit(county)
    for _ in range(rows):
        people.need(people.village(people.township(county)))
    factories.directory(round)
    client.get(reverse("directory", args=[round.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("directory", args=[round.pk]))


@pytest.mark.clause("SH-29")
def test_the_directory_is_public_marks_weak_villages_and_finds_them(town, client):
    people.need(town.weak, "修水渠", takes_money=True)
    address = reverse("directory", args=[town.round.pk])
    page = client.get(address).content.decode()
    assert "经济薄弱村" in page
    assert "修水渠" in page
    found = {
        "mlc": ["马岭村"],
        "岭": ["马岭村"],
        "没有": [],
    }
    for query, names in found.items():
        response = client.get(address, {"q": query})
        assert [line.name for line in response.context["table"].data.data] == names
    narrowed = client.get(address, {"village_class": "weak", "money": "1", "place": "金碧镇"})
    assert [line.name for line in narrowed.context["table"].data.data] == ["马岭村"]


@pytest.mark.clause("SH-29")
def test_an_earlier_version_stays_readable_and_the_newer_says_what_changed(town, client):
    people.village(town.county, "新村")
    town.other.closed_on = "2026-04-01"
    town.other.save()
    factories.directory(town.round)
    address = reverse("directory", args=[town.round.pk])
    newest = client.get(address)
    assert newest.context["changes"] == {"added": ["新村"], "left_out": ["桃坪村"]}
    assert newest.context["shown"].version == 2
    first = client.get(address, {"version": "1"})
    assert {line.name for line in first.context["table"].data.data} == {"马岭村", "桃坪村"}
    assert client.get(address, {"version": "9"}).status_code == 404
