"""Every page of the directory and of the people opens for whom it is meant, and does not exist for others."""

import pytest
from django.urls import reverse

from organisations.tests import factories

pytestmark = pytest.mark.django_db


def test_pages_of_the_directory_open_for_the_organiser(world, signed_in):
    factories.facts(world.village, 2025, households=300)
    factories.need(world.village)
    factories.strength(world.unit)
    client = signed_in(world.organiser)
    addresses = [
        reverse("organisations"),
        reverse("villages"),
        reverse("units"),
        *(reverse("organisation", args=[o.pk]) for o in (world.county, world.dept, world.village, world.unit)),
        *(
            reverse(name, args=[world.township.pk])
            for name in (
                "add_organisation",
                "edit_organisation",
                "move_organisation",
                "close_organisation",
                "add_alias",
            )
        ),
        reverse("add_facts", args=[world.village.pk]),
        reverse("edit_facts", args=[world.village.pk, 2025]),
        reverse("edit_needs", args=[world.village.pk]),
        reverse("edit_strengths", args=[world.unit.pk]),
        reverse("edit_contact", args=[world.unit.pk]),
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_pages_of_the_people_open_for_the_organiser(world, signed_in):
    post = world.unit_secretary.posts[0]
    client = signed_in(world.organiser)
    addresses = [
        reverse("users"),
        reverse("invite") + f"?at={world.unit.pk}",
        reverse("user", args=[world.unit_secretary.pk]),
        reverse("appoint", args=[world.unit_secretary.pk]),
        reverse("end_appointment", args=[post.pk]),
        reverse("hand_over", args=[post.pk]),
        reverse("hand_over_to_new", args=[post.pk]),
        reverse("me"),
        reverse("roles"),
        reverse("search"),
        reverse("history", args=["organisations.user", world.unit_secretary.pk]),
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_a_number_that_no_village_has_is_refused_in_a_sentence_of_ours(world, signed_in):
    address = reverse("add_facts", args=[world.village.pk])
    page = signed_in(world.organiser).post(address, {"year": 2025, "households": "9999999999"}).text
    assert "请核对：一个村不会超过 100000。" in page
    assert "2147483647" not in page
    assert not world.village.facts.exists()


def test_who_sees_a_unit_from_within_is_led_to_its_pairings(world, signed_in):
    page = signed_in(world.unit_secretary).get(reverse("organisation", args=[world.unit.pk])).text
    assert f"{reverse('pairings')}?q=" in page
