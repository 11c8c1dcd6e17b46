"""What the ledger of aid money stores. Import models from here."""

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

__all__ = [
    "DisclosedEntry",
    "DisclosedFund",
    "Disclosure",
    "DisclosurePicture",
    "DisclosureRules",
    "Entry",
    "Fund",
    "GoodsLine",
    "NameConsent",
    "Voucher",
]
