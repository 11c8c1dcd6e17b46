"""A county with six villages in two townships and an inspection of it: what the tests of inspections play with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing, Round
from pairing.tests import factories as pairings
from reports.actions import inspections as acts
from reports.inspection.states import Among, CheckResult, Strata
from reports.models import InspectedVillage, Inspection

AT = datetime(2026, 9, 10, 9, 0, tzinfo=pairings.CHINA)
SINCE, UNTIL = date(2026, 7, 1), date(2026, 12, 31)


@dataclass
class Place:
    root: Organisation
    organiser: User
    second: User
    round: Round
    villages: list[Organisation]
    units: list[Organisation] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    secretaries: list[User] = field(default_factory=list)


def place(scheme: str = "town") -> Place:
    """The first three villages of each township; each of the first three is paired with a unit."""
    root = people.county()
    townships = [people.township(root, name) for name in ("东镇", "西镇")]
    villages = [people.village(township, f"{township.name}{n}村") for township in townships for n in (1, 2, 3)]
    units = [people.unit(root, f"第{n}局") for n in (1, 2, 3)]
    organiser, second = people.user("organiser", root), people.user("rural_work_office", root)
    round = pairings.round(root, scheme=scheme, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    pairings.directory(round)
    made = [pairings.pairing(round, unit, villages[n], state="signed") for n, unit in enumerate(units)]
    secretaries = [people.user("branch_secretary", unit) for unit in units]
    return Place(root, organiser, second, round, villages, units, made, secretaries)


def plan(**changes) -> acts.Plan:
    fields: dict[str, Any] = {
        "title": "下半年督查", "is_planned": True, "on": AT.date(), "since": SINCE, "until": UNTIL,
        "among": Among.DIRECTORY, "strata": Strata.TOWNSHIP, "size": 4,
    }  # fmt: skip
    return acts.Plan(**(fields | changes))


def planned(place: Place, **changes) -> Inspection:
    return acts.plan_inspection(
        by=place.organiser, organisation=place.root, round=place.round, plan=plan(**changes), at=AT
    )


def drawn(place: Place, seed: str = "2026", **changes) -> Inspection:
    inspection = planned(place, **changes)
    acts.draw_villages(by=place.organiser, inspection=inspection, seed=seed, at=AT)
    return people.reread(inspection)


def looked_at(place: Place, inspection: Inspection, result: str = CheckResult.GOOD) -> None:
    for each in inspection.places.standing():
        check(place, each, result)


def check(place: Place, inspected: InspectedVillage, result: str) -> None:
    results = {line.item: (result, "") for line in inspected.lines.all()}
    acts.record_check(
        by=place.organiser, place=inspected, looked_on=AT.date(), words="到村查看", results=results, at=AT
    )


def closed(place: Place, **changes) -> Inspection:
    inspection = drawn(place, **changes)
    looked_at(place, inspection)
    acts.submit_inspection(by=place.organiser, inspection=inspection, at=AT)
    acts.confirm_inspection(by=place.second, inspection=inspection, at=AT)
    return people.reread(inspection)
