from office.models.files import StoredFile
from office.models.jobs import Job
from office.models.messages import Message, Receipt
from office.models.rosters import RosterChange, RosterImport, RosterRow, RosterSheet
from office.models.word import WordTemplate

__all__ = [
    "Job",
    "Message",
    "Receipt",
    "RosterChange",
    "RosterImport",
    "RosterRow",
    "RosterSheet",
    "StoredFile",
    "WordTemplate",
]
