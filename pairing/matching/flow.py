"""The choice among the candidates: as many villages as can be, then the most points, by a min-cost flow.

Each village sends as many units of flow as it wants partners: through a candidate to the unit and on to the sink, where
each further village of a unit costs more; or, where no place is left, past all units at a price above everything.
"""

from pathlib import Path

import numpy as np
from ortools.graph.python import min_cost_flow

from pairing.matching.network import ANSWER, GIVEN, Network
from pairing.matching.problem import Array


def choose(network: Network) -> Array:
    """The positions of the chosen candidates. The same for the same network."""
    if not len(network.villages):
        return np.empty(0, dtype=np.int64)
    flow, candidates = built(network)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"The flow ended as {status}")
    return np.flatnonzero(flow.flows(np.arange(candidates, dtype=np.int32)))


def built(network: Network) -> tuple[min_cost_flow.SimpleMinCostFlow, int]:
    """The network, its first arcs the candidates; and how many these are."""
    villages, units, count = len(network.wanted), len(network.room), len(network.villages)
    sink = villages + units
    room = np.minimum(network.room, np.bincount(network.units, minlength=units))
    steps, owners = places(room)
    loads = network.step * (network.load[owners] + steps).astype(np.int64)
    costs = int(network.points.max()) - network.points.astype(np.int64)
    alone = (int(costs.max()) + int(loads.max(initial=0)) + 1) * (2 * int(network.wanted.sum()) + 1)
    flow = min_cost_flow.SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    add(as_node(network.villages), as_node(network.units + villages), np.ones(count, dtype=np.int64), costs)
    add(as_node(owners + villages), nodes(len(owners), sink), np.ones(len(owners), dtype=np.int64), loads)
    add(
        np.arange(villages, dtype=np.int32),
        nodes(villages, sink),
        network.wanted.astype(np.int64),
        np.full(villages, alone),
    )
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[:villages], supplies[sink] = network.wanted, -int(network.wanted.sum())
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies)
    return flow, count


def places(room: Array) -> tuple[Array, Array]:
    """One line for each village that a unit may still get: how many it would get before that one, and which unit."""
    owners = np.repeat(np.arange(len(room)), room)
    firsts = np.repeat(np.cumsum(room) - room, room)
    return np.arange(len(owners)) - firsts, owners


def as_node(positions: Array) -> Array:
    return positions.astype(np.int32)


def nodes(count: int, node: int) -> Array:
    return np.full(count, node, dtype=np.int32)


def choose_in(folder: str) -> None:
    """In the child, where nothing of Django is known: read the network from the folder, leave the answer there."""
    with np.load(Path(folder) / GIVEN) as given:
        network = Network(**{name: given[name] for name in given.files if name != "step"}, step=int(given["step"]))
    np.save(Path(folder) / ANSWER, choose(network))
