from members.models.floating import FloatingContact, FloatingRecord, FloatingTick
from members.models.floating_applicant import ApplicantStep, FloatingApplicant
from members.models.floating_forum import FloatingForum, ForumEntry
from members.models.floating_inquiry import FloatingInquiry
from members.models.floating_letters import GreetingBatch, GreetingLetter
from members.models.floating_reports import CheckInLink, FloatingDeed, HalfYearReport
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.reading import PersonalReading

__all__ = [
    "ApplicantStep",
    "CheckInLink",
    "FloatingApplicant",
    "FloatingContact",
    "FloatingDeed",
    "FloatingForum",
    "FloatingInquiry",
    "FloatingRecord",
    "FloatingTick",
    "ForumEntry",
    "GreetingBatch",
    "GreetingLetter",
    "HalfYearReport",
    "Household",
    "Member",
    "Person",
    "PersonPair",
    "PersonalReading",
    "Registration",
]
