"""What follows from the sums of the kinds of entries, of a fund as of a project. Amounts in yuan."""

from decimal import Decimal
from typing import Any

from funds.kinds import RULES


class Held:
    """Has an amount for each kind of entry, called as the kind is: what was reversed is taken off."""

    receipt: Any
    transfer_in: Any
    goods: Any
    refund: Any
    transfer_out: Any

    def left(self, what: str) -> Decimal:
        """Of the money ("cash") or of the goods that were received."""
        return sum((getattr(rule, what) * getattr(self, kind) for kind, rule in RULES.items()), Decimal(0))

    @property
    def cash(self) -> Decimal:
        """What is left of the money that was received."""
        return self.left("cash")

    @property
    def goods_left(self) -> Decimal:
        """What is left of the goods that were received, by their values."""
        return self.left("goods")

    @property
    def taken(self) -> Decimal:
        """All the money that there was to spend."""
        return self.receipt + self.transfer_in

    @property
    def gone(self) -> Decimal:
        """Money given back or passed on unspent."""
        return self.refund + self.transfer_out

    @property
    def gifts(self) -> Decimal:
        """What counts as donation: money and goods that were received (SH-14)."""
        return self.receipt + self.goods


class Sums(Held):
    """As they were added up just now."""

    def __init__(self, **sums: Decimal):
        self.__dict__.update(sums)


class ProjectSums(Sums):
    """Of a project: what its fund set aside for it later was received for it as well."""

    set_aside: Decimal

    @property
    def cash(self) -> Decimal:
        return super().cash + self.left("aside")

    @property
    def taken(self) -> Decimal:
        return super().taken + self.set_aside
