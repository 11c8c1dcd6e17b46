"""Who can read the records of the people, as their `visible_to` decides; the organisations' app loads it on start."""

from members.readers import floating, pairs, postings, rosters

__all__ = ["floating", "pairs", "postings", "rosters"]
