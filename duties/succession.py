"""What duties hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION).

Those of a pairing and of a floating member go where these go. Those of an organisation by itself go to its successor,
with what was waived; where the successor owes the same already, or nobody follows, they lapse.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from duties.models import Duty
from duties.states import DutyState
from organisations.models import Organisation, User

Pair = tuple[Organisation, Organisation | None]


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    first: dict[Organisation, Organisation | None] = {}
    for old, new in successions:
        first.setdefault(old, new)
    for old, new in first.items():
        if new == old:
            continue
        if new is not None:
            same = {name: OuterRef(name) for name in ("round", "obligation", "period")}
            owed_already = Exists(Duty.objects.filter(organisation=new, **same))
            Duty.objects.filter(~owed_already, organisation=old).update(organisation=new)
            for side in ("unit", "village", "committee"):  # whose posts answer for it
                Duty.objects.filter(**{side: old}).update(**{side: new})
        Duty.objects.filter(organisation=old).open().update(state=DutyState.LAPSED)
    return []
