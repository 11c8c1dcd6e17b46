"""Partners for every village of a province at once: seconds by phase, and the memory of both processes.

In the second round (`next_round`): nobody is paired yet, old ties stand by the thousand.
"""

import random
import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.report import Finding
from organisations.kinds import Resource
from organisations.models import Need, Organisation, Strength, User
from pairing.actions.issuing import issue
from pairing.actions.matching import Settings, choose_unit, keep_proposals, start_matching
from pairing.matching import pruning, reading, solving
from pairing.matching.computing import rows as rows_of
from pairing.models import MatchingRun, Round

MOST_SECONDS, MOST_MEGABYTES = 300, 2000
NAMED = [each for each in Resource if each != Resource.OTHER]


@dataclass
class Watch:
    """Seconds of each phase, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, phase: str, work: Callable):
        started = perf_counter()
        result = work()
        self.seconds[phase] = perf_counter() - started
        return result


def prepare() -> None:
    """Two needs for each village, two strengths for each unit."""
    chance = random.Random(1)  # the same every time
    model: Any
    for model, owners in ((Need, Organisation.objects.villages()), (Strength, Organisation.objects.units())):
        owner = "village" if model is Need else "unit"
        keys = owners.order_by("path").values_list("pk", flat=True)
        rows = ((key, each) for key in keys for each in chance.sample(NAMED, 2))
        model.objects.bulk_create(
            (model(**{f"{owner}_id": key, "name": str(each.label), "resource": each}) for key, each in rows), 5_000
        )


def compute(user: User, round: Round, watch: Watch) -> MatchingRun:
    """The same steps as `matching.computing.compute`, timed one by one."""
    now = timezone.now()
    run = start_matching(by=user, round=round, settings=Settings(), at=now)
    read = watch.time("read the round", lambda: reading.read(run))
    found = watch.time("look at pairs", lambda: pruning.candidates(read.problem, run.candidates))
    chosen = watch.time("choose", lambda: solving.match(read.problem, found, run.candidates, lambda: None))
    rows = watch.time("reasons", lambda: rows_of(read, found, chosen))
    numbers = {"villages": len(read.villages), "units": len(read.units), "looked_at": len(found)}
    return watch.time("keep and measure", lambda: keep_proposals(by=user, run=run, rows=rows, at=now, **numbers))


def addresses(run: MatchingRun) -> dict[str, str]:
    proposal = run.proposals.order_by("pk")[0]
    return {
        "matching: its runs": reverse("matching_runs", args=[run.round_id]),
        "matching: proposals": run.get_absolute_url(),
        "matching: one village": proposal.get_absolute_url(),
        "matching: issue": reverse("issue_matching", args=[run.pk]),
    }


def measure(user: User, run: MatchingRun, watch: Watch) -> list[Finding]:
    """Moves one pair, then issues all of them."""
    first, other = run.proposals.select_related("unit", "village").order_by("pk")[:2]
    move = {"by": user, "proposal": first, "unit": other.unit, "seen": first.unit_id, "at": timezone.now()}
    whole = sum(watch.seconds.values())
    watch.time("move one by hand", lambda: choose_unit(**move))
    pks = list(run.proposals.values_list("pk", flat=True))
    at = timezone.now()
    watch.time("issue all", lambda: issue(by=user, run=run, proposals=pks, reason="基准", at=at))
    size = f"matching of {run.villages} villages × {run.units} units"
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    phases = [Finding(f"{size}: {name}", seconds, 0, "", True) for name, seconds in watch.seconds.items()]
    return [
        *phases,
        Finding(f"{size}: in all", whole, 0, f"{MOST_SECONDS} s", whole <= MOST_SECONDS),
        Finding(f"{size}: memory", memory, 0, f"{MOST_MEGABYTES} MB", memory <= MOST_MEGABYTES, "MB"),
    ]
