"""How good a state of the round is: the hand-made one, and the same with what a run proposes.

An issued proposal stands as a pairing; one that was put to both sides counts as long as it waits for the answer.
"""

from dataclasses import asdict, dataclass, fields

from django.db import connection
from django.utils.translation import gettext_lazy as _

from organisations.kinds import Resource
from pairing.levels import Level
from pairing.matching.records import tied
from pairing.matching.states import MatchState
from pairing.models import MatchingRun
from pairing.states import Side


@dataclass(frozen=True)
class Measure:
    """Over the villages and units of the directory; each number with its denominator.

    A need is one aid resource of one village, however often it is named; it is met where a unit of the village offers
    it. `largest` and `smallest` are the villages of one unit, `idle` the units that have none.
    """

    villages: int = 0
    covered: int = 0
    needs: int = 0
    needs_met: int = 0
    units: int = 0
    largest: int = 0
    smallest: int = 0
    idle: int = 0
    ties: int = 0
    ties_kept: int = 0

    @property
    def left(self) -> int:
        return self.villages - self.covered

    def kept(self) -> dict:
        """For a JSON column."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict) -> "Measure":
        return cls(**{each.name: kept.get(each.name, 0) for each in fields(cls)})


def measure(run: MatchingRun, *, with_proposals: bool) -> Measure:
    """The pairings that stand now; with those that the run still proposes, as though they were issued. Within a
    transaction."""
    ties, parameters = tied(run.round).values("village", "unit").query.sql_with_params()
    values = [
        *(run.directory_id, Side.VILLAGE, sorted(Level.UNIT_VILLAGE.kinds(Side.VILLAGE))),
        *(run.directory_id, Side.UNIT, sorted(Level.UNIT_VILLAGE.kinds(Side.UNIT))),
        *(run.round_id, Level.UNIT_VILLAGE),
        *(run.pk if with_proposals else None, MatchState.PROPOSED, MatchState.RECOMMENDED),
        *parameters,
        *(Resource.OTHER, Resource.OTHER),
    ]
    with connection.cursor() as cursor:
        cursor.execute(NO_LOOPS)
        cursor.execute(MEASURE.format(ties=ties), values)
        found = Measure(*cursor.fetchone())
        cursor.execute(AS_BEFORE)
    return found


# Of rows written a moment ago nothing is known yet: who expects one of them loops over all, for minutes.
NO_LOOPS, AS_BEFORE = "SET LOCAL enable_nestloop = off", "SET LOCAL enable_nestloop = on"


# What is compared, with the number that it is out of.
LINES = (
    ("covered", _("Villages with a unit"), "villages"),
    ("needs_met", _("Needs met"), "needs"),
    ("ties_kept", _("Old ties kept"), "ties"),
    ("largest", _("Most villages of one unit"), ""),
    ("smallest", _("Fewest villages of one unit"), ""),
    ("idle", _("Units without a village"), "units"),
)


@dataclass(frozen=True)
class Compared:
    """One line of the comparison: by hand so far, as computed, with the changes made since."""

    name: str
    out_of: int | None
    before: int
    proposed: int
    now: int


def compared(run: MatchingRun) -> list[Compared]:
    states = [run.before, run.proposed, run.now]
    return [
        Compared(str(name), run.now.get(of) if of else None, *(state.get(key, 0) for state in states))
        for key, name, of in LINES
    ]


def changes(before: dict, now: dict) -> list[str]:
    """What a step by hand changed: 「需求满足 12 → 11」."""
    return [
        f"{name} {before.get(key, 0)} → {now.get(key, 0)}"
        for key, name, _of in LINES
        if before.get(key, 0) != now.get(key, 0)
    ]


MEASURE = """
WITH village AS MATERIALIZED (
    SELECT o.id FROM pairing_directoryentry e JOIN organisations_organisation o ON o.id = e.organisation_id
    WHERE e.directory_id = %s AND e.side = %s AND e.kind = ANY(%s) AND o.closed_on IS NULL
), unit AS MATERIALIZED (
    SELECT o.id FROM pairing_directoryentry e JOIN organisations_organisation o ON o.id = e.organisation_id
    WHERE e.directory_id = %s AND e.side = %s AND e.kind = ANY(%s) AND o.closed_on IS NULL
), pair AS MATERIALIZED (
    SELECT village_id, unit_id FROM pairing_pairing
    WHERE round_id = %s AND level = %s AND state IN ('negotiating', 'signed')
    UNION
    SELECT village_id, unit_id FROM pairing_matchproposal p
    WHERE run_id = %s AND (state = %s OR state = %s AND EXISTS (
        SELECT 1 FROM pairing_matchingrun r JOIN pairing_intention i ON i.round_id = r.round_id
        WHERE r.id = p.run_id AND i.unit_id = p.unit_id AND i.village_id = p.village_id AND i.state = 'proposed'
    ))
), tie (village_id, unit_id) AS MATERIALIZED (
    SELECT DISTINCT * FROM ({ties}) found
), load AS (
    SELECT count(pair.unit_id) AS villages FROM unit LEFT JOIN pair ON pair.unit_id = unit.id GROUP BY unit.id
), need AS MATERIALIZED (
    SELECT DISTINCT n.village_id, n.resource FROM organisations_need n JOIN village v ON v.id = n.village_id
    WHERE n.resource <> %s
)
SELECT
    (SELECT count(*) FROM village),
    (SELECT count(DISTINCT p.village_id) FROM pair p JOIN village v ON v.id = p.village_id),
    (SELECT count(*) FROM need),
    (SELECT count(*) FROM (
        SELECT DISTINCT n.village_id, n.resource FROM need n JOIN pair p ON p.village_id = n.village_id
        JOIN organisations_strength s ON s.unit_id = p.unit_id AND s.resource = n.resource AND s.resource <> %s
    ) met),
    (SELECT count(*) FROM unit),
    (SELECT coalesce(max(villages), 0) FROM load),
    (SELECT coalesce(min(villages), 0) FROM load),
    (SELECT count(*) FROM load WHERE villages = 0),
    (SELECT count(*) FROM tie t JOIN village v ON v.id = t.village_id JOIN unit u ON u.id = t.unit_id),
    (SELECT count(*) FROM tie t JOIN village v ON v.id = t.village_id JOIN unit u ON u.id = t.unit_id
        JOIN pair p ON p.village_id = t.village_id AND p.unit_id = t.unit_id)
"""
