"""The thirteen statistics tables of the field (domain §2.2): a frame, and a file for each table or two.

A table is a `Statistic`, named in settings.STATISTICS (config/wiring.py): whoever counts something new adds it from a
file of their own.
"""
