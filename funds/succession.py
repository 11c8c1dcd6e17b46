"""What funds hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from funds.models import Fund
from organisations.models import Organisation, User

Pair = tuple[Organisation, Organisation | None]


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """The ledger goes on in the hands of the first that takes the place of its keeper; what was entered stays."""
    first: dict[Organisation, Organisation] = {}
    for old, new in successions:
        if new is not None:
            first.setdefault(old, new)
    for old, new in first.items():
        if old != new:
            Fund.objects.filter(holder=old).update(holder=new)
    return []
