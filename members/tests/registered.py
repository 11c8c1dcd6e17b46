"""A county with a unit that helps and a village that is helped: what the tests of the rosters play with."""

from types import SimpleNamespace

from members.kinds import Mark
from members.tests import factories
from organisations.tests import factories as people

PHONE = "13900009866"


def registered() -> SimpleNamespace:
    county = people.county()
    town = people.township(county, "观音洞镇")
    village, next_village = people.village(town, "马岭村"), people.village(people.township(county), "东村")
    unit = people.unit(county, "林业局")
    cadre = people.user("cadre", unit)
    helper = factories.member(unit, "陈光", user=cadre, phone=PHONE, marks=[Mark.IN_SERVICE])
    needy = factories.household(village, "任福林", phone=PHONE)
    factories.helps(helper, needy)
    return SimpleNamespace(
        county=county,
        village=village,
        next_village=next_village,
        unit=unit,
        cadre=cadre,
        helper=helper,
        needy=needy,
        organiser=people.user("organiser", county),
        secretary=people.user("branch_secretary", unit),
        village_secretary=people.user("village_secretary", village),
        stranger=people.user("organiser", people.county("白水县")),
    )
