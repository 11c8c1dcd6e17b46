"""Who can read activities and diaries, as their `visible_to` decides; the organisations' app loads it on start."""

from visits.readers import activities, diary

__all__ = ["activities", "diary"]
