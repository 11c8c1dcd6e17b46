"""What the ledger of aid money stores. Import models from here."""

from funds.models.disclosure import (
    DisclosedEntry,
    DisclosedFund,
    Disclosure,
    DisclosurePicture,
    DisclosureRules,
)
from funds.models.entry import Entry, GoodsLine, Voucher
from funds.models.feedback import Feedback, NameConsent
from funds.models.fund import Fund
from funds.models.objection import Objection
from funds.models.supervision import MoneyCheck

__all__ = [
    "DisclosedEntry",
    "DisclosedFund",
    "Disclosure",
    "DisclosurePicture",
    "DisclosureRules",
    "Entry",
    "Feedback",
    "Fund",
    "GoodsLine",
    "MoneyCheck",
    "NameConsent",
    "Objection",
    "Voucher",
]
