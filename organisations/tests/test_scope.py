"""Who sees what: the subtree of one's posts, and of each post only what its role permits."""

from datetime import date

import pytest

from core.refusals import Refused
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.tests import factories

pytestmark = pytest.mark.django_db


def names_visible_to(user) -> set[str]:
    return set(Organisation.objects.visible_to(user).values_list("name", flat=True))


def test_each_person_sees_the_subtree_of_the_post(world):
    everything = set(Organisation.objects.values_list("name", flat=True))
    assert names_visible_to(world.organiser) == everything  # a desk works for the committee above it
    assert names_visible_to(world.auditor) == everything
    assert names_visible_to(world.supervisor) == {"观音洞镇", "野马图村"}
    assert names_visible_to(world.village_secretary) == {"野马图村"}
    assert names_visible_to(world.unit_secretary) == {"县林业局"}
    assert names_visible_to(world.nobody) == set()


def test_a_desk_without_anything_above_it_works_for_itself_and_not_for_the_whole_forest(world):
    desk = factories.organisation("独立组织部", kind=Kind.ORGANISATION_DEPT)
    person = factories.user("organiser", desk)
    assert names_visible_to(person) == {"独立组织部"}


def test_a_permission_counts_only_where_its_post_reaches(world):
    person = factories.user("village_secretary", world.village)
    factories.appointment(person, "cadre", world.unit)
    assert person.can("village.sign", world.village)
    assert not person.can("village.sign", world.other_village)
    assert not person.can("unit.sign", world.unit)
    assert names_visible_to(person) == {"野马图村", "县林业局"}
    with pytest.raises(Refused):
        person.acting("village.sign", world.unit)


def test_with_two_posts_one_acts_in_the_nearest_that_permits(world):
    person = factories.user("township_supervisor", world.township)
    factories.appointment(person, "village_secretary", world.village)
    assert person.acting("village.edit", world.village).role == "village_secretary"
    factories.village(world.township, "另一村")
    other = Organisation.objects.get(name="另一村")
    assert person.acting("village.edit", other).role == "township_supervisor"


def test_a_person_limited_to_a_permission_sees_only_what_those_posts_see(world):
    person = factories.user("village_secretary", world.village)
    factories.appointment(person, "cadre", world.unit)
    assert names_visible_to(person.limited_to("history.read")) == {"野马图村"}
    assert names_visible_to(person) == {"野马图村", "县林业局"}


@pytest.mark.parametrize(
    ("today", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_first_and_last_day_both_count(world, today, holds):
    post = factories.appointment(world.nobody, "cadre", world.unit, since=date(2026, 3, 1), until=date(2026, 6, 30))
    assert (post in world.nobody.appointments.current(today)) is holds


def test_people_are_visible_by_their_posts_in_scope(world):
    seen = set(User.objects.visible_to(world.supervisor).values_list("name", flat=True))
    assert seen == {"周乡镇", "李桂兰"}
    assert set(User.objects.visible_to(world.nobody)) == {world.nobody}


def test_who_acts_for_a_committee_acts_for_nothing_below_it(world):
    person = factories.user("committee_secretary", world.township)
    assert person.acting("village.act", world.township).role == "committee_secretary"
    assert not person.can("village.act", world.village)
    assert not person.can("village.sign", world.village)
    mine = Organisation.objects.managed_by(person, "village.act")
    assert list(mine) == [world.township]
    assert world.village in Organisation.objects.visible_to(person)
