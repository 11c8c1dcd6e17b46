"""What stands between the villages and the units of a round: pairings now and before, wishes, refusals."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pairing.levels import Level
from pairing.matching.places import Node
from pairing.models import Intention, Pairing, Round
from pairing.states import EndReason, IntentionState, PairingState

STANDING = (PairingState.NEGOTIATING, PairingState.SIGNED)
REFUSED = (IntentionState.DECLINED, IntentionState.WITHDRAWN)
TURNED_AWAY = (EndReason.EARLY, EndReason.RESELECTION)
Pair = tuple[int, int]  # village, unit


@dataclass
class Records:
    """`ties` leads to the latest earlier round in which the two were paired, `wishes` to the side that proposed."""

    standing: set[Pair] = field(default_factory=set)
    avoided: set[Pair] = field(default_factory=set)  # parted by one of the two or by the organiser: not proposed anew
    ties: dict[Pair, int] = field(default_factory=dict)
    wishes: dict[Pair, str] = field(default_factory=dict)
    rounds: dict[int, str] = field(default_factory=dict)  # names of those in `ties`

    def taken(self) -> tuple[Counter, Counter]:
        """How many partners each village and each unit has."""
        return Counter(village for village, _ in self.standing), Counter(unit for _, unit in self.standing)


def records(round: Round, *, village: int | None = None, units: Collection[int] = ()) -> Records:
    """All of the round; or what concerns the `village`, and the standing pairings of the `units`. One statement."""
    about = Q() if village is None else Q(village=village)
    places = about | Q(unit__in=units, round=round) if units else about
    columns = ("round__starts_on", "round", "round__name", "village", "unit", "state")
    mine = Pairing.objects.filter(Q(round=round) | Q(round__in=earlier_rounds(round)), level=Level.UNIT_VILLAGE)
    pairings = mine.filter(places).order_by().values_list(*columns, "end_reason")
    proposals = Intention.objects.filter(about, round=round, state__in=[IntentionState.PROPOSED, *REFUSED])
    return sorted_out(round, pairings.union(proposals.order_by().values_list(*columns, "proposed_side"), all=True))


def sorted_out(round: Round, rows: Iterable[tuple]) -> Records:
    """The states of pairings and of intentions have no word in common."""
    found, parted = Records(), set()
    for _on, pk, name, village, unit, state, more in sorted(rows):
        pair = village, unit
        if state == IntentionState.PROPOSED:
            found.wishes[pair] = more
        elif pk == round.pk and state in STANDING:
            found.standing.add(pair)
        elif pk == round.pk:
            found.avoided.add(pair)
        elif more in TURNED_AWAY:
            parted.add(pair)
        elif state != PairingState.RELEASED:
            found.ties[pair], found.rounds[pk] = pk, name
    for pair in parted & found.ties.keys():
        del found.ties[pair]
    found.avoided |= parted
    found.avoided -= found.wishes.keys()  # whoever proposes anew has thought better of it
    return found


def earlier_rounds(round: Round) -> QuerySet[Round]:
    """The round before, where it is known; else any earlier one of the same organiser."""
    if round.previous_id:
        return Round.objects.filter(pk=round.previous_id).order_by()
    return Round.objects.filter(organiser=round.organiser_id, starts_on__lt=round.starts_on).order_by()


def tied(round: Round) -> QuerySet[Pairing]:
    """The old ties as rows: pairings of earlier rounds that nobody released, ended early or left for another."""
    earlier = Pairing.objects.filter(round__in=earlier_rounds(round), level=Level.UNIT_VILLAGE)
    parted = Pairing.objects.filter(unit=OuterRef("unit"), village=OuterRef("village"), end_reason__in=TURNED_AWAY)
    kept = earlier.exclude(state=PairingState.RELEASED).exclude(end_reason__in=TURNED_AWAY)
    return kept.exclude(Exists(parted.filter(round__in=earlier_rounds(round)))).order_by()


def paired_areas(round: Round) -> list[tuple[Node, Node]]:
    """County of the villages and district of the units, where the round has paired the two (SH-06)."""
    if Level.DISTRICT_COUNTY not in round.rules.pairing.levels:
        return []
    pairings = Pairing.objects.standing().filter(round=round, level=Level.DISTRICT_COUNTY).order_by("pk")
    columns = [F(f"{side}__{name}") for side in ("village", "unit") for name in ("path", "kind", "division_code")]
    return [(Node(*row[:3]), Node(*row[3:])) for row in pairings.values_list(*columns)]
