"""Which clauses of the source texts the tests prove, each as it ended last: docs/clauses.tsv against their markers."""

import csv
import json
from dataclasses import dataclass

from config.services import BASE_DIR

LIST = BASE_DIR / "docs" / "clauses.tsv"
RESULT = BASE_DIR / "var" / "clauses.json"
COUNTED = {"R", "D", "S"}  # rules that can be checked, duties without a number, figures; C is context only


@dataclass(frozen=True)
class Clause:
    id: str
    kind: str
    home: str  # the app that owes the proof
    requirement: str


def listed(*, every_kind: bool = False) -> list[Clause]:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        clauses = [Clause(row["id"], row["kind"], row["home"], row["requirement"]) for row in rows]
    return [clause for clause in clauses if every_kind or clause.kind in COUNTED]


def save(outcomes: dict[str, dict[str, bool]], *, whole: bool) -> None:
    """`outcomes`: clause → test → whether it passed. A run of some tests leaves what is known of the others."""
    RESULT.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not whole and RESULT.exists():
        known = json.loads(RESULT.read_text(encoding="utf-8"))
        outcomes = {clause: known.get(clause, {}) | outcomes.get(clause, {}) for clause in known | outcomes}
    RESULT.write_text(json.dumps(outcomes, indent=1, sort_keys=True), encoding="utf-8")


def proved() -> dict[str, int]:
    """Clause → number of its tests, for clauses whose every test passed."""
    outcomes = json.loads(RESULT.read_text(encoding="utf-8"))
    return {clause: len(tests) for clause, tests in outcomes.items() if all(tests.values())}
