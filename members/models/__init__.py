from members.models.aid import Aid, HardshipPlan
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.reading import PersonalReading

__all__ = ["Aid", "HardshipPlan", "Household", "Member", "Person", "PersonPair", "PersonalReading", "Registration"]
