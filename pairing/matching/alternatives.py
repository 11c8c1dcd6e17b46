"""Other units for one village: who comes into question, why, and what would change."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from organisations.kinds import Resource
from organisations.models import Need, Organisation
from pairing.interest import unpaired
from pairing.levels import Level
from pairing.match_states import MatchState
from pairing.matching.reading import Reading, read_some
from pairing.matching.records import tied
from pairing.matching.wording import reasons
from pairing.models import DirectoryEntry, Intention, MatchingRun, MatchProposal, Round
from pairing.states import Side

SHOWN = 20


@dataclass(frozen=True)
class Alternative:
    """A unit for the village. `needs`: how many needs more or fewer than the present one meets; `other`: the village
    that would have to be exchanged, because the unit has no other place left."""

    pk: int
    name: str
    reasons: list[str]
    points: int
    needs: int
    load: int
    other: str = ""


def alternatives(run: MatchingRun, proposal: MatchProposal, sought: str) -> list[Alternative]:
    """The best ones first; without those that are its partners already, were turned away or have no place at all."""
    units = in_question(run, proposal.village, sought)
    reading = read_some(run, [proposal.village_id], units)
    if not reading.villages:
        return []
    at = np.arange(len(reading.units), dtype=np.int32)
    columns = reading.reasons(np.zeros_like(at), at)
    proposed = proposed_for(run, reading, proposal)
    avoided = {unit for _village, unit in reading.problem.avoided.tolist()}
    most = run.round.villages_per_unit
    found = []
    for number, why in enumerate(columns):
        line, standing = reading.units[number], int(reading.problem.load[number])
        others = proposed.get(line.pk, [])
        if number in avoided or line.pk == proposal.unit_id or (most is not None and standing >= most):
            continue
        is_full = most is not None and standing + len(others) >= most
        load = standing + len(others) + (0 if is_full else 1)
        words = reasons(as_proposal(run, line.pk, why, reading.records.rounds), load)
        needs = why["met_count"] - (proposal.met_count if proposal.state == MatchState.PROPOSED else 0)
        other = others[0] if is_full else ""
        found.append(Alternative(line.pk, line.name, words, why["points"], needs, load, other))
    return sorted(found, key=lambda each: (bool(each.other), -each.points, each.load, each.pk))


def as_proposal(run: MatchingRun, unit: int, why: dict, rounds: dict[int, str]) -> MatchProposal:
    made = MatchProposal(run=run, unit_id=unit, **why)
    if made.tie_id:
        made.tie = Round(pk=made.tie_id, name=rounds[made.tie_id])
    return made


def proposed_for(run: MatchingRun, reading: Reading, proposal: MatchProposal) -> dict[int, list[str]]:
    """The other villages for which the run proposes these units, the weakest first."""
    units = [line.pk for line in reading.units]
    rows = run.proposals.filter(unit__in=units, state=MatchState.PROPOSED).exclude(pk=proposal.pk)
    found: dict[int, list[str]] = {}
    for unit, name in rows.order_by("points", "pk").values_list("unit", "village__name"):
        found.setdefault(unit, []).append(name)
    return found


def in_question(run: MatchingRun, village: Organisation, sought: str) -> QuerySet:
    """Keys of units: those sought; else first whom it had before and who are in talks with it, then those that meet
    most needs, of equal ones those without a village."""
    lines = DirectoryEntry.objects.filter(
        directory=run.directory_id, side=Side.UNIT, kind__in=Level.UNIT_VILLAGE.kinds(Side.UNIT)
    )
    if sought:
        found = lines.filter(organisation__in=Organisation.objects.found_by(sought).order_by().values("pk"))
        return found.order_by("pk").values("organisation")[:SHOWN]
    mine = {"village": village, "unit": OuterRef("organisation")}
    known = Exists(tied(run.round).filter(**mine)) | Exists(
        Intention.objects.open().filter(round=run.round, **mine)
    )  # fmt: skip
    needs = Need.objects.filter(village=village).exclude(resource=Resource.OTHER).order_by().values("resource")
    met = Count("organisation__strengths__resource", Q(organisation__strengths__resource__in=needs), distinct=True)
    free = Case(When(unpaired(run.round, Side.UNIT), then=Value(0)), default=Value(1))
    return lines.alias(known=known, met=met).order_by("-known", "-met", free, "pk").values("organisation")[:SHOWN]
