from duties.models.duty import Duty, Waiver
from duties.models.reminder import Reminder

__all__ = ["Duty", "Reminder", "Waiver"]
