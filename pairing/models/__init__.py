from pairing.models.agreement import Agreement, AgreementScan, Commitment, NegotiationNote, Signature
from pairing.models.choosing import SelectionBatch, VillagersChoice
from pairing.models.consortium import PairingPartner
from pairing.models.course import Ending, RenewalAnswer, Responsible, Takeover
from pairing.models.issue import Issue, IssueStep
from pairing.models.letter import LetterSignature, ResponsibilityLetter
from pairing.models.market import Decision, Intention, Pairing
from pairing.models.matching import MatchingRun, MatchProposal
from pairing.models.plan import Plan, PlanItem, PlanReference
from pairing.models.promise import PublicCommitment
from pairing.models.resource import ResourceEntry, ResourceExchange
from pairing.models.round import Directory, DirectoryEntry, Milestone, Round, Scheme, SchemeVersion
from pairing.models.scheme_change import SchemeChange
from pairing.models.suggestion import Suggestion
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
    "Issue",
    "IssueStep",
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
    "ResourceEntry",
    "ResourceExchange",
    "ResponsibilityLetter",
    "Responsible",
    "Round",
    "Scheme",
    "SchemeChange",
    "SchemeVersion",
    "SelectionBatch",
    "Signature",
    "Suggestion",
    "Takeover",
    "Target",
    "TargetYear",
    "TaskProposal",
    "VillagersChoice",
]
