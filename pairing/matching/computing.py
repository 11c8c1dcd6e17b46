"""From a run to the rows of its proposals: read, look at pairs, choose, say why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from pairing.matching.problem import Array, Problem
from pairing.matching.pruning import Candidates, candidates
from pairing.matching.reading import Reading, read
from pairing.matching.solving import match
from pairing.matching.states import MatchState
from pairing.models import MatchingRun
from pairing.models.matching import LeftOver

MOST_OTHERS = 20  # of each sort that is kept for a village
Progress = Callable[[int, int, str], None]  # done, of, words


@dataclass
class Computed:
    """The rows of the proposals, and the numbers that the page of the run names."""

    rows: list[dict]
    villages: int
    units: int
    looked_at: int


def compute(run: MatchingRun, progress: Progress) -> Computed:
    """`progress` may raise to stop the work."""
    progress(0, 0, _("reading the round"))
    reading = read(run)
    problem = reading.problem
    count, most = len(reading.villages), run.candidates
    found = candidates(problem, most, lambda done, of: progress(done, count, _("villages looked at")))
    words = _("choosing among %(pairs)s pairs") % {"pairs": len(found)}
    chosen = match(problem, found, most, lambda: progress(count, count, words))
    with_room = int((problem.room > 0).sum())
    return Computed(rows(reading, found, chosen), count, with_room, len(found))


def rows(reading: Reading, found: Candidates, chosen: Candidates) -> list[dict]:
    """The proposals of all places of all villages, those first that have a unit."""
    weighed = others(reading, found, chosen)
    return [*pair_rows(reading, chosen, weighed), *left_rows(reading, chosen, weighed)]


def others(reading: Reading, found: Candidates, chosen: Candidates) -> list[list[int]]:
    """For each village keys of units that may take the place of the chosen one: the best of those looked at, and the
    best of those that the choice left with a place."""
    order = np.lexsort((-found.points, found.villages))
    villages, units = found.villages[order], found.units[order]
    has_place = room_left(reading.problem, chosen)[units] > 0
    kept = first_of_each(villages)
    kept[has_place] |= first_of_each(villages[has_place])
    pks = np.array([line.pk for line in reading.units], dtype=np.int64)[units[kept]].tolist()
    ends = np.searchsorted(villages[kept], np.arange(reading.problem.villages + 1)).tolist()
    return [pks[start:end] for start, end in pairwise(ends)]


def first_of_each(villages: Array) -> npt.NDArray[np.bool_]:
    """Which of these rows, sorted by village, are among the first of their village."""
    return np.arange(len(villages)) - np.searchsorted(villages, villages) < MOST_OTHERS


def room_left(problem: Problem, chosen: Candidates) -> Array:
    return problem.room - np.bincount(chosen.units, minlength=problem.units)


def pair_rows(reading: Reading, chosen: Candidates, weighed: Sequence[list[int]]) -> list[dict]:
    reasons = reading.reasons(chosen.villages, chosen.units)
    pairs = zip(chosen.villages.tolist(), chosen.units.tolist(), reasons, strict=True)
    return [
        common(reading, village, weighed)
        | {"unit_id": (unit_pk := reading.units[unit].pk), "proposed_unit_id": unit_pk}
        | {"state": MatchState.PROPOSED, **why}
        for village, unit, why in pairs
    ]


def left_rows(reading: Reading, chosen: Candidates, weighed: Sequence[list[int]]) -> list[dict]:
    """A row for each unit that a village wanted and did not get. The engine leaves a village over only where no unit
    with a place remains that it may have: then all are full, or those with a place were turned away."""
    problem = reading.problem
    missing: Array = problem.wanted - np.bincount(chosen.villages, minlength=problem.villages)
    has_place = (room_left(problem, chosen) > 0).any()
    why = LeftOver.TURNED_AWAY if has_place else LeftOver.NO_PLACE
    asked = problem.needs.tolist()
    return [
        common(reading, village, weighed)
        | {"unit_id": None, "state": MatchState.LEFT, "left_over": why, "asked": asked[village].bit_count()}
        for village in np.repeat(np.arange(problem.villages), missing).tolist()
    ]


def common(reading: Reading, village: int, weighed: Sequence[list[int]]) -> dict:
    line = reading.villages[village]
    return {"village_id": line.pk, "area": line.area, "others": weighed[village]}
