"""Levels of pairing: who may aid whom, whom a directory holds, who signs for a committee; and who may be late."""

from dataclasses import replace

import pytest
from django.urls import reverse

from core.refusals import Refused
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import accept, assign, open_round, prepare_round, propose, publish_directory
from pairing.actions.rounds import change_round
from pairing.figures.progress import public_progress
from pairing.levels import Level, level_of
from pairing.models import DirectoryEntry, Pairing, SchemeVersion
from pairing.schemes.reading import read_scheme
from pairing.schemes.terms import MilestoneTerm, default_terms
from pairing.states import Side
from pairing.tests import factories
from pairing.tests.factories import SPRING, SPRING_DAY
from pairing.tests.market import AFTER_APRIL, AFTER_JULY, IN_TIME, county, formed, negotiated, sign

pytestmark = pytest.mark.django_db


class City:
    """A municipality with one central district and one outer county, in an open round."""

    def __init__(self, scheme: str = "shanghai"):
        self.root = people.organisation("海市", kind=Kind.PREFECTURE)
        self.organiser = people.user("organiser", people.organisation_dept(self.root))
        self.district = people.county("静安区", parent=self.root)
        self.subdistrict = people.unit(self.district, "曹家渡街道", kind=Kind.SUBDISTRICT)
        self.county = people.county("崇明县", parent=self.root)
        self.township = people.township(self.county, "竖新镇")
        self.village = people.village(self.township, "前卫村")
        self.unit = people.unit(self.root, "市林业局")
        version = factories.scheme_version(scheme)
        terms = default_terms(version.rules, starts_on=SPRING_DAY)
        self.round = prepare_round(by=self.organiser, scheme_version=version, organiser=self.root, terms=terms)

    def open(self, **choice):
        publish_directory(by=self.organiser, round=self.round, at=SPRING, **choice)
        self.round = open_round(by=self.organiser, round=people.reread(self.round), at=SPRING)
        return self

    def listed(self) -> dict[str, set[str]]:
        lines = DirectoryEntry.objects.current(people.reread(self.round))
        return {side: set(lines.filter(side=side).values_list("name", flat=True)) for side in Side}


@pytest.mark.clause("SH-04")
@pytest.mark.parametrize(
    ("aiding", "aided", "level"),
    [
        (Kind.AGENCY, Kind.VILLAGE, Level.UNIT_VILLAGE),
        (Kind.ENTERPRISE, Kind.VILLAGE, Level.UNIT_VILLAGE),
        (Kind.SUBDISTRICT, Kind.VILLAGE, Level.UNIT_VILLAGE),
        (Kind.WORK_TEAM, Kind.VILLAGE, Level.UNIT_VILLAGE),
        (Kind.SUBDISTRICT, Kind.TOWNSHIP, Level.SUBDISTRICT_TOWNSHIP),
        (Kind.AGENCY, Kind.TOWNSHIP, Level.UNIT_TOWNSHIP),
        (Kind.COUNTY, Kind.COUNTY, Level.DISTRICT_COUNTY),
        (Kind.VILLAGE, Kind.VILLAGE, None),
        (Kind.VILLAGE, Kind.AGENCY, None),
        (Kind.AGENCY, Kind.AGENCY, None),
        (Kind.COUNTY, Kind.VILLAGE, None),
    ],
)
def test_each_pair_of_kinds_stands_at_one_level_or_none(aiding, aided, level):
    assert level_of(Organisation(kind=aiding), Organisation(kind=aided)) == level


def test_a_directory_holds_whom_the_levels_of_its_scheme_allow():
    assert City("shanghai").open().listed() == {
        Side.UNIT: {"静安区", "曹家渡街道", "市林业局"},
        Side.VILLAGE: {"崇明县", "竖新镇", "前卫村"},
    }


def test_a_scheme_of_units_and_villages_lists_nothing_else():
    assert City("xinyi").open().listed() == {Side.UNIT: {"曹家渡街道", "市林业局"}, Side.VILLAGE: {"前卫村"}}


def test_the_organiser_names_the_districts_that_aid_and_none_stands_on_both_sides(client):
    city = City()
    client.force_login(city.organiser)
    address = reverse("publish_directory", args=[city.round.pk])
    client.post(address, {"aiding": [city.county.pk], "pairing_levels": ["district_county", "unit_village"]})
    assert city.listed() == {Side.UNIT: {"崇明县", "曹家渡街道", "市林业局"}, Side.VILLAGE: {"静安区", "前卫村"}}
    both = Organisation.objects.filter(kind=Kind.COUNTY)
    with pytest.raises(Refused, match="崇明县"):
        publish_directory(by=city.organiser, round=city.round, villages=both, units=both, at=SPRING)


@pytest.mark.clause("SH-04", "SH-07")
def test_a_sub_district_and_a_township_are_paired_and_signed_by_their_own_committees():
    city = City().open()
    aiding = people.user("committee_secretary", city.subdistrict, name="沈街道")
    aided = people.user("committee_secretary", city.township, name="陆乡镇")
    sides = {"unit": city.subdistrict, "village": city.township}
    intention = propose(by=aiding, round=city.round, side=Side.UNIT, at=IN_TIME, **sides)
    pairing = accept(by=aided, intention=intention, at=IN_TIME)
    assert pairing.level == Level.SUBDISTRICT_TOWNSHIP
    with pytest.raises(Refused):
        propose(by=aided, round=city.round, side=Side.VILLAGE, at=IN_TIME, unit=city.unit, village=city.village)


