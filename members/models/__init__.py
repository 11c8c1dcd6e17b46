from members.models.consent import Consent
from members.models.erasure import Erasure
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.reading import PersonalReading

__all__ = ["Consent", "Erasure", "Household", "Member", "Person", "PersonPair", "PersonalReading", "Registration"]
