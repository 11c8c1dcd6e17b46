"""Periodic reports: which figures stand in them, how they are drafted from the records, read and printed."""
