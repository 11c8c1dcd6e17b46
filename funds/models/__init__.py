"""What the ledger of aid money and the projects store. Import models from here."""

from funds.models.channel import DonationChannel
from funds.models.disclosure import (
    DisclosedEntry,
    DisclosedFund,
    Disclosure,
    DisclosurePicture,
    DisclosureRules,
)
from funds.models.entry import Entry, GoodsLine, Voucher
from funds.models.feedback import NameConsent
from funds.models.fund import Fund
from funds.models.project import Project, ProjectShare
from funds.models.project_parts import ProjectMilestone, ProjectOutcome, ProjectPhoto, ProjectStep, VillagersConsent

__all__ = [
    "DisclosedEntry",
    "DisclosedFund",
    "Disclosure",
    "DisclosurePicture",
    "DisclosureRules",
    "DonationChannel",
    "Entry",
    "Fund",
    "GoodsLine",
    "NameConsent",
    "Project",
    "ProjectMilestone",
    "ProjectOutcome",
    "ProjectPhoto",
    "ProjectShare",
    "ProjectStep",
    "VillagersConsent",
    "Voucher",
]
