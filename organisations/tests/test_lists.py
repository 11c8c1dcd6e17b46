"""Lists and single pages: the same few statements however many rows, phones masked everywhere."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from organisations.models import PhoneReading
from organisations.tests import factories

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.mark.parametrize(("name", "count"), [("organisations", 7), ("villages", 7), ("units", 7), ("users", 8)])
def test_a_list_costs_the_same_with_one_and_three_rows(world, signed_in, django_assert_num_queries, name, count):
    client = signed_in(world.organiser)
    client.get(reverse(name))  # notes that somebody is there, once a minute
    with django_assert_num_queries(count):
        assert client.get(reverse(name)).status_code == 200
    for _ in range(3):
        village = factories.village(world.township, contact_phone=PHONE)
        unit = factories.unit(world.county)
        factories.user("cadre", unit)
        factories.user("village_secretary", village)
    with django_assert_num_queries(count):
        assert client.get(reverse(name)).status_code == 200


def test_the_page_of_an_organisation_costs_the_same_with_one_and_three_rows(
    world, signed_in, django_assert_num_queries
):
    client = signed_in(world.organiser)
    address = reverse("organisation", args=[world.village.pk])
    factories.facts(world.village, 2020)
    factories.need(world.village)
    client.get(address)
    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200
    for number in range(3):
        factories.facts(world.village, 2021 + number)
        factories.need(world.village, f"需求{number}")
        factories.user("village_committee", world.village)
    with django_assert_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("side=village", {"野马图村", "大沟村"}),
        ("side=unit", {"县林业局", "县粮食局"}),
        ("kind=township", {"观音洞镇", "金碧镇"}),
        ("q=ymt", {"野马图村"}),
        ("q=520522101201", {"野马图村"}),
        ("village_class=weak", {"大沟村"}),
        ("township=gyd", {"观音洞镇", "野马图村"}),
        ("tag=革命老区", {"县林业局"}),
        ("state=closed", {"县粮食局"}),
    ],
)
def test_the_list_is_filtered_by_its_address(world, signed_in, query, names):
    world.other_village.classes = ["weak"]
    world.other_village.save()
    world.unit.tags = ["革命老区"]
    world.unit.save()
    world.other_unit.closed_on = "2026-01-01"
    world.other_unit.save()
    answer = signed_in(world.organiser).get(f"{reverse('organisations')}?{query}")
    assert {row.record.name for row in answer.context["table"].rows} == names
    assert answer.context["total"] == 8


def test_a_township_in_the_filter_opens_nothing_that_one_does_not_see(world, signed_in):
    answer = signed_in(world.supervisor).get(f"{reverse('organisations')}?township={world.other_township.name}")
    assert list(answer.context["table"].rows) == []
    assert world.other_village.name not in answer.content.decode()


def test_one_branch_of_the_tree_is_a_list_of_its_own(world, signed_in):
    answer = signed_in(world.organiser).get(f"{reverse('organisations')}?under={world.township.pk}")
    assert [row.record.name for row in answer.context["table"].rows] == ["观音洞镇", "野马图村"]


def test_phones_are_masked_on_pages_and_in_exports(world, signed_in):
    world.unit.contact_phone = PHONE
    world.unit.save()
    client = signed_in(world.organiser)
    export = client.get(f"{reverse('organisations')}?export=xlsx")
    cells = [
        str(cell) for row in openpyxl.load_workbook(BytesIO(export.getvalue())).active.values for cell in row if cell
    ]
    assert "138****5678" in cells
    assert PHONE not in cells
    for address in (reverse("organisations"), reverse("organisation", args=[world.unit.pk])):
        page = client.get(address).content.decode()
        assert "138****5678" in page
        assert PHONE not in page


def test_reading_a_number_in_full_is_recorded(world, signed_in):
    world.unit.contact_phone = PHONE
    world.unit.save()
    answer = signed_in(world.organiser).post(reverse("organisation_phone", args=[world.unit.pk]))
    assert PHONE in answer.content.decode()
    reading = PhoneReading.objects.get()
    assert (reading.read_by, reading.organisation) == (world.organiser, world.unit)


@pytest.mark.parametrize("person", ["unit_secretary", "cadre", "village_secretary", "administrator"])
def test_a_number_is_not_shown_to_whoever_may_not_read_it(world, signed_in, person):
    world.unit.contact_phone = PHONE
    world.unit.save()
    client = signed_in(getattr(world, person))
    answer = client.post(reverse("organisation_phone", args=[world.unit.pk]), follow=True)
    assert PHONE not in answer.content.decode()
    assert not PhoneReading.objects.exists()


def test_the_number_of_a_person_is_recorded_too(world, signed_in):
    world.cadre.phone = PHONE
    world.cadre.save()
    client = signed_in(world.organiser)
    assert PHONE not in client.get(reverse("user", args=[world.cadre.pk])).content.decode()
    assert PHONE in client.post(reverse("user_phone", args=[world.cadre.pk])).content.decode()
    assert PhoneReading.objects.get().person == world.cadre


def test_an_administrator_reads_no_number_of_a_person(world, signed_in):
    world.cadre.phone = PHONE
    world.cadre.save()
    answer = signed_in(world.administrator).post(reverse("user_phone", args=[world.cadre.pk]), follow=True)
    assert PHONE not in answer.content.decode()
    assert not PhoneReading.objects.exists()
