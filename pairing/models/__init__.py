from pairing.models.agreement import Agreement, AgreementScan, Commitment, NegotiationNote, Signature
from pairing.models.market import Decision, Intention, Pairing
from pairing.models.round import Directory, DirectoryEntry, Milestone, Round, Scheme, SchemeVersion

__all__ = [
    "Agreement",
    "AgreementScan",
    "Commitment",
    "Decision",
    "Directory",
    "DirectoryEntry",
    "Intention",
    "Milestone",
    "NegotiationNote",
    "Pairing",
    "Round",
    "Scheme",
    "SchemeVersion",
    "Signature",
]
