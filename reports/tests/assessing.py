"""A small round with an assessment, for tests."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.periods import Period
from duties.models import Duty
from organisations.tests import factories as people
from pairing.states import PairingState
from pairing.tests import factories as pairs
from pairing.tests.factories import CHINA
from reports.actions import assessment as acts
from reports.models import Assessed, Assessment, ScoreLine

NOON = datetime(2027, 1, 20, 12, 0, tzinfo=CHINA)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")


class Ground:
    """A county with `number` pairs, each of its own unit and village."""

    def __init__(self, scheme: str = "qianxi", number: int = 1, name: str = "青山县"):
        self.county = people.county(name)
        self.township = people.township(self.county, f"{name}城关镇")
        self.round = pairs.round(self.county, scheme=scheme)
        self.units = [people.unit(self.county, f"{name}{each}局") for each in range(number)]
        self.villages = [people.village(self.township, f"{name}{each}村") for each in range(number)]
        self.pairings = [
            pairs.pairing(self.round, unit, village, state=PairingState.SIGNED)
            for unit, village in zip(self.units, self.villages, strict=True)
        ]
        self.pairing, self.unit, self.village = self.pairings[0], self.units[0], self.villages[0]
        self.organiser = people.user("organiser", self.county)
        self.secretary = people.user("branch_secretary", self.unit)
        self.villager = people.user("village_secretary", self.village)

    def duty(self, obligation: str, done: int = 0, least: int = 1, *, of: int = 0, **fields: Any) -> Duty:
        pairing = self.pairings[of]
        values = {
            "scheme_version": self.round.scheme_version, "round": self.round, "pairing": pairing, "unit": pairing.unit,
            "village": pairing.village, "starts_on": date(2026, 4, 1), "due_on": date(2026, 12, 31), "least": least,
            "done": done, "planned_on": date(2026, 4, 1), "period": "2026",
        } | fields  # fmt: skip
        return Duty.objects.create(obligation=obligation, **values)

    def set_up(self, period: Period = YEAR, **changes: Any) -> Assessment:
        """Few duties are made here: a grade asks for no share of the full marks unless a test says so."""
        made = acts.set_up(by=self.organiser, round=self.round, period=period, at=NOON)
        return self.changed(made, **{"least_share": 0} | changes)

    def changed(self, made: Assessment, items: dict | None = None, **changes: Any) -> Assessment:
        return acts.change_rules(by=self.organiser, assessment=made, changes=changes, items=items or {})

    def opened(self, made: Assessment | None = None) -> Assessment:
        return acts.open_assessment(by=self.organiser, assessment=made or self.set_up(), at=NOON)

    def shown(self, made: Assessment | None = None) -> Assessment:
        return acts.show(by=self.organiser, assessment=self.opened(made), at=NOON)

    def frozen(self, made: Assessment | None = None) -> Assessment:
        return acts.freeze(by=self.organiser, assessment=self.shown(made), at=NOON)


def sheet(assessment: Assessment, subject: Any) -> Assessed:
    key = "pairing" if subject._meta.model_name == "pairing" else "organisation"
    return Assessed.objects.related().get(assessment=assessment, **{key: subject})


def line(assessment: Assessment, subject: Any, item: str) -> ScoreLine:
    return ScoreLine.objects.select_related("assessed__assessment__round__organiser").get(
        assessed=sheet(assessment, subject), item=item
    )


def points(assessment: Assessment, subject: Any) -> dict[str, Decimal | None]:
    """By item; None where it does not apply."""
    rows = sheet(assessment, subject).lines.all()
    return {each.item: each.points if each.applies else None for each in rows}
