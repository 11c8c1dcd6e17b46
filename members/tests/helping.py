"""A county under a scheme, with a unit that is paired with a village, and people on both sides."""

from dataclasses import dataclass
from datetime import timedelta

from members.kinds import Mark, Rank
from members.models import Household, Member, Person
from members.tests import factories
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing, Round
from pairing.tests import factories as pairs
from pairing.tests.factories import SPRING

LATER = SPRING + timedelta(days=10)


@dataclass
class Place:
    county: Organisation
    town: Organisation
    village: Organisation
    next_village: Organisation
    unit: Organisation
    round: Round
    pairing: Pairing
    organiser: User
    secretary: User
    village_secretary: User
    cadre: User
    stranger: User
    helper: Member
    needy_member: Member
    needy_person: Person
    household: Household
    elsewhere: Household


def place_under(scheme: str) -> Place:
    """The helper is a section-level cadre in service; the household is surveyed and has a wish."""
    county = people.county()
    town = people.township(county)
    village, next_village = people.village(town, "马岭村"), people.village(town, "东村")
    unit = people.unit(county, "林业局")
    made = pairs.round(county, scheme=scheme)
    cadre = people.user("cadre", unit, name="陈光")
    marks = [Mark.IN_SERVICE, Mark.ABLE_TO_HELP]
    told = {"surveyed_on": SPRING.date(), "wish": "想养蜂", "wished_on": SPRING.date()}
    return Place(
        county=county,
        town=town,
        village=village,
        next_village=next_village,
        unit=unit,
        round=made,
        pairing=pairs.pairing(made, unit, village, state="signed"),
        organiser=people.user("organiser", people.organisation_dept(county)),
        secretary=people.user("branch_secretary", unit, name="王志远"),
        village_secretary=people.user("village_secretary", village, name="李桂兰"),
        cadre=cadre,
        stranger=people.user("organiser", people.county("白水县")),
        helper=factories.member(unit, "陈光", user=cadre, rank=Rank.SECTION, marks=marks),
        needy_member=factories.member(village, "汤文金", marks=[Mark.NEEDY], rank=""),
        needy_person=factories.person(village, "卢桂英"),
        household=factories.household(village, "任福林", **told),
        elsewhere=factories.household(next_village, "田云华", **told),
    )
