"""Secondments, liaison officers, trainings, double training, zones and services, as those see them who keep them."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse

from core.refusals import Refused
from members import figures
from members.actions import postings as acts
from members.actions import zones
from members.kinds import Mark
from members.models import Advancement, CentreService, Liaison, Secondment, Training, Zone
from members.tests import factories
from organisations.kinds import FacilityKind
from organisations.tests import factories as people
from pairing.tests import factories as pairs
from pairing.tests.factories import SPRING
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db
SPRING_DAY = SPRING.date()


@pytest.fixture
def place():
    county = people.county()
    town = people.township(county)
    village, unit = people.village(town, "马岭村"), people.unit(county, "林业局")
    return SimpleNamespace(
        county=county,
        town=town,
        village=village,
        unit=unit,
        member=factories.member(unit, "陈光"),
        villager=factories.member(village, "汤文金"),
        organiser=people.user("organiser", county),
        secretary=people.user("branch_secretary", unit),
        village_secretary=people.user("village_secretary", village),
        stranger=people.user("organiser", people.county("白水县")),
    )


def seconded(place, **changes) -> Secondment:
    values = {
        "by": place.secretary,
        "member": place.member,
        "host": place.village,
        "kind": "young_cadre",
        "direction": "down",
        "post": "村党支部副书记",
        "since": date(2026, 1, 1),
        "until": date(2026, 12, 31),
        "at": SPRING,
    }
    return acts.second(**values | changes)


@pytest.mark.clause("AH-20", "AH-32", "XC-07")
def test_a_secondment_is_seen_by_both_sides_and_ended_by_either(place):
    made = seconded(place)
    assert (made.sender, made.host, made.recorded_by) == (place.unit, place.village, place.secretary)
    for user, sees in ((place.organiser, 1), (place.secretary, 1), (place.village_secretary, 1), (place.stranger, 0)):
        assert Secondment.objects.visible_to(user).count() == sees
    ended = acts.end_secondment(by=place.village_secretary, secondment=made, on=date(2026, 6, 30))
    assert ended.until == date(2026, 6, 30)
    with pytest.raises(Refused):
        acts.end_secondment(by=place.stranger, secondment=made, on=date(2026, 5, 1))
    assert Secondment.objects.get().until == date(2026, 6, 30)


@pytest.mark.parametrize("kind", Secondment.Kind.values)
@pytest.mark.clause("AH-32")
def test_the_five_kinds_of_persons(place, kind):
    assert seconded(place, kind=kind).get_kind_display()


def test_nobody_works_in_two_places_at_once_nor_at_home(place):
    seconded(place)
    for changes in (
        {"since": date(2026, 12, 31), "until": None},
        {"since": date(2025, 1, 1), "until": date(2026, 1, 1)},
        {"host": place.unit, "since": date(2027, 1, 1), "until": None},
        {"by": place.stranger, "since": date(2027, 1, 1), "until": None},
    ):
        with pytest.raises(Refused):
            seconded(place, **changes)
    assert Secondment.objects.count() == 1
    assert seconded(place, since=date(2027, 1, 1), until=None)


@pytest.mark.clause("AH-20")
def test_a_liaison_officer_is_of_one_of_the_two_sides(place, client):
    round = pairs.round(place.county)
    pairing = pairs.pairing(round, place.unit, place.village, state="signed")
    client.force_login(place.secretary)
    assert "1 个结对中，1 个结对尚无联络员" in client.get(reverse("liaisons")).content.decode()
    outsider = factories.member(people.unit(place.county, "水利局"), "局外人")
    with pytest.raises(Refused):
        acts.name_liaison(by=place.organiser, pairing=pairing, member=outsider, since=SPRING_DAY)
    assert not Liaison.objects.exists()
    answer = client.post(reverse("add_liaison", args=[pairing.pk]), {"member": "陈光", "since": "2026-03-24"})
    assert answer["Location"] == reverse("liaisons")
    assert Liaison.objects.get().member == place.member
    client.post(reverse("end_liaison", args=[Liaison.objects.get().pk]))
    assert not Liaison.objects.filter(until=None).exists()


def training(place, **changes) -> dict:
    return {
        "title": "果树栽培",
        "kind": "practical",
        "village": place.village,
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 3, 3),
        "sessions": 3,
        "persons": 20,
        "person_times": 55,
        "technicians": 4,
        **changes,
    }


def test_person_times_are_not_persons(place):
    made = acts.record_training(by=place.secretary, organiser=place.unit, **training(place), at=SPRING)
    assert (made.persons, made.person_times) == (20, 55)
    for changes in ({"person_times": 19}, {"person_times": 61}, {"technicians": 21}, {"ends_on": date(2026, 2, 1)}):
        with pytest.raises(IntegrityError), atomic():
            acts.record_training(by=place.secretary, organiser=place.unit, **training(place, **changes), at=SPRING)
    late = training(place, ends_on=date(2026, 12, 1))
    with pytest.raises(Refused):
        acts.record_training(by=place.secretary, organiser=place.unit, **late, at=SPRING)
    assert Training.objects.count() == 1


def test_a_training_is_recorded_on_its_page_and_errors_stand_at_their_fields(client, place):
    client.force_login(place.secretary)
    form = {**training(place), "organiser": "林业局", "village": "", "person_times": 10}
    answer = client.post(reverse("add_training"), form)
    assert "人次按每次到场计" in answer.content.decode()
    assert not Training.objects.exists()
    made = client.post(reverse("add_training"), form | {"person_times": 40})
    assert made["Location"] == Training.objects.get().get_absolute_url()
    assert "果树栽培" in client.get(made["Location"]).content.decode()


def test_double_training_marks_the_member_and_is_counted_once(place):
    for way in Advancement.Way:
        acts.record_advancement(by=place.village_secretary, member=place.villager, way=way, on=SPRING_DAY, at=SPRING)
    with pytest.raises(Refused):
        acts.record_advancement(
            by=place.village_secretary, member=place.villager, way="member_to_leader", on=SPRING_DAY, at=SPRING
        )
    assert people.reread(place.villager).marks == [Mark.PROSPERITY_LEADER]
    lines = figures.double_trainings(place.organiser, figures.year_of(2026)).lines
    assert [line.figures for line in lines] == [(1, 2), (1, 2)]


def test_statistics_count_what_is_recorded_with_denominators(client, place):
    acts.record_training(by=place.secretary, organiser=place.unit, **training(place), at=SPRING)
    seconded(place)
    assert figures.trainings(place.organiser, figures.year_of(2026)).lines[-1].figures == (1, 20, 55, 4)
    assert figures.trainings(place.organiser, figures.year_of(2025)).lines[-1].figures == (0, 0, 0, 0)
    assert figures.postings(place.organiser, figures.year_of(2026)).lines[-1].figures == (1, 0)
    assert figures.trainings(place.stranger, figures.year_of(2026)).lines[-1].figures == (0, 0, 0, 0)
    round = pairs.round(place.county)
    pairs.pairing(round, place.unit, place.village, state="signed")
    villages = {line.name: line.figures for line in figures.organisations(place.organiser).lines}["村"]
    assert villages == (1, 1, 1)
    client.force_login(place.organiser)
    assert "果树" not in client.get(f"{reverse('people_statistics')}?year=2026").content.decode()


@pytest.mark.clause("XC-09")
def test_a_zone_has_members_and_households_of_its_village_only(client, place):
    household = factories.household(place.village, "任福林")
    zone = zones.set_up_zone(by=place.village_secretary, village=place.village, kind="zone", name="东片", area="一组")
    with pytest.raises(Refused):
        zones.fill_zone(by=place.village_secretary, zone=zone, members=[place.member], households=[])
    with pytest.raises(Refused):
        zones.fill_zone(by=place.stranger, zone=zone, members=[place.villager], households=[])
    assert not zone.members.exists()
    client.force_login(place.village_secretary)
    form = {"members": [place.villager.pk], "households": [household.pk]}
    assert client.post(reverse("fill_zone", args=[zone.pk]), form)["Location"] == zone.get_absolute_url()
    assert "任福林" in client.get(zone.get_absolute_url()).content.decode()
    client.force_login(place.organiser)
    page = client.get(zone.get_absolute_url()).content.decode()
    assert ("任福林" in page, "任**" in page) == (False, True)
    client.post(reverse("close_zone", args=[zone.pk]))
    assert Zone.objects.get().closed_on is None


@pytest.mark.clause("AH-34")
def test_a_service_centre_keeps_a_log_of_what_it_did_for_how_many(client, place):
    centre = people.facility(place.town, "党员服务中心", kind=FacilityKind.SERVICE_CENTRE)
    supervisor = people.user("township_supervisor", place.town)
    client.force_login(supervisor)
    address = reverse("centre_services", args=[centre.pk])
    for kind in ("jobs", "skills", "rights"):
        client.post(address, {"kind": kind, "on": "2026-03-01", "persons": 12, "words": ""})
    assert [each.kind for each in CentreService.objects.order_by("pk")] == ["jobs", "skills", "rights"]
    assert "error-summary" in client.post(address, {"kind": "jobs", "on": "2026-03-01", "persons": 0}).content.decode()
    client.force_login(place.stranger)
    assert client.post(address, {"kind": "jobs", "on": "2026-03-01", "persons": 1}).status_code == 404
    assert CentreService.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "queries"),
    [("postings", 7), ("liaisons", 9), ("trainings", 7), ("advancements", 7), ("zones", 7), ("people_statistics", 11)],
)
def test_as_many_queries_for_one_row_as_for_three(client, place, name, queries):
    round = pairs.round(place.county)
    client.force_login(place.organiser)
    for number in range(3):
        member = factories.member(place.unit)
        seconded(place, member=member)
        pairing = pairs.pairing(round, people.unit(place.county), people.village(place.town), state="signed")
        Liaison.objects.create(pairing=pairing, member=member, since=SPRING_DAY)
        acts.record_training(by=place.secretary, organiser=place.unit, **training(place), at=SPRING)
        Advancement.objects.create(member=member, way="member_to_leader", on=SPRING_DAY)
        zones.set_up_zone(by=place.village_secretary, village=place.village, kind="zone", name=f"第{number}片", area="")
        if number != 1:
            assert statements(client, reverse(name)) == queries, number
