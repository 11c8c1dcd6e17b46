"""Who can read activities, as their `visible_to` decides; the organisations' app loads it on start."""

from visits.readers import activities

__all__ = ["activities"]
