"""Days of the demonstration, counted from the day on which it is started."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
LEAST_RUNNING_DAYS = 45
LONGEST_AGO = 160  # days, of what the round of March played


@dataclass(frozen=True)
class Calendar:
    today: date

    @property
    def first_of_march(self) -> date:
        """The last 1 March that left the round time to run."""
        day = date(self.today.year, 3, 1)
        return day if (self.today - day).days >= LEAST_RUNNING_DAYS else day.replace(year=day.year - 1)

    def shifted(self, printed: date) -> date:
        """A day that the workbook prints, in the year in which the demonstration's round began."""
        return printed.replace(year=self.first_of_march.year)

    def days_ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        return at(self.today - timedelta(days=days), hour, minute)

    def in_round(self, days: int) -> datetime:
        """So many days ago, at most `LONGEST_AGO`; nearer, in the same order, where the round of March is younger."""
        since = (self.today - self.first_of_march).days - 15
        return self.days_ago(days * min(since, LONGEST_AGO) // LONGEST_AGO)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in China's time zone."""
    return datetime.combine(day, time(hour, minute), CHINA)
