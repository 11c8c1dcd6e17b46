"""How far duties are met: one function for each kind of record, each a grouped query over any set of duties.

A counter is SQL that reads `duty` (the duties asked for, with the columns of their rule) and gives `duty_id`, `done`
and `waiting`. A further kind of record adds its counter to `COUNTERS` of `duties.counting.counters`.
"""
