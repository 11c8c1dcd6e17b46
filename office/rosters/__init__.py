"""Rosters as offices keep them: reading, doubts, preview, mending, applying and undoing."""
