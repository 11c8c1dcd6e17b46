"""What the ledger of aid money stores. Import models from here."""

from funds.models.entry import Entry, GoodsLine, Voucher
from funds.models.fund import Fund

__all__ = ["Entry", "Fund", "GoodsLine", "Voucher"]
