from members.models.aid import Aid, HardshipPlan
from members.models.assignment import AssignmentProposal, AssignmentRun
from members.models.consent import Consent
from members.models.erasure import Erasure
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.posting import Advancement, Liaison, Secondment, Training
from members.models.reading import PersonalReading
from members.models.zone import CentreService, Zone, ZoneHousehold, ZoneMember

__all__ = [
    "Advancement",
    "Aid",
    "AssignmentProposal",
    "AssignmentRun",
    "CentreService",
    "Consent",
    "Erasure",
    "HardshipPlan",
    "Household",
    "Liaison",
    "Member",
    "Person",
    "PersonPair",
    "PersonalReading",
    "Registration",
    "Secondment",
    "Training",
    "Zone",
    "ZoneHousehold",
    "ZoneMember",
]
