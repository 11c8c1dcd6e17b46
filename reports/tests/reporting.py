"""A town in which a quarter has passed: who reports to whom, and the records behind the figures."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from duties.models import Duty
from duties.planning import plan
from duties.tests.fulfilled import World, confirmed, under
from members.models import Member
from members.tests import factories
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.tests.factories import CHINA
from reports.models import PeriodicReport
from reports.periodic.drafting import draft_all
from visits.models import HouseholdVisit

ON = date(2026, 10, 3)  # the third quarter is over
QUARTER = "2026Q3"


@dataclass
class Town:
    world: World
    cast: dict[str, User] = field(default_factory=dict)

    @property
    def unit(self) -> Organisation:
        return self.world.place.unit

    @property
    def township(self) -> Organisation:
        return self.world.subjects["committee"]

    @property
    def county(self) -> Organisation:
        return self.world.subjects["organiser"]

    @property
    def member(self) -> Member:
        return self.world.subjects["member"]

    @property
    def secretary(self) -> User:
        return self.world.place.secretary

    @property
    def cadre(self) -> User:
        return self.world.place.cadre

    @property
    def organiser(self) -> User:
        return self.world.place.organiser

    @property
    def at(self) -> datetime:
        return datetime.combine(ON, time(9), tzinfo=CHINA)

    def report(self, obligation: str, period: str = QUARTER, **who: Any) -> PeriodicReport:
        rows = PeriodicReport.objects.with_parts()
        return rows.get(obligation=obligation, period=period, **who)

    @property
    def of_member(self) -> PeriodicReport:
        return self.report("member_report", member=self.member)

    @property
    def of_unit(self) -> PeriodicReport:
        return self.report("unit_report", organisation=self.unit)

    @property
    def of_committee(self) -> PeriodicReport:
        return self.report("committee_report", "2026H1", organisation=self.township)

    def draft(self, on: date = ON) -> Any:
        return draft_all(on, self.at)


def town(on: date = ON) -> Town:
    """Planned, nothing drafted: a unit with two members and a pairing; the village lies in a township."""
    world = under("town", on)
    made = Town(world)
    made.cast["colleague"] = people.user("cadre", made.unit, name="李同事")
    factories.member(made.unit, "李同事", rank="section", user=made.cast["colleague"])
    made.cast["township"] = people.user("township_supervisor", made.township)
    made.cast["committee staff"] = people.user("committee_staff", made.county)
    made.cast["auditor"] = people.user("auditor", made.county)
    plan(on)
    return made


def went(town: Town, *names: str, on: date = date(2026, 8, 5), nature: str = "party_lecture") -> None:
    """A confirmed activity of the quarter in which these people took part."""
    for name in names:
        confirmed(town.world, "member", who=name, nature=nature, name="上党课", on=on)


def called(town: Town, on: date = date(2026, 8, 6), took_place: bool = True) -> HouseholdVisit:
    """The cadre at the door of the household that they help."""
    household = town.world.subjects["household"]
    pair = factories.helps(town.member, household, round=town.world.place.pairing.round, since=date(2026, 1, 5))
    return HouseholdVisit.objects.create(
        pair=pair, unit=town.unit, village=household.village, target_household=household, on=on, took_place=took_place,
        met="head" if took_place else "", recorded_at=town.at, recorded_by=town.cadre,
    )  # fmt: skip


def owed(report: PeriodicReport) -> Duty:
    return Duty.objects.get(pk=report.duty_id)
