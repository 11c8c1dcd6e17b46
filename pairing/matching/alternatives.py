"""Other units for one village: who comes into question, why, and what would change."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from organisations.models import Organisation
from pairing.levels import Level
from pairing.matching.reading import Reading, read_some
from pairing.matching.records import tied
from pairing.matching.states import MatchState
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
    reading = read_some(run, proposal.village_id, *in_question(run, proposal, sought))
    if not reading.villages:
        return []
    at = np.arange(len(reading.units), dtype=np.int32)
    columns = reading.reasons(np.zeros_like(at), at)
    elsewhere = proposed_for(run, reading, proposal)
    avoided = {unit for _village, unit in reading.problem.avoided.tolist()}
    most = run.round.villages_per_unit
    found = []
    for number, why in enumerate(columns):
        line, standing = reading.units[number], int(reading.problem.load[number])
        others = elsewhere.get(line.pk, [])
        if number in avoided or line.pk == proposal.unit_id or (most is not None and standing >= most):
            continue
        is_full = most is not None and standing + len(others) >= most
        load = standing + len(others) + (0 if is_full else 1)
        words = reasons(as_proposal(run, line.pk, why, reading.records.rounds), load)
        needs = why["met_count"] - (proposal.met_count if proposal.state == MatchState.PROPOSED else 0)
        other = others[0] if is_full else ""
        found.append(Alternative(line.pk, line.name, words, why["points"], needs, load, other))
    return sorted(found, key=lambda each: (bool(each.other), -each.points, each.load, each.pk))[:SHOWN]


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


def in_question(run: MatchingRun, proposal: MatchProposal, sought: str) -> list[QuerySet]:
    """Keys of units that are sought; else of those that it had before or that are in talks with it, and of those that
    the computation weighed for it."""
    if sought:
        found = Organisation.objects.found_by(sought).order_by()
        listed = of_directory(run).filter(organisation__in=found.values("pk")).order_by("pk")
        return [listed.values("organisation")[:SHOWN]]
    before = tied(run.round).filter(village=proposal.village_id).values("unit")
    talking = Intention.objects.open().filter(round=run.round, village=proposal.village_id).order_by().values("unit")
    return [before, talking, Organisation.objects.filter(pk__in=proposal.others).order_by().values("pk")]


def of_directory(run: MatchingRun) -> QuerySet[DirectoryEntry]:
    kinds = Level.UNIT_VILLAGE.kinds(Side.UNIT)
    return DirectoryEntry.objects.filter(directory=run.directory_id, side=Side.UNIT, kind__in=kinds)
