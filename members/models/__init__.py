from members.models.aid import Aid, HardshipPlan
from members.models.assignment import AssignmentProposal, AssignmentRun
from members.models.consent import Consent
from members.models.erasure import Erasure
from members.models.floating import FloatingContact, FloatingRecord, FloatingTick
from members.models.floating_applicant import ApplicantStep, FloatingApplicant
from members.models.floating_forum import FloatingForum, ForumEntry
from members.models.floating_inquiry import FloatingInquiry
from members.models.floating_letters import GreetingBatch, GreetingLetter
from members.models.floating_reports import CheckInLink, FloatingDeed, HalfYearReport
from members.models.household import Household, Person
from members.models.member import Member, Registration
from members.models.pair import PersonPair
from members.models.posting import Advancement, Liaison, Secondment, Training
from members.models.reading import PersonalReading
from members.models.zone import CentreService, Zone, ZoneHousehold, ZoneMember

__all__ = [
    "Advancement",
    "Aid",
    "ApplicantStep",
    "AssignmentProposal",
    "AssignmentRun",
    "CentreService",
    "CheckInLink",
    "Consent",
    "Erasure",
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
