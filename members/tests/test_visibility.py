"""Who sees whom, and whose names they read in full."""

from types import SimpleNamespace

import pytest
from django.db.transaction import atomic

from core.refusals import Refused
from members.actions.readings import read_in_full
from members.kinds import Mark, PairKind
from members.models import Household, Member, PersonalReading, PersonPair
from members.tests import factories
from organisations.tests import factories as people
from pairing.tests import factories as pairs
from pairing.tests.factories import SPRING

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    county = people.county()
    town = people.township(county)
    village, next_village = people.village(town, "马岭村"), people.village(town, "东村")
    unit, other_unit = people.unit(county, "林业局"), people.unit(county, "水利局")
    cadre = people.user("cadre", unit)
    helper = factories.member(unit, "陈光", user=cadre)
    needy = factories.household(village, "任福林", phone="13900009866")
    factories.helps(helper, needy)
    return SimpleNamespace(
        county=county,
        town=town,
        village=village,
        unit=unit,
        other_unit=other_unit,
        cadre=cadre,
        helper=helper,
        needy=needy,
        elsewhere=factories.household(next_village, "田云华"),
        organiser=people.user("organiser", county),
        secretary=people.user("branch_secretary", unit),
        other_secretary=people.user("branch_secretary", other_unit),
        village_secretary=people.user("village_secretary", village),
        stranger=people.user("organiser", people.county("白水县")),
    )


def seen(user) -> dict[str, bool]:
    """The households that the user sees, and whether by their full names."""
    return {each.head: each.is_near for each in Household.objects.visible_to(user).with_nearness(user)}


def test_a_household_is_seen_by_its_village_by_its_helper_and_by_those_above(place):
    assert seen(place.organiser) == {"任福林": False, "田云华": False}
    assert seen(place.village_secretary) == {"任福林": True}
    assert seen(place.cadre) == {"任福林": True}
    assert seen(place.secretary) == {"任福林": False}
    assert seen(place.other_secretary) == {}
    assert seen(place.stranger) == {}


def test_a_unit_sees_those_of_its_paired_village_masked_before_anybody_helps(place):
    round = pairs.round(place.county)
    pairs.pairing(round, place.other_unit, place.village, state="signed")
    assert seen(place.other_secretary) == {"任福林": False}


def test_whoever_stopped_helping_sees_nothing_any_more(place):
    PersonPair.objects.update(state="ended", until=people.LONG_AGO, end_reason="reassigned")
    assert seen(place.cadre) == {}
    assert seen(place.secretary) == {}


@pytest.mark.clause("SF-07", "TC-04")
def test_a_member_is_seen_where_they_work_and_where_they_live(place):
    community = people.organisation("城东社区", kind="community", parent=place.county)
    staff = people.user("village_secretary", community)
    assert place.helper not in Member.objects.visible_to(staff)
    registration = factories.registration(place.helper, community)
    assert place.helper in Member.objects.visible_to(staff)
    registration.until = people.LONG_AGO
    registration.save()
    assert place.helper not in Member.objects.visible_to(staff)


def test_the_names_of_members_in_need_are_found_by_those_who_are_near_only(place):
    needy = factories.member(place.village, "汤文金", marks=[Mark.NEEDY])
    found = Member.objects.visible_to(place.organiser).found_by("汤文")
    assert list(found) == [needy]
    assert not found.exclude(pk__in=found.readable_names(place.village_secretary)).exists()
    auditor = people.user("auditor", place.county)
    assert not Member.objects.visible_to(auditor).readable_names(auditor).found_by("汤文").exists()
    assert Member.objects.visible_to(auditor).readable_names(auditor).found_by("陈光").exists()


def test_reading_in_full_takes_a_permission_and_a_reason_and_is_recorded(place):
    for user, reason in ((place.other_secretary, "核对名册"), (place.organiser, " ")):
        with pytest.raises(Refused):
            read_in_full(by=user, record=place.needy, reason=reason, at=SPRING)
    assert not PersonalReading.objects.exists()
    for user in (place.organiser, place.village_secretary, place.cadre):
        read_in_full(by=user, record=place.needy, reason="核对名册", at=SPRING)
    assert [(each.read_by, each.reason) for each in PersonalReading.objects.order_by("pk")] == [
        (place.organiser, "核对名册"),
        (place.village_secretary, "核对名册"),
        (place.cadre, "核对名册"),
    ]


@pytest.mark.clause("SF-13", "QX-02")
def test_the_database_holds_the_two_sides_of_each_kind(place):
    rural = factories.member(place.village)
    needy = factories.person(place.village)
    factories.helps(place.unit, needy, PairKind.BRANCH_PERSON)
    factories.helps(place.helper, rural, PairKind.MEMBER_MEMBER)
    for helper, target, kind in (
        (place.unit, place.needy, PairKind.BRANCH_PERSON),
        (place.helper, place.needy, PairKind.MEMBER_MEMBER),
        (place.unit, rural, PairKind.MEMBER_PERSON),
        (place.needy, rural, PairKind.CHAIN),
    ):
        with pytest.raises(Exception, match="person_pair_two_sides_of_its_kind"), atomic():
            factories.helps(helper, target, kind)
    with pytest.raises(Exception, match="person_pair_once"), atomic():
        factories.helps(place.helper, rural, PairKind.MEMBER_MEMBER)
