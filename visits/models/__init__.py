from visits.models.activity import Activity, Evidence, MarkedCopy, Participant, Position
from visits.models.detail import ActivityDetail
from visits.models.diary import Diary, DiaryEntry
from visits.models.finding import ANSWERING, Finding, FindingAnswer
from visits.models.household_visit import HouseholdVisit
from visits.models.lead import InvestmentLead, LeadStep
from visits.models.meeting import CommitteeMeeting
from visits.models.tally import ActivityDay, ActivityMonth

__all__ = [
    "ANSWERING",
    "Activity",
    "ActivityDay",
    "ActivityDetail",
    "ActivityMonth",
    "CommitteeMeeting",
    "Diary",
    "DiaryEntry",
    "Evidence",
    "Finding",
    "FindingAnswer",
    "HouseholdVisit",
    "InvestmentLead",
    "LeadStep",
    "MarkedCopy",
    "Participant",
    "Position",
]
