"""What the flow is given: arrays only, so that they go to a child process as one file and come back as another."""

from dataclasses import dataclass

from pairing.matching.problem import Array

GIVEN, ANSWER = "network.npz", "chosen.npy"


@dataclass
class Network:
    """`villages`, `units`, `points` of each candidate; `wanted` of each village; `room`, `load` of each unit."""

    villages: Array
    units: Array
    points: Array
    wanted: Array
    room: Array
    load: Array
    step: int
