"""What the ledger of aid money and the projects store. Import models from here."""

from funds.models.channel import DonationChannel
from funds.models.disclosure import (
    DisclosedEntry,
    DisclosedFund,
    Disclosure,
    DisclosurePicture,
    DisclosureRules,
)
from funds.models.entry import Entry, GoodsLine, LateVoucher, Voucher
from funds.models.feedback import Feedback, NameConsent
from funds.models.fund import Fund
from funds.models.loss import AcknowledgedLoss
from funds.models.objection import Objection
from funds.models.project import Project, ProjectShare
from funds.models.project_parts import ProjectMilestone, ProjectOutcome, ProjectPhoto, ProjectStep, VillagersConsent
from funds.models.supervision import MoneyCheck

__all__ = [
    "AcknowledgedLoss",
    "DisclosedEntry",
    "DisclosedFund",
    "Disclosure",
    "DisclosurePicture",
    "DisclosureRules",
    "DonationChannel",
    "Entry",
    "Feedback",
    "Fund",
    "GoodsLine",
    "LateVoucher",
    "MoneyCheck",
    "NameConsent",
    "Objection",
    "Project",
    "ProjectMilestone",
    "ProjectOutcome",
    "ProjectPhoto",
    "ProjectShare",
    "ProjectStep",
    "VillagersConsent",
    "Voucher",
]
