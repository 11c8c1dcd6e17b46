"""The choice of partners: as good as trying everything, the same every time, stopped at once."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from pairing.matching import flow, pruning, solving
from pairing.matching.network import Network
from pairing.matching.problem import Problem
from pairing.matching.pruning import Candidates, candidates
from pairing.matching.weights import COUNTERPART, COUNTY, ELSEWHERE, TOWNSHIP, Weights


class Stopped(Exception):
    pass


def some_pairs(rng, villages: int, units: int, share: float) -> np.ndarray:
    return np.argwhere(rng.random((villages, units)) < share).astype(np.int32)


def random_problem(seed: int, villages: int = 3, units: int = 4, **fields) -> Problem:
    rng = np.random.default_rng(seed)
    weights = Weights(*(int(each) for each in rng.integers(0, 11, 5)))
    values: dict[str, Any] = {
        "needs": rng.integers(0, 512, villages).astype(np.uint16),
        "village_places": rng.integers(0, 3, (villages, 3)).astype(np.int32),
        "wanted": rng.integers(0, 3, villages).astype(np.int32),
        "strengths": rng.integers(0, 512, units).astype(np.uint16),
        "unit_places": rng.integers(0, 3, (units, 3)).astype(np.int32),
        "room": rng.integers(0, 3, units).astype(np.int32),
        "load": rng.integers(0, 3, units).astype(np.int32),
        "ties": some_pairs(rng, villages, units, 0.2),
        "wishes": some_pairs(rng, villages, units, 0.2),
        "avoided": some_pairs(rng, villages, units, 0.2),
        "counterparts": np.array([[0, 1]], dtype=np.int32),
        "weights": weights,
    }
    return Problem(**(values | fields))


def worth_of(problem: Problem, pairs: list[tuple[int, int]]) -> int:
    """As the text of `Weights` says it, pair by pair, without any of the engine's arithmetic."""
    weights, total, load = problem.weights, 0, list(problem.load)
    known = {name: set(map(tuple, getattr(problem, name).tolist())) for name in ("ties", "wishes", "counterparts")}
    for village, unit in pairs:
        met = bin(int(problem.needs[village]) & int(problem.strengths[unit])).count("1")
        here, there = problem.village_places[village].tolist(), problem.unit_places[unit].tolist()
        near = 3 if here[0] == there[0] else 0
        near = 7 if here[1] == there[1] or (here[1], there[1]) in known["counterparts"] else near
        near = 10 if here[2] == there[2] else near
        total += 10 * weights.needs * met + weights.nearness * near
        total += 10 * weights.ties * ((village, unit) in known["ties"])
        total += 10 * weights.wishes * ((village, unit) in known["wishes"])
        total -= 10 * weights.balance * load[unit]
        load[unit] += 1
    return total


def may_stand(problem: Problem, pairs: list[tuple[int, int]]) -> bool:
    per_village = np.bincount([village for village, _ in pairs], minlength=problem.villages)
    per_unit = np.bincount([unit for _, unit in pairs], minlength=problem.units)
    avoided = set(map(tuple, problem.avoided.tolist()))
    return bool((per_village <= problem.wanted).all() and (per_unit <= problem.room).all()) and not avoided & set(pairs)


def best_by_trying(problem: Problem) -> tuple[int, int]:
    """How many pairs, and what they are worth, of the best of all sets of pairs."""
    every = list(product(range(problem.villages), range(problem.units)))
    sets = ([pair for bit, pair in enumerate(every) if mask >> bit & 1] for mask in range(1 << len(every)))
    return max((len(pairs), worth_of(problem, pairs)) for pairs in sets if may_stand(problem, pairs))


def network(problem: Problem, found: Candidates) -> Network:
    return Network(
        **vars(found), wanted=problem.wanted, room=problem.room, load=problem.load, step=problem.weights.step
    )


