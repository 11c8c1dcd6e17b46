from members.models.assignment import AssignmentProposal, AssignmentRun
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.reading import PersonalReading

__all__ = [
    "AssignmentProposal",
    "AssignmentRun",
    "Household",
    "Member",
    "Person",
    "PersonPair",
    "PersonalReading",
    "Registration",
]
