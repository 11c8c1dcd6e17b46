"""From a run to the rows of its proposals: read, look at pairs, choose, say why."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from pairing.matching.problem import Array
from pairing.matching.pruning import Candidates, candidates
from pairing.matching.reading import Reading, read
from pairing.matching.solving import match
from pairing.matching.states import MatchState
from pairing.models import MatchingRun
from pairing.models.matching import LeftOver

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
    return Computed([*pair_rows(reading, chosen), *left_rows(reading, chosen)], count, with_room, len(found))


def pair_rows(reading: Reading, chosen: Candidates) -> list[dict]:
    reasons = reading.reasons(chosen.villages, chosen.units)
    pairs = zip(chosen.villages.tolist(), chosen.units.tolist(), reasons, strict=True)
    return [
        common(reading, village)
        | {"unit_id": (unit_pk := reading.units[unit].pk), "proposed_unit_id": unit_pk}
        | {"state": MatchState.PROPOSED, **why}
        for village, unit, why in pairs
    ]


def left_rows(reading: Reading, chosen: Candidates) -> list[dict]:
    """A row for each unit that a village wanted and did not get. The engine leaves a village over only where no unit
    with a place remains that it may have: then all are full, or those with a place were turned away."""
    problem = reading.problem
    missing: Array = problem.wanted - np.bincount(chosen.villages, minlength=problem.villages)
    room = problem.room - np.bincount(chosen.units, minlength=problem.units)
    why = LeftOver.TURNED_AWAY if (room > 0).any() else LeftOver.NO_PLACE
    asked = problem.needs.tolist()
    return [
        common(reading, village)
        | {"unit_id": None, "state": MatchState.LEFT, "left_over": why, "asked": asked[village].bit_count()}
        for village in np.repeat(np.arange(problem.villages), missing).tolist()
    ]


def common(reading: Reading, village: int) -> dict:
    line = reading.villages[village]
    return {"village_id": line.pk, "area": line.area}