def chosen(problem: Problem, most: int = 50) -> list[tuple[int, int]]:
    found = candidates(problem, most)
    at = flow.choose(network(problem, found))
    return list(zip(found.villages[at].tolist(), found.units[at].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_the_choice_is_as_good_as_trying_every_set_of_pairs(seed):
    problem = random_problem(seed)
    pairs = chosen(problem)
    assert may_stand(problem, pairs)
    assert (len(pairs), worth_of(problem, pairs)) == best_by_trying(problem)


def test_what_a_pair_is_worth_is_the_same_by_slices_and_pair_by_pair():
    problem = random_problem(7, 200, 90, ties=np.array([[3, 4]]), wishes=np.array([[150, 80]]))
    found = candidates(problem, 50)
    nobody = Problem(**(vars(problem) | {"load": np.zeros(90, dtype=np.int32)}))
    pairs = zip(found.villages.tolist(), found.units.tolist(), strict=True)
    assert found.points.tolist() == [worth_of(nobody, [pair]) for pair in pairs]


def test_the_same_round_gives_the_same_choice():
    problem = random_problem(5, 300, 250)
    assert chosen(problem) == chosen(problem)


def test_of_many_units_the_best_are_looked_at_and_ties_and_wishes_always():
    rng = np.random.default_rng(1)
    problem = random_problem(
        1, 130, 2000, wanted=np.ones(130, dtype=np.int32), room=np.ones(2000, dtype=np.int32),
        load=np.zeros(2000, dtype=np.int32), avoided=np.array([[9, 9]], dtype=np.int32), weights=Weights(),
        ties=some_pairs(rng, 130, 2000, 0.001), wishes=some_pairs(rng, 130, 2000, 0.001),
    )  # fmt: skip
    found = candidates(problem, 60)
    pairs = set(zip(found.villages.tolist(), found.units.tolist(), strict=True))
    assert len(pairs) == len(found) == 130 * 60
    assert pairs >= set(map(tuple, [*problem.ties.tolist(), *problem.wishes.tolist()]))
    assert (9, 9) not in pairs
    every = problem.points(np.full(2000, 4, dtype=np.int32), np.arange(2000, dtype=np.int32))
    mine = found.points[found.villages == 4]
    assert sorted(mine, reverse=True)[:40] == sorted(every.tolist(), reverse=True)[:40]


def test_villages_that_all_like_the_same_units_find_one_nevertheless():
    """Sixty equal villages, fifty units that meet everything and fifty that meet nothing: nobody is left over."""
    ones = np.ones(60, dtype=np.int32)
    problem = Problem(
        needs=np.full(60, 7, dtype=np.uint16), village_places=np.zeros((60, 3), dtype=np.int32), wanted=ones,
        strengths=np.array([7] * 50 + [0] * 50, dtype=np.uint16), unit_places=np.zeros((100, 3), dtype=np.int32),
        room=np.ones(100, dtype=np.int32), load=np.zeros(100, dtype=np.int32),
    )  # fmt: skip
    found = pruning.best_of(problem, np.arange(60, dtype=np.int32), problem.room, 3, lambda done, of: None)
    result = solving.match(problem, found, 3, lambda: None)
    assert sorted(result.villages.tolist()) == list(range(60))
    assert len(set(result.units.tolist())) == 60


def test_nearness_by_place_and_by_paired_districts():
    problem = random_problem(
        0, 2, 4,
        village_places=np.array([[1, 5, 8], [-1, -1, -1]], dtype=np.int32),
        unit_places=np.array([[2, 5, 8], [1, 5, -2], [1, 6, -2], [-2, -2, -2]], dtype=np.int32),
        counterparts=np.array([[5, 6]], dtype=np.int32),
    )  # fmt: skip
    rows = problem.nearness(np.arange(2)[:, None], np.arange(4))
    assert rows.tolist() == [[TOWNSHIP, COUNTY, COUNTERPART, ELSEWHERE], [ELSEWHERE] * 4]


def test_the_child_that_solves_is_gone_as_soon_as_somebody_stops_it():
    problem = random_problem(3, 400, 400, wanted=np.ones(400, dtype=np.int32), room=np.ones(400, dtype=np.int32))
    calls = []

    def stop():
        calls.append(1)
        if len(calls) == 2:
            raise Stopped

    with pytest.raises(Stopped):
        solving.match(problem, candidates(problem, 200), 200, stop)
    assert len(calls) == 2


def test_nothing_open_asks_for_nothing():
    problem = random_problem(2, wanted=np.zeros(3, dtype=np.int32))
    assert len(candidates(problem, 50)) == 0
    assert len(solving.match(problem, candidates(problem, 50), 50, lambda: None)) == 0
