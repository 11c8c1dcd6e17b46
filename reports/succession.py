"""What reports hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION).

What still has to be written, and what waits for its desk, goes to whoever takes the place; what was accepted stays as
it was. Of an organisation that nobody follows the duties lapse, and with them its drafts. What a committee inspected
and made known, the meetings that it held, the cases that somebody handed in, the forms and views of an office go to the
first successor, who reads and answers for them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from organisations.heirs import Pair, first_heirs
from organisations.models import User
from reports.models import (
    Contest,
    GoodCase,
    Inspection,
    LocalForm,
    Notice,
    OnsiteMeeting,
    PeriodicReport,
    SavedView,
)
from reports.states import ReportState


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    going_on = PeriodicReport.objects.exclude(state=ReportState.ACCEPTED)
    for old, new in first_heirs(successions).items():
        for column in ("organisation", "desk"):
            going_on.filter(**{column: old}).update(**{column: new})
        for model in (Inspection, Notice, OnsiteMeeting, GoodCase, Contest, LocalForm, SavedView):
            model.objects.filter(organisation=old).update(organisation=new)
    return []
