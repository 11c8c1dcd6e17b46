from organisations.models.facilities import Facility, FacilityHelp
from organisations.models.links import OrganisationLink
from organisations.models.mandates import Mandate
from organisations.models.organisation import Alias, Need, Organisation, Strength, VillageFacts
from organisations.models.people import Appointment, Invitation, PhoneReading, User
from organisations.models.succession import Succession, SuccessionStep

__all__ = [
    "Alias",
    "Appointment",
    "Facility",
    "FacilityHelp",
    "Invitation",
    "Mandate",
    "Need",
    "Organisation",
    "OrganisationLink",
    "PhoneReading",
    "Strength",
    "Succession",
    "SuccessionStep",
    "User",
    "VillageFacts",
]
