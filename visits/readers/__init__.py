"""Who can read what the app keeps, as its `visible_to` decides; the organisations' app loads it on start."""

from visits.readers import activities, around, diary, findings, household_visits

__all__ = ["activities", "around", "diary", "findings", "household_visits"]
