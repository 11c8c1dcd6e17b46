from duties.models.assignment import Assignment
from duties.models.calendar_link import CalendarLink
from duties.models.duty import Duty, Waiver
from duties.models.filing import Filing
from duties.models.reminder import Reminder

__all__ = ["Assignment", "CalendarLink", "Duty", "Filing", "Reminder", "Waiver"]
