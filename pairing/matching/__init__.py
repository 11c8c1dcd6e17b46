"""Proposing partners for villages still open: need met, load balanced, old ties kept, nearness, wishes (SH-30).

`problem` says what is asked and what a pair is worth, `pruning` which pairs are looked at, `flow` which of them are
chosen; they know no database. `reading` brings the round in, `measuring` says how good a state is, `wording` gives the
reasons in words.
"""
