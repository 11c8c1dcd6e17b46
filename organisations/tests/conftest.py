"""A county with its organisation department, two townships, and what lies below."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache

from organisations.models import Organisation, User
from organisations.tests import factories


@dataclass
class World:
    county: Organisation
    dept: Organisation
    township: Organisation
    other_township: Organisation
    village: Organisation
    other_village: Organisation
    unit: Organisation
    other_unit: Organisation
    organiser: User
    administrator: User
    auditor: User
    supervisor: User
    unit_secretary: User
    village_secretary: User
    cadre: User
    nobody: User


@pytest.fixture
def world(db) -> World:
    county = factories.county("青山县", division_code="520522")
    dept = factories.organisation_dept(county, "县委组织部")
    township = factories.township(county, "观音洞镇")
    other_township = factories.township(county, "金碧镇")
    village = factories.village(township, "野马图村", division_code="520522101201")
    other_village = factories.village(other_township, "大沟村")
    unit = factories.unit(county, "县林业局")
    other_unit = factories.unit(county, "县粮食局")
    return World(
        county=county,
        dept=dept,
        township=township,
        other_township=other_township,
        village=village,
        other_village=other_village,
        unit=unit,
        other_unit=other_unit,
        organiser=factories.user("organiser", dept, name="赵组织"),
        administrator=factories.user("administrator", county, name="钱管理"),
        auditor=factories.user("auditor", county, name="孙审计"),
        supervisor=factories.user("township_supervisor", township, name="周乡镇"),
        unit_secretary=factories.user("branch_secretary", unit, name="王志远"),
        village_secretary=factories.user("village_secretary", village, name="李桂兰"),
        cadre=factories.user("cadre", unit, name="吴干部"),
        nobody=factories.user(name="无岗位"),
    )


@pytest.fixture
def signed_in(client):
    """The test client as this person."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _no_counted_attempts():
    """Throttles count in Redis; no test inherits another's attempts."""
    cache.clear()