def test_each_chooses_among_those_with_whom_it_may_be_paired(client):
    city = City().open()
    choices = {
        ("branch_secretary", city.unit): {"竖新镇", "前卫村"},
        ("committee_secretary", city.subdistrict): {"竖新镇", "前卫村"},
        ("committee_secretary", city.district): {"崇明县"},
    }
    for (role, place), names in choices.items():
        client.force_login(people.user(role, place))
        page = client.get(reverse("market_villages", args=[city.round.pk]))
        assert {line.name for line in page.context["table"].data.data} == names
    client.force_login(city.organiser)
    page = client.get(reverse("market_villages", args=[city.round.pk]))
    assert len(page.context["table"].data.data) == 3


def test_the_organiser_pairs_a_district_with_a_county():
    city = City().open()
    pair = {"unit": city.district, "village": city.county, "reason": "附表", "at": IN_TIME}
    assert assign(by=city.organiser, round=city.round, **pair).level == Level.DISTRICT_COUNTY


def test_what_the_scheme_does_not_pair_is_refused_with_its_levels():
    city = City().open()
    with pytest.raises(Refused, match=r"静安区.*前卫村"):
        assign(by=city.organiser, round=city.round, unit=city.district, village=city.village, reason="试", at=IN_TIME)
    assert not Pairing.objects.exists()


@pytest.mark.clause("XY-05", "TN-01")
@pytest.mark.parametrize("scheme", ["xinyi", "town"])
def test_one_unit_and_one_village_where_the_scheme_says_so(scheme):
    city = City(scheme)
    other_unit, other_village = people.unit(city.root, "市农业局"), people.village(city.township, "后卫村")
    city.open()
    first = {"unit": city.unit, "village": city.village, "reason": "试", "at": IN_TIME}
    assign(by=city.organiser, round=city.round, **first)
    for change in ({"unit": other_unit}, {"village": other_village}):
        with pytest.raises(Refused):
            assign(by=city.organiser, round=city.round, **(first | change))
    assign(by=city.organiser, round=city.round, **(first | {"unit": other_unit, "village": other_village}))
    assert Pairing.objects.count() == 2


@pytest.mark.clause("QX-02")
def test_the_limits_of_villages_do_not_count_at_townships():
    """Fourteen units go with twenty-eight townships, while each of the others has one village."""
    city = City("qianxi")
    second = people.township(city.county, "港西镇")
    city.open()
    for aided in (city.village, city.township, second):
        assign(by=city.organiser, round=city.round, unit=city.unit, village=aided, reason="试", at=IN_TIME)
    assert set(Pairing.objects.values_list("level", flat=True)) == {Level.UNIT_VILLAGE, Level.UNIT_TOWNSHIP}


def test_townships_are_counted_beside_the_villages_and_not_among_them():
    city = City().open()
    assign(by=city.organiser, round=city.round, unit=city.unit, village=city.township, reason="试", at=IN_TIME)
    figures = public_progress(people.reread(city.round), today=SPRING_DAY).statistics
    assert (figures.villages.total, figures.villages.reached) == (1, 0)
    assert {kind: (tally.total, tally.reached) for kind, tally in figures.committees.items()} == {
        Kind.COUNTY: (1, 0),
        Kind.TOWNSHIP: (1, 1),
    }


def strict(milestone: str, sides: str) -> SchemeVersion:
    """The Shanghai scheme in which only `sides` may be late with one milestone."""
    version = factories.scheme_version()
    before, after = version.text.split(f"代号: {milestone}\n")
    text = f"{before}代号: {milestone}\n{after.replace('[帮扶方, 受援方]', sides, 1)}"
    content = read_scheme(text).model_dump(mode="json")
    return SchemeVersion.objects.create(scheme=version.scheme, number=2, text=text, content=content)


def under(version: SchemeVersion):
    place = county()
    type(place.round).objects.update(scheme_version=version)
    place.round = people.reread(place.round)
    return place


def test_a_side_that_may_not_be_late_is_refused_and_the_other_is_marked():
    place = under(strict("意向", "[受援方]"))
    pair = {"round": place.round, "unit": place.unit, "village": place.village, "at": AFTER_APRIL}
    with pytest.raises(Refused, match="网上意向确认"):
        propose(by=place.secretary, side=Side.UNIT, **pair)
    intention = propose(by=place.village_secretary, side=Side.VILLAGE, **pair)
    assert intention.is_late
    with pytest.raises(Refused, match="网上意向确认"):
        accept(by=place.secretary, intention=intention, at=AFTER_APRIL)


def test_nobody_signs_late_where_nobody_may():
    place = under(strict("签约", "[]"))
    agreement = negotiated(place, formed(place))
    with pytest.raises(Refused, match="正式签约"):
        sign(place, agreement, Side.UNIT, AFTER_JULY)
    assert sign(place, agreement, Side.UNIT).signatures.count() == 1


def test_a_milestone_that_waits_for_an_event_has_no_day_until_the_organiser_knows_it(client):
    city = City("anhui")
    assert [step.name for step in public_progress(city.round, today=SPRING_DAY).waiting] == ["对建制村全覆盖"]
    client.force_login(city.organiser)
    form = client.get(reverse("edit_round", args=[city.round.pk])).context["form"]
    assert form["village_coverage_on"].value() is None
    assert "农村党员干部主题教育结束" in form["village_coverage_on"].help_text
    terms = default_terms(city.round.rules, starts_on=SPRING_DAY)
    known = MilestoneTerm("village_coverage", "对建制村全覆盖", terms.ends_on)
    changed = change_round(by=city.organiser, round=city.round, terms=replace(terms, milestones=(known,)))
    assert people.reread(changed).deadline("village_coverage").on == terms.ends_on
    assert public_progress(people.reread(changed), today=SPRING_DAY).waiting == []
