"""Who can read the records of the people, as their `visible_to` decides; found by the organisations' app on start."""

from members.readers import pairs, postings, rosters

__all__ = ["pairs", "postings", "rosters"]
