"""Who leads, who co-ordinates, who mobilises, who supervises: given to organisations, read by everybody below."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from organisations import actions
from organisations.kinds import Kind
from organisations.mandates import PARTS
from organisations.models import Mandate, Organisation
from organisations.tests import factories
from organisations.views.mandates import matrix

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 1)


def give(world, part: str, holder: Organisation, area: Organisation | None = None, by=None) -> Mandate:
    return actions.give_mandate(
        by=by or world.organiser, area=area or world.county, holder=holder, part=part, since=SPRING
    )


def held(area: Organisation) -> dict[str, set[str]]:
    return {row["holder"].name: set(row["held"]) for row in matrix(area)}


def test_the_parts_are_complete_data():
    assert [(key, part.clause) for key, part in PARTS.items()] == [
        ("lead", "AH-38"),
        ("coordinate", "AH-38"),
        ("mobilise", "AH-38"),
        ("organise", "TN-20"),
        ("supervise", "TN-20"),
    ]
    for part in PARTS.values():
        assert part.names.keys() == part.descriptions.keys() == {"zh", "en"}
        assert set(part.kinds) <= set(Kind.values)


@pytest.mark.clause("AH-38")
def test_the_committee_leads_its_department_coordinates_and_work_committees_mobilise(world, signed_in):
    organs = factories.organisation("县直机关工委", kind=Kind.ORGANS_WORK_COMMITTEE, parent=world.county)
    education = factories.organisation("县教育工委", kind=Kind.WORK_COMMITTEE, parent=world.county)
    assets = factories.organisation("县国资委党委", kind=Kind.PARTY_COMMITTEE, parent=world.county)
    client = signed_in(world.organiser)
    address = reverse("mandates", args=[world.county.pk])
    for part, holder in (
        ("lead", world.county),
        ("coordinate", world.dept),
        *(("mobilise", one) for one in (organs, education, assets)),
    ):
        client.post(address, {"part": part, "holder": holder.name, "since": "2026-03-01"})
    assert held(world.county) == {
        "青山县": {"lead"},
        "县委组织部": {"coordinate"},
        "县直机关工委": {"mobilise"},
        "县教育工委": {"mobilise"},
        "县国资委党委": {"mobilise"},
    }
    page = client.get(address).content.decode()
    assert [words in page for words in ("党委领导", "牵头抓总", "协调发动", "县国资委党委")] == [True] * 4


@pytest.mark.clause("TN-20")
def test_the_towns_department_organises_and_its_work_committee_supervises_the_agencies_below_it(world, signed_in):
    town_dept = factories.organisation_dept(world.township, "镇党委组织部")
    organs = factories.organisation("镇直属机关工委", kind=Kind.ORGANS_WORK_COMMITTEE, parent=world.township)
    factories.unit(organs, "镇财政所")
    factories.unit(organs, "镇国土所")
    give(world, "organise", town_dept, world.township)
    give(world, "supervise", organs, world.township)
    assert held(world.township) == {"镇党委组织部": {"organise"}, "镇直属机关工委": {"supervise"}}
    page = signed_in(world.supervisor).get(reverse("mandates", args=[world.township.pk])).content.decode()
    assert "下属机关2个" in page
    before = list(Mandate.objects.values())
    for part, holder in (("organise", organs), ("supervise", town_dept), ("supervise", world.village)):
        with pytest.raises(Refused):
            give(world, part, holder, world.township)
    assert list(Mandate.objects.values()) == before


def test_only_one_leads_and_nobody_has_a_part_twice_or_from_elsewhere(world):
    give(world, "lead", world.county)
    foreign = factories.organisation_dept(factories.county("白水县"))
    before = list(Mandate.objects.values())
    for part, holder in (("lead", world.township), ("lead", world.county), ("coordinate", foreign)):
        with pytest.raises(Refused):
            give(world, part, holder)
    with pytest.raises(Refused):
        give(world, "coordinate", world.dept, by=world.supervisor)
    assert list(Mandate.objects.values()) == before


def test_everybody_below_reads_the_matrix_and_only_keepers_change_it(world, signed_in):
    given = give(world, "coordinate", world.dept)
    address = reverse("mandates", args=[world.county.pk])
    for person in (world.village_secretary, world.cadre, world.supervisor):
        client = signed_in(person)
        assert "县委组织部" in client.get(address).content.decode()
        sent = {"part": "lead", "holder": "青山县", "since": "2026-03-01"}
        assert client.post(address, sent).status_code == 404
        assert client.post(reverse("end_mandate", args=[given.pk])).status_code == 404
    stranger = factories.user("organiser", factories.county("白水县"))
    assert signed_in(stranger).get(address).status_code == 404
    assert Mandate.objects.get() == given
    signed_in(world.organiser).post(reverse("end_mandate", args=[given.pk]))
    assert factories.reread(given).until == timezone.localdate()


def test_the_matrix_costs_the_same_for_one_and_three(world, signed_in, django_assert_num_queries):
    client = signed_in(world.organiser)
    address = reverse("mandates", args=[world.county.pk])
    give(world, "coordinate", world.dept)
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    give(world, "lead", world.county)
    give(world, "mobilise", world.unit)
    with django_assert_num_queries(7):
        client.get(address)
