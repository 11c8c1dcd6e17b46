"""What is asked, as arrays: villages by units, never a Python object for each pair."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pairing.matching.weights import COUNTERPART, COUNTY, ELSEWHERE, NEARNESS, PREFECTURE, TOWNSHIP, Weights

Array = npt.NDArray[np.integer]
UNKNOWN_VILLAGE, UNKNOWN_UNIT = -1, -2  # places that nobody knows are never the same place
NEARNESS_POINTS = np.array(NEARNESS, dtype=np.int32)
BITS = np.array([bin(mask).count("1") for mask in range(1 << 9)], dtype=np.int32)  # of the nine aid resources


def no_pairs() -> Array:
    return np.empty((0, 2), dtype=np.int32)


@dataclass
class Problem:
    """Villages and units by their position. `needs`, `strengths` are bit masks of resources; places are rows of
    (prefecture, county, township); `ties`, `wishes`, `avoided` rows of (village, unit)."""

    needs: Array
    village_places: Array
    wanted: Array  # units that each village still wants
    strengths: Array
    unit_places: Array
    room: Array  # villages that each unit may still get
    load: Array  # villages that it has already
    ties: Array = field(default_factory=no_pairs)
    wishes: Array = field(default_factory=no_pairs)
    avoided: Array = field(default_factory=no_pairs)
    counterparts: Array = field(default_factory=no_pairs)  # rows of (county of villages, district of units)
    weights: Weights = field(default_factory=Weights)

    @property
    def villages(self) -> int:
        return len(self.needs)

    @property
    def units(self) -> int:
        return len(self.strengths)

    def nearness(self, villages: Array, units: Array) -> Array:
        """How near each village is to each unit; shapes as numpy broadcasts them."""
        prefecture, county, township = (
            self.village_places[villages, level] == self.unit_places[units, level] for level in range(3)
        )
        found = np.where(prefecture, PREFECTURE, ELSEWHERE)
        if len(self.counterparts):
            found = np.where(self._counterpart(villages, units), COUNTERPART, found)
        return np.where(township, TOWNSHIP, np.where(county, COUNTY, found))

    def _counterpart(self, villages: Array, units: Array) -> npt.NDArray[np.bool_]:
        size = 1 + int(max(self.village_places[:, 1].max(), self.unit_places[:, 1].max(), self.counterparts.max()))
        table = np.zeros((size + 2, size + 2), dtype=bool)  # the last two rows and columns are the unknown places
        table[self.counterparts[:, 0], self.counterparts[:, 1]] = True
        return table[self.village_places[villages, 1], self.unit_places[units, 1]]

    def met(self, villages: Array, units: Array) -> Array:
        """How many needs of each village the unit meets."""
        return BITS[self.needs[villages] & self.strengths[units]]

    def points(self, villages: Array, units: Array) -> Array:
        """What each of these pairs is worth, its ties and wishes included."""
        tied, wished = (self._among(pairs, villages, units) for pairs in (self.ties, self.wishes))
        return self.worth(villages, units, tied, wished)

    def worth(self, villages: Array, units: Array, tied: Array | int = 0, wished: Array | int = 0) -> Array:
        near = NEARNESS_POINTS[self.nearness(villages, units)]
        return self.weights.worth(self.met(villages, units), near, tied, wished)

    def _among(self, pairs: Array, villages: Array, units: Array) -> Array:
        known = pairs[:, 0].astype(np.int64) * self.units + pairs[:, 1]
        return np.isin(villages.astype(np.int64) * self.units + units, known).astype(np.int32)
