from visits.models.activity import Activity, Evidence, Participant

__all__ = ["Activity", "Evidence", "Participant"]
