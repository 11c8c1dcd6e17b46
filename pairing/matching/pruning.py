"""Which pairs are looked at: for each village some of the units that still have room, the best and some spread out.

All pairs are scored, a slice of villages at a time; 16 000 × 20 000 of them never stand in memory at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairing.matching.problem import Array, Problem

SLICE = 64  # villages
SPREAD = 4  # every fourth candidate is spread over all units, so that neighbours don't all look at the same few
STRIDE = 7919  # a prime: villages side by side begin far apart
MUST, NEVER = 1 << 56, -(1 << 60)
Watch = Callable[[int, int], None]  # done, of


@dataclass
class Candidates:
    """Pairs in the order of villages, each pair once, with what it is worth."""

    villages: Array
    units: Array
    points: Array

    def __len__(self) -> int:
        return len(self.villages)


def candidates(problem: Problem, most: int, watch: Watch = lambda done, of: None) -> Candidates:
    """At most `most` units for each village that wants one; old ties and wishes are always among them."""
    open_ones = np.flatnonzero(problem.wanted > 0).astype(np.int32)
    return best_of(problem, open_ones, problem.room, most, watch)


def best_of(problem: Problem, villages: Array, room: Array, most: int, watch: Watch) -> Candidates:
    """For `villages`, among the units with `room`."""
    units = np.flatnonzero(room > 0).astype(np.int32)
    found: list[tuple[Array, Array]] = [(villages[:0], units[:0])]
    for start in range(0, len(villages) if len(units) else 0, SLICE):
        watch(start, len(villages))
        part = villages[start : start + SLICE]
        rows, columns = chosen(ranked(problem, part, units, most), min(most, len(units)))
        found.append((part[rows], units[columns]))
    mine, theirs = (np.concatenate(each) for each in zip(*found, strict=True))
    return Candidates(mine, theirs, problem.points(mine, theirs))


def ranked(problem: Problem, villages: Array, units: Array, most: int) -> Array:
    """A number for each pair, none twice in a row: what it is worth, less what the load costs; equal ones in an order
    that begins elsewhere for each village."""
    rows, count = villages[:, None], len(units)
    begins = (villages.astype(np.int64) * STRIDE % count)[:, None]
    turn = (np.arange(count) - begins) % count
    worth = (problem.worth(rows, units) - problem.weights.step * problem.load[units]).astype(np.int64)
    rank = worth * count - turn
    spread = most // SPREAD
    if spread and most < count:
        rank[np.arange(len(villages))[:, None], spread_columns(begins, spread, count)] += MUST
    for pairs, value in ((problem.ties, MUST), (problem.wishes, MUST), (problem.avoided, NEVER)):
        at = positions(pairs, villages, units, problem.units)
        rank[at] += value
    return rank


def spread_columns(begins: Array, spread: int, count: int) -> Array:
    """Columns at even distances, each once."""
    return (begins + np.arange(spread) * (count // spread)) % count


def positions(pairs: Array, villages: Array, units: Array, all_units: int) -> tuple[Array, Array]:
    """Row and column of those pairs that lie among the villages and units."""
    column_of = np.full(all_units, -1, dtype=np.int64)
    column_of[units] = np.arange(len(units))
    first, last = villages[0], villages[-1]
    near = pairs[(pairs[:, 0] >= first) & (pairs[:, 0] <= last)]
    rows = np.searchsorted(villages, near[:, 0])
    columns = column_of[near[:, 1]]
    known = (villages[np.minimum(rows, len(villages) - 1)] == near[:, 0]) & (columns >= 0)
    return rows[known], columns[known]


def chosen(rank: Array, most: int) -> tuple[Array, Array]:
    """Rows and columns of the `most` highest of each row, those that must never be left out."""
    count = rank.shape[1]
    columns = np.argpartition(rank, count - most, axis=1)[:, count - most :] if most < count else None
    columns = np.tile(np.arange(count), (len(rank), 1)) if columns is None else np.sort(columns, axis=1)
    rows = np.repeat(np.arange(len(rank)), columns.shape[1])
    columns = columns.ravel()
    kept = rank[rows, columns] > NEVER // 2
    return rows[kept], columns[kept]
