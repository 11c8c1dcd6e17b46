"""The few lines that need attention most, and how many are behind in all: what a desk shows first.

Working out the stage of every line of a province takes longer than the page; so which lines come first is kept
under the revision of the round (docs/decisions/live-board.md) and the steps of its agreements, each of which makes
`version` grow. The lines themselves are read anew.
"""

from dataclasses import dataclass

from django.db.models import Count, Window

from organisations.querysets import within
from pairing.figures import stages
from pairing.figures.statistics import Revision, kept, places_key
from pairing.models import DirectoryEntry, Round


@dataclass(frozen=True)
class Worst:
    lines: list[DirectoryEntry]
    number: int


def worst(round: Round, scopes: list[str], at: Revision, shown: int) -> Worst:
    """Of the lines under `scopes`, worst first, as `stages.behind` orders them. `at` was read with its steps."""
    key = f"worst:{round.pk}:{at}:{at.steps}:{places_key(scopes)}:{shown}"
    stage_by_line, number = kept(key, round, at, lambda: ranked(round, scopes, shown))
    return Worst(lines_at(round, scopes, stage_by_line), number)


def ranked(round: Round, scopes: list[str], shown: int) -> tuple[dict[int, int], int]:
    """Stage by primary key of the line, in order; and how many lines are behind in all."""
    behind = stages.behind(round).filter(within(scopes, "organisation__path"))
    rows = list(behind.annotate(found=Window(Count("*"))).values_list("pk", "stage", "found")[:shown])
    return {pk: stage for pk, stage, _found in rows}, rows[0][2] if rows else 0


def lines_at(round: Round, scopes: list[str], stage_by_line: dict[int, int]) -> list[DirectoryEntry]:
    kept = DirectoryEntry.objects.filter(within(scopes, "organisation__path"), pk__in=stage_by_line)
    lines = {line.pk: line for line in stages.with_partners(kept, round)}
    for pk, line in lines.items():
        stages.place(line, round, stage_by_line[pk])
    return [lines[pk] for pk in stage_by_line if pk in lines]
