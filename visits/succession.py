"""What visits hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from organisations.heirs import Pair, first_heirs
from organisations.models import User
from visits.models import HouseholdVisit, InvestmentLead


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """Visits and leads go where the rosters go: whoever keeps the households reads them."""
    for old, new in first_heirs(successions).items():
        for side in ("unit", "village"):
            for model in (HouseholdVisit, InvestmentLead):
                model.objects.filter(**{side: old}).update(**{side: new})
    return []
