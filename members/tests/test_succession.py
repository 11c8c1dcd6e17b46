"""A village that is merged takes its people along: rosters, helpers, zones."""

import pytest

from members.actions.zones import set_up_zone
from members.kinds import PairKind
from members.models import Household, Member, Person, PersonPair, Zone
from members.tests import factories
from organisations.actions import merge
from organisations.tests import factories as people
from pairing.tests.factories import SPRING

pytestmark = pytest.mark.django_db


def test_a_merged_village_takes_its_people_along():
    county = people.county()
    town = people.township(county)
    old, new = people.village(town, "东村"), people.village(town, "西村")
    unit = people.unit(county)
    organiser, secretary = people.user("organiser", county), people.user("village_secretary", old)
    helper, household = factories.member(unit), factories.household(old)
    pair = factories.helps(helper, household)
    past = factories.helps(
        factories.member(unit), household, state="ended", until=SPRING.date(), end_reason="reassigned"
    )
    south = people.village(town, "南村")
    villages = factories.helps(old, south, PairKind.VILLAGE_VILLAGE)
    joined = factories.helps(new, old, PairKind.VILLAGE_VILLAGE)
    doubled = factories.helps(new, south, PairKind.VILLAGE_VILLAGE)
    factories.member(old)
    factories.person(old)
    set_up_zone(by=secretary, village=old, kind="zone", name="一组", area="")
    set_up_zone(by=people.user("village_secretary", new), village=new, kind="zone", name="一组", area="")
    merge(by=organiser, organisation=old, into=new, on=SPRING.date(), reason="合村", at=SPRING)
    for model, name in ((Member, "organisation"), (Household, "village"), (Person, "village"), (Zone, "village")):
        assert not model.objects.filter(**{name: old}).exists(), model
    assert people.reread(pair).village == new
    assert people.reread(past).village == old
    assert people.reread(villages).helper_organisation == new
    assert [people.reread(each).state for each in (joined, doubled)] == ["ended", "ended"]
    assert sorted(Zone.objects.values_list("name", flat=True)) == ["一组", "东村一组"]
    assert PersonPair.objects.active().count() == 2
