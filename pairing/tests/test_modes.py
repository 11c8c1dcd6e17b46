"""Forms of pairing as the schemes name them: proposed with one, the pairing keeps and shows it."""

import pytest
from django.urls import reverse

from core.refusals import Refused
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.actions import accept, propose
from pairing.models import Intention
from pairing.states import Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county

pytestmark = pytest.mark.django_db

TC_02, XC_05 = pytest.mark.clause("TC-02"), pytest.mark.clause("XC-05")


@pytest.mark.parametrize(
    ("scheme", "mode", "name", "kind"),
    [
        pytest.param("article", "village_community", "村居联合", Kind.COMMUNITY, marks=TC_02),
        pytest.param("article", "village_enterprise", "村企联合", Kind.ENTERPRISE, marks=TC_02),
        pytest.param("article", "department_village", "部门联村", Kind.AGENCY, marks=TC_02),
        pytest.param("xincheng", "urban_rural", "城乡支部", Kind.COMMUNITY, marks=XC_05),
        pytest.param("xincheng", "organ_community", "机关社区支部", Kind.AGENCY, marks=XC_05),
        pytest.param("xincheng", "village_enterprise", "村企支部", Kind.ENTERPRISE, marks=XC_05),
        pytest.param("xincheng", "association", "专业协会党组织", Kind.PROFESSIONAL_ASSOCIATION, marks=XC_05),
    ],
)
def test_a_pairing_bears_the_form_with_which_it_was_proposed(scheme, mode, name, kind, client):
    place = county(scheme=scheme)
    unit = people.unit(place.root, "结对方", kind=kind)
    secretary = people.user("branch_secretary", unit)
    factories.directory(place.round)
    pair = {"round": place.round, "unit": unit, "village": place.village, "side": Side.UNIT, "at": IN_TIME}
    with pytest.raises(Refused, match=name):
        propose(by=secretary, mode="supply_chain", **pair)
    assert not Intention.objects.exists()
    intention = propose(by=secretary, mode=mode, **pair)
    pairing = accept(by=place.village_secretary, intention=intention, at=IN_TIME)
    assert pairing.mode == mode
    client.force_login(secretary)
    assert name in client.get(reverse("pairing", args=[pairing.pk])).content.decode()
