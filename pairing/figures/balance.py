"""Clashes, gaps and load of a round at one look (SH-30), for the organiser's board.

The figures are kept under a mark that moves on with every change of what they count; counted anew, they take three
statements over the lines of the directory and the pairings, whatever their number.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Min, Sum, Value

from organisations.models import Organisation
from pairing.figures import helpers
from pairing.figures.interest import alone, idle_units, unpaired, with_proposals
from pairing.figures.statistics import KEPT_SECONDS, revision
from pairing.models import Decision, DirectoryEntry, Pairing, PairingPartner, Round
from pairing.states import Side

CLASHING = 2
TRACKED: tuple[Any, ...] = (Organisation, PairingPartner, Decision)
EVENTS = [model.pgh_event_model for model in TRACKED]


@dataclass(frozen=True)
class Balance:
    villages: int
    clashes: int
    not_chosen: int
    without_unit: int
    several_helpers: int
    units: int
    without_village: int
    pairings: int
    largest: int
    smallest: int

    @property
    def mean(self) -> float:
        """Pairings per unit of the directory."""
        return round(self.pairings / self.units, 2) if self.units else 0.0


def mark(round: Round) -> str:
    """Moves on with each pairing, proposal and directory, each change of a partner, decision and organisation."""
    newest = [
        event.objects.annotate(what=Value(number)).order_by("-pgh_id").values_list("what", "pgh_id")[:1]
        for number, event in enumerate(EVENTS)
    ]
    steps = (f"{what}.{newest_event}" for what, newest_event in sorted(newest[0].union(*newest[1:])))
    return "-".join([str(revision(round)), *steps])


def balance_of(round: Round, at: str) -> Balance:
    """`at`: the mark that was read before."""
    key = f"balance:{round.pk}:{at}"
    found = cache.get(key)
    if found is None:
        found = computed(round)
        if mark(round) == at:  # nobody moved while we counted
            cache.set(key, found, KEPT_SECONDS)
    return found


def computed(round: Round) -> Balance:
    lines = DirectoryEntry.objects.current(round).order_by()
    of_villages = lines.filter(side=Side.VILLAGE).aggregate(
        villages=Count("pk"),
        clashes=Count("pk", filter=with_proposals(round, Side.VILLAGE, CLASHING)),
        not_chosen=Count("pk", filter=alone(round, Side.VILLAGE)),
        without_unit=Count("pk", filter=unpaired(round, Side.VILLAGE)),
        several_helpers=Count("pk", filter=helpers.several(round)),
    )
    of_units = lines.filter(side=Side.UNIT).aggregate(
        units=Count("pk"), without_village=Count("pk", filter=idle_units(round))
    )
    return Balance(**of_villages, **of_units, **load(round, of_units["units"]))


def load(round: Round, units: int) -> dict[str, int]:
    """How many pairings the units lead: the most, the fewest, all together."""
    by_unit = Pairing.objects.standing().filter(round=round).order_by().values("unit").annotate(led=Count("pk"))
    found = by_unit.aggregate(most=Max("led"), fewest=Min("led"), together=Sum("led"), leading=Count("unit"))
    fewest = found["fewest"] if found["leading"] >= units else 0
    return {"largest": found["most"] or 0, "smallest": fewest or 0, "pairings": found["together"] or 0}
