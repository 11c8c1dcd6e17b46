"""When somebody may be told: not in quiet hours, and on workdays only where they chose so."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from core.workdays import is_workday

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)


@dataclass(frozen=True)
class Hours:
    """Quiet from a time of the day until another, perhaps over midnight; the same time twice: never quiet."""

    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    workdays_only: bool = False

    def is_quiet(self, moment: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= moment < self.quiet_until
        return moment >= self.quiet_from or moment < self.quiet_until

    def first_moment(self, at: datetime) -> datetime:
        """`at` itself, or the end of the quiet hours or of the days off that it falls into."""
        local = timezone.localtime(at)
        while True:
            if self.workdays_only and not is_workday(local.date()):
                local = self._next_day(local)
            elif self.is_quiet(local.time()):
                end = local.replace(hour=self.quiet_until.hour, minute=self.quiet_until.minute, second=0, microsecond=0)
                local = end if end > local else end + timedelta(days=1)
            else:
                return local

    @staticmethod
    def _next_day(local: datetime) -> datetime:
        return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
