"""What visits hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from organisations.models import Organisation, User
from visits.models import HouseholdVisit, InvestmentLead

Pair = tuple[Organisation, Organisation | None]


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """Visits and leads go where the rosters go: whoever keeps the households reads them."""
    first: dict[Organisation, Organisation] = {}
    for old, new in successions:
        if new is not None:
            first.setdefault(old, new)
    for old, new in first.items():
        for side in ("unit", "village") if old != new else ():
            for model in (HouseholdVisit, InvestmentLead):
                model.objects.filter(**{side: old}).update(**{side: new})
    return []
