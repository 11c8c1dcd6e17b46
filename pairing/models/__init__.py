from pairing.models.agreement import Agreement, AgreementScan, Commitment, NegotiationNote, Signature
from pairing.models.choosing import SelectionBatch, VillagersChoice
from pairing.models.consortium import PairingPartner
from pairing.models.course import Ending, RenewalAnswer, Responsible, Takeover
from pairing.models.market import Decision, Intention, Pairing
from pairing.models.round import Directory, DirectoryEntry, Milestone, Round, Scheme, SchemeVersion

__all__ = [
    "Agreement",
    "AgreementScan",
    "Commitment",
    "Decision",
    "Directory",
    "DirectoryEntry",
    "Ending",
    "Intention",
    "Milestone",
    "NegotiationNote",
    "Pairing",
    "PairingPartner",
    "RenewalAnswer",
    "Responsible",
    "Round",
    "Scheme",
    "SchemeVersion",
    "SelectionBatch",
    "Signature",
    "Takeover",
    "VillagersChoice",
]
