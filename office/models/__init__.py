from office.models.channels import ChannelChoice, GroupChannel, Robot
from office.models.files import StoredFile
from office.models.jobs import Job
from office.models.messages import Message, Receipt
from office.models.outbox import Attempt, DigestPart, Outgoing
from office.models.rosters import RosterChange, RosterImport, RosterRow, RosterSheet
from office.models.word import WordTemplate

__all__ = [
    "Attempt",
    "ChannelChoice",
    "DigestPart",
    "GroupChannel",
    "Job",
    "Message",
    "Outgoing",
    "Receipt",
    "Robot",
    "RosterChange",
    "RosterImport",
    "RosterRow",
    "RosterSheet",
    "StoredFile",
    "WordTemplate",
]
