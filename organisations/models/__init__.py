from organisations.models.organisation import Alias, Need, Organisation, Strength, VillageFacts
from organisations.models.people import Appointment, Invitation, PhoneReading, User

__all__ = [
    "Alias",
    "Appointment",
    "Invitation",
    "Need",
    "Organisation",
    "PhoneReading",
    "Strength",
    "User",
    "VillageFacts",
]
