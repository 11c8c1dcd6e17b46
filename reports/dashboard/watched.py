"""What of aid money needs a look below the reader: not published in time, feedback and answers overdue."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

from funds.models import Entry, Feedback, Objection
from funds.querysets.disclosure import overdue
from funds.querysets.supervision import WATCH, supervised
from organisations.models import User
from organisations.querysets import within
from reports.dashboard.reading import KEPT_SECONDS


@dataclass(frozen=True)
class Watched:
    """`late` of `villages` with aid money have not published in time."""

    late: int
    villages: int
    untold: int
    objected: int
    at: datetime

    @property
    def is_quiet(self) -> bool:
        return not (self.late or self.untold or self.objected)


def watched(user: User, today: date) -> Watched:
    """Remembered for some minutes, with the moment."""
    scopes = sorted(map(str, user.scopes(WATCH)))
    key = f"watched:{sha256(f'{scopes} {today}'.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = counted(user, today)
        cache.set(key, found, KEPT_SECONDS)
    return found


def counted(user: User, today: date) -> Watched:
    scopes = user.scopes(WATCH)
    entries = Entry.objects.filter(within(scopes, "fund__holder__path")).order_by()
    return Watched(
        late=overdue(entries, today).values("fund__holder").distinct().count(),
        villages=supervised(user).count(),
        untold=Feedback.objects.filter(
            within(scopes, "pairing__village__path"), sent_at=None, due_on__lt=today
        ).count(),
        objected=Objection.objects.overdue(today).filter(within(scopes, "village__path")).count(),
        at=timezone.now(),
    )
