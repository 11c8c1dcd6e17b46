"""Coverage of a round by day: figures with denominators, the lists behind them, and nobody else's round."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.refusals import Refused
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing import rules
from pairing.figures.coverage import computed, coverage
from pairing.states import EndReason, PairingState
from pairing.tests import factories
from pairing.tests.factories import CHINA, SPRING, SPRING_DAY
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db
LATER = SPRING + timedelta(days=30)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


class City:
    """A district with a sub-district and a bank, a county with a township of two villages; one round, one before."""

    def __init__(self):
        self.root = people.organisation(name="省城市", kind=Kind.PREFECTURE)
        self.district = people.organisation("静安区", kind=Kind.COUNTY, parent=self.root)
        self.county = people.organisation("崇明县", kind=Kind.COUNTY, parent=self.root)
        self.street = people.organisation("南京西路街道", kind=Kind.SUBDISTRICT, parent=self.district)
        self.bank = people.unit(self.county, "县农商行", kind=Kind.FINANCIAL_INSTITUTION)
        self.town = people.township(self.county, "堡镇")
        self.weak = people.village(self.town, "米行村", classes=["weak"])
        self.other = people.village(self.town, "花园村")
        before = factories.round(self.root, name="第一轮", starts_on=date(2023, 3, 1), ends_on=date(2025, 12, 31))
        self.round = factories.round(self.root, previous=before)
        for round in (before, self.round):
            factories.directory(round)
        for village in (self.weak, self.other):
            factories.pairing(before, self.street, village, state=PairingState.SIGNED)


@pytest.fixture
def city():
    return City()


def triple(tally):
    return tally.total, tally.reached, tally.signed


@pytest.mark.clause("SH-07", "SH-17")
def test_each_figure_has_its_denominator_and_full_coverage_is_seen(city):
    factories.pairing(city.round, city.bank, city.weak, state=PairingState.SIGNED)
    found = computed(city.round, SPRING_DAY)
    assert triple(found.villages) == (2, 1, 1)
    assert triple(found.full_townships) == (1, 0, 0)
    assert triple(found.subdistricts) == (1, 0, 0)
    factories.pairing(city.round, city.street, city.other)
    found = computed(city.round, SPRING_DAY)
    assert triple(found.villages) == (2, 2, 1)
    assert triple(found.full_townships) == (1, 1, 0)
    assert (triple(found.subdistricts), found.subdistricts.missing) == ((1, 1, 0), 0)
    assert {name: triple(tally) for _key, name, tally in found.by_area} == {"崇明县": (2, 2, 1)}
    assert [(key, triple(tally)) for key, _name, tally in found.by_class] == [("weak", (1, 1, 1))]
    assert {key: triple(tally) for key, _name, tally in found.by_kind} == {
        Kind.FINANCIAL_INSTITUTION: (1, 1, 1), Kind.SUBDISTRICT: (1, 1, 0),
    }  # fmt: skip


@pytest.mark.clause("SH-10")
def test_own_district_and_city_wide_are_counted_apart(city):
    own_street = people.organisation("城桥街道", kind=Kind.SUBDISTRICT, parent=city.county)
    factories.directory(city.round)
    factories.pairing(city.round, own_street, city.weak)
    factories.pairing(city.round, city.street, city.weak)
    factories.pairing(city.round, city.street, city.other)
    districts = {line.district.name: (line.own, line.city_wide) for line in computed(city.round, SPRING_DAY).districts}
    assert districts == {"静安区": (0, 2), "崇明县": (1, 0)}


@pytest.mark.clause("SH-18")
def test_a_committee_below_the_number_of_the_round_before_is_short_of_its_base(city):
    factories.pairing(city.round, city.street, city.weak)
    lines = {line.committee.name: line for line in computed(city.round, SPRING_DAY).committees}
    assert (lines["静安区"].base, lines["静安区"].now, lines["静安区"].shortfall) == (2, 1, 1)
    assert (lines["崇明县"].base, lines["崇明县"].now, lines["崇明县"].shortfall) == (0, 0, 0)
    factories.pairing(city.round, city.street, city.other)
    lines = {line.committee.name: line for line in computed(city.round, SPRING_DAY).committees}
    assert lines["静安区"].shortfall == 0


def test_an_earlier_day_is_shown_as_it_stood(city):
    signed = factories.pairing(city.round, city.bank, city.weak, state=PairingState.SIGNED)
    signed.signed_on = SPRING_DAY + timedelta(days=10)
    signed.state, signed.end_reason = PairingState.ENDED, EndReason.EARLY
    signed.ended_on = SPRING_DAY + timedelta(days=20)
    signed.save()
    people.village(city.town, "新村")
    factories.directory(city.round, at=LATER)
    day = {
        days: triple(computed(city.round, SPRING_DAY + timedelta(days=days)).villages)
        for days in (-1, 0, 9, 10, 20, 30)
    }
    assert day == {-1: (0, 0, 0), 0: (2, 1, 0), 9: (2, 1, 0), 10: (2, 1, 1), 20: (2, 0, 0), 30: (3, 0, 0)}


def test_a_day_begins_and_ends_in_china(city):
    factories.pairing(city.round, city.bank, city.weak, formed_at=datetime(2026, 4, 1, 0, 30, tzinfo=CHINA))
    assert computed(city.round, date(2026, 3, 31)).villages.reached == 0
    assert computed(city.round, date(2026, 4, 1)).villages.reached == 1


def test_what_is_kept_equals_the_tables_after_every_step(city):
    day = LATER.date()
    assert coverage(city.round, day) == computed(city.round, day)
    pairing = factories.pairing(city.round, city.bank, city.weak, state=PairingState.SIGNED)
    assert coverage(city.round, day) == computed(city.round, day)
    pairing.state, pairing.ended_on, pairing.end_reason = PairingState.ENDED, SPRING_DAY, EndReason.EARLY
    pairing.save()
    assert coverage(city.round, SPRING_DAY - timedelta(days=1)).villages.reached == 0
    assert coverage(city.round, day).villages.reached == 0
    factories.pairing(city.round.previous, city.bank, city.weak, state=PairingState.SIGNED)
    assert coverage(city.round, day) == computed(city.round, day)


def test_a_number_leads_to_the_list_behind_it(city, client):
    factories.pairing(city.round, city.street, city.weak, formed_at=SPRING)
    client.force_login(people.user("organiser", people.organisation_dept(city.root)))
    page = client.get(reverse("coverage", args=[city.round.pk])).content.decode()
    assert "covered=missing" in page
    lines = client.get(reverse("coverage_lines", args=[city.round.pk]), {"side": "village", "covered": "missing"})
    assert [row.record.name for row in lines.context["table"].paginated_rows] == ["花园村"]
    reached = client.get(reverse("coverage_lines", args=[city.round.pk]), {"kind": "subdistrict", "covered": "reached"})
    assert [row.record.name for row in reached.context["table"].paginated_rows] == ["南京西路街道"]
    before = client.get(reverse("coverage_lines", args=[city.round.pk]), {"covered": "reached", "on": "2026-03-23"})
    assert before.context["table"].paginator.count == 0
    pairs = client.get(
        reverse("coverage_pairings", args=[city.round.pk]), {"committee": city.district.pk, "reach": "city_wide"}
    )
    assert [str(row.record) for row in pairs.context["table"].paginated_rows] == ["南京西路街道 → 米行村"]
    none = client.get(
        reverse("coverage_pairings", args=[city.round.pk]), {"committee": city.district.pk, "reach": "own"}
    )
    assert none.context["table"].paginator.count == 0
    assert "放宽" in none.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("2026-02-30", "「2026-02-30」不是日期"),
        ("soon", "「soon」不是日期"),
        ("2999-01-01", "2999年1月1日尚未到来"),
        ("", ""),
    ],
)
def test_a_day_that_is_none_or_lies_ahead_is_today_and_the_page_says_so(city, client, given, sentence):
    client.force_login(people.user("organiser", people.organisation_dept(city.root)))
    answer = client.get(reverse("coverage", args=[city.round.pk]), {"on": given})
    assert (answer.status_code, answer.context["day"]) == (200, answer.context["today"])
    for name in ("coverage", "coverage_lines", "coverage_pairings"):
        page = client.get(reverse(name, args=[city.round.pk]), {"on": given})
        assert (sentence in page.text, bool(page.context["doubt"])) == (True, bool(given))


@pytest.mark.parametrize("name", ["coverage", "coverage_lines", "coverage_pairings"])
def test_the_statements_of_a_page_do_not_grow_with_the_rows(city, client, name):
    client.force_login(people.user("organiser", people.organisation_dept(city.root)))
    address = reverse(name, args=[city.round.pk])
    factories.pairing(city.round, city.street, city.weak)
    one = statements(client, address)
    factories.pairing(city.round, city.street, city.other)
    factories.pairing(city.round, city.bank, city.other)
    assert statements(client, address) == one <= 12


@pytest.mark.clause("TN-01")
def test_under_one_plus_one_the_agencies_without_a_pair_are_listed_until_each_has_its_village(client):
    town = people.organisation("清河镇", kind=Kind.TOWNSHIP)
    villages = [people.village(town) for _number in range(2)]
    offices = [people.unit(town, name) for name in ("镇财政所", "镇司法所")]
    round = factories.round(town, scheme="town", villages_per_unit=1, units_per_village=1)
    factories.directory(round)
    client.force_login(people.user("organiser", people.organisation_dept(town)))

    def without_a_pair():
        asked = {"kind": "agency", "covered": "missing"}
        answer = client.get(reverse("coverage_lines", args=[round.pk]), asked)
        return [row.record.name for row in answer.context["table"].paginated_rows]

    assert without_a_pair() == ["镇财政所", "镇司法所"]
    factories.pairing(round, offices[0], villages[0])
    assert without_a_pair() == ["镇司法所"]
    with pytest.raises(Refused):
        rules.check_places(round, offices[0], villages[1])
    factories.pairing(round, offices[1], villages[1])
    assert without_a_pair() == []
