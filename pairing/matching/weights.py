"""How much each aim counts, and what a pair is worth by them."""

from dataclasses import dataclass

# At equal weights a village of the same county counts a little less than a need met; see `Weights`.
POINT = 10
# Points for a unit elsewhere, in the same prefecture, the same county, the same township, and in a district that is
# paired with the county of the village.
ELSEWHERE, PREFECTURE, COUNTY, TOWNSHIP, COUNTERPART = range(5)
NEARNESS = (0, 3, 7, 10, 7)


@dataclass(frozen=True)
class Weights:
    """From 0 (does not count) to 10 (counts most).

    A pair is worth, per point of weight: 10 for each need that the unit's strengths meet; 10 for an old tie; 10 for
    an open wish of one side; 10 in the same township, 7 in the same county or one paired with the unit's district, 3
    in the same prefecture. Each village that a unit has already costs 10 per point of `balance`: the second village of
    a unit once, the third twice - convex, so that two villages each are better than three and one.
    """

    needs: int = 5
    ties: int = 8
    nearness: int = 3
    wishes: int = 10
    balance: int = 4

    def worth(self, met, near, tied, wished):
        """Points of a pair: numbers, or arrays of them. `near` of NEARNESS; `tied`, `wished`: 0 or 1."""
        return POINT * (self.needs * met + self.ties * tied + self.wishes * wished) + self.nearness * near

    @property
    def step(self) -> int:
        """What each further village of a unit costs more than the one before."""
        return POINT * self.balance
