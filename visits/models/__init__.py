from visits.models.activity import Activity, Evidence, Participant
from visits.models.diary import Diary, DiaryEntry

__all__ = ["Activity", "Diary", "DiaryEntry", "Evidence", "Participant"]
