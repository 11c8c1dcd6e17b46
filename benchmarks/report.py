"""What a benchmark found: rows of a table on the terminal, and the same as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Finding:
    """One measured figure beside its floor. `figure`, `floor` in seconds unless `unit` says otherwise."""

    work: str
    figure: float
    floor: float
    at_most: str
    holds: bool
    unit: str = "s"


def show(findings: list[Finding]) -> None:
    print(f"{'work':58} {'figure':>12} {'floor':>12} {'at most':>20}  holds")
    for row in findings:
        figure, floor = (f"{value:.4f} {row.unit}" for value in (row.figure, row.floor))
        print(f"{row.work:58} {figure:>12} {floor:>12} {row.at_most:>20}  {'yes' if row.holds else 'NO'}")


def save(findings: list[Finding], path: Path, **setting) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({**setting, "findings": [asdict(row) for row in findings]}, indent=1, ensure_ascii=False)
    )
    print(f"\n{path}")
