"""What funds hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from funds.models import Fund, Project
from organisations.heirs import Pair, first_heirs
from organisations.models import User
from pairing.states import RoundState


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """The ledger goes on in the hands of the first that takes the place of its keeper; what was entered stays.

    A project that goes on does so with whoever takes the place of its place or its committee.
    """
    going_on = Project.objects.open().exclude(round__state=RoundState.CLOSED)
    for old, new in first_heirs(successions).items():
        Fund.objects.filter(holder=old).update(holder=new)
        for side in ("place", "committee"):
            going_on.filter(**{side: old}).update(**{side: new})
    return []
