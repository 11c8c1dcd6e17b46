"""The flow in a child process, so that a person can stop it at once and the memory is given back."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from core.refusals import Refused
from office import child
from pairing.matching.network import ANSWER, GIVEN, Network
from pairing.matching.problem import Array, Problem
from pairing.matching.pruning import Candidates, best_of

MOST_SECONDS, MOST_MEGABYTES = 1800, 4000
PAUSE = 0.1
ROUNDS = 10


def match(problem: Problem, candidates: Candidates, most: int, watch: Callable[[], None]) -> Candidates:
    """The chosen pairs. A village is left over only where no unit with room remains that it may have: for those left
    over by their candidates the units with room are looked at anew, and all is solved once more."""
    found = chosen_of(problem, candidates, watch)
    for _again in range(ROUNDS):
        missing = problem.wanted - np.bincount(found.villages, minlength=problem.villages)
        room = problem.room - np.bincount(found.units, minlength=problem.units)
        left = np.flatnonzero(missing > 0).astype(np.int32)
        more = new_ones(problem, candidates, best_of(problem, left, room, most, lambda done, of: watch()))
        if not len(more):
            break
        candidates = joined(candidates, more)
        found = chosen_of(problem, candidates, watch)
    return found


def new_ones(problem: Problem, known: Candidates, found: Candidates) -> Candidates:
    new = ~np.isin(keys(problem, found), keys(problem, known))
    return Candidates(found.villages[new], found.units[new], found.points[new])


def joined(first: Candidates, second: Candidates) -> Candidates:
    parts = zip(vars(first).values(), vars(second).values(), strict=True)
    return Candidates(*(np.concatenate(part) for part in parts))


def keys(problem: Problem, pairs: Candidates) -> Array:
    return pairs.villages.astype(np.int64) * problem.units + pairs.units


def chosen_of(problem: Problem, candidates: Candidates, watch: Callable[[], None]) -> Candidates:
    network = Network(
        **vars(candidates), wanted=problem.wanted, room=problem.room, load=problem.load, step=problem.weights.step
    )
    at = in_child(network, watch)
    return Candidates(candidates.villages[at], candidates.units[at], candidates.points[at])


def in_child(network: Network, watch: Callable[[], None]) -> Array:
    """`watch` is called all the time and may raise: then the child is gone."""
    with tempfile.TemporaryDirectory(prefix="jiedui-matching-") as folder:
        np.savez(Path(folder) / GIVEN, **vars(network))
        with (
            child.handed_over(folder) as given,
            tempfile.TemporaryFile() as complaints,
            child.start(
                "pairing.matching.flow.choose_in", MOST_SECONDS, MOST_MEGABYTES, folder, given, complaints
            ) as process,
        ):
            try:
                while process.poll() is None:
                    watch()
                    time.sleep(PAUSE)
            finally:
                child.kill(process)
        if process.returncode:
            raise Refused(_("The matching needs more time or memory than it may have. Choose fewer candidates."))
        return np.load(Path(folder) / ANSWER)
