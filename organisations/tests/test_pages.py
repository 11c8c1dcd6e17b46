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
