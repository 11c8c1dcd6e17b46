from pairing.models.agreement import Agreement, AgreementScan, Commitment, NegotiationNote, Signature
from pairing.models.choosing import SelectionBatch, VillagersChoice
from pairing.models.consortium import PairingPartner
from pairing.models.course import Ending, RenewalAnswer, Responsible, Takeover
from pairing.models.letter import LetterSignature, ResponsibilityLetter
from pairing.models.market import Decision, Intention, Pairing
from pairing.models.matching import MatchingRun, MatchProposal
from pairing.models.plan import Plan, PlanItem, PlanReference
from pairing.models.promise import PublicCommitment
from pairing.models.round import Directory, DirectoryEntry, Milestone, Round, Scheme, SchemeVersion
from pairing.models.target import Target, TargetYear
from pairing.models.task_proposal import TaskProposal

__all__ = [
    "Agreement",
    "AgreementScan",
    "Commitment",
    "Decision",
    "Directory",
    "DirectoryEntry",
    "Ending",
    "Intention",
    "LetterSignature",
    "MatchProposal",
    "MatchingRun",
    "Milestone",
    "NegotiationNote",
    "Pairing",
    "PairingPartner",
    "Plan",
    "PlanItem",
    "PlanReference",
    "PublicCommitment",
    "RenewalAnswer",
    "ResponsibilityLetter",
    "Responsible",
    "Round",
    "Scheme",
    "SchemeVersion",
    "SelectionBatch",
    "Signature",
    "Takeover",
    "Target",
    "TargetYear",
    "TaskProposal",
    "VillagersChoice",
]
