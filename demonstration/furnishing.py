"""What stands around the organisations of a county: its departments, a team, a joint organisation, facilities, figures.

The committee's own desks come with neither workbook; what a village was like in the year before the round neither.
"""

from dataclasses import dataclass
from decimal import Decimal

from demonstration.calendar import Calendar, at
from organisations import actions
from organisations.kinds import FacilityKind, Function, Kind, Resource, Tier, VillageClass
from organisations.models import Organisation, User

CENTRE = (Function.POLITICAL_ACTIVITY, Function.EDUCATION_TRAINING, Function.GUIDANCE_SERVICE)
SITE = (Function.POLITICAL_LIFE, Function.SERVICE_DESK, Function.CULTURAL_ACTIVITY)
SERVED = 3
COMPARED = 24
# How the incomes of every so many villages went: of the collective, of the villagers, in per cent of the year before.
COURSES = ((118, 109, Tier.LEADING), (106, 104, Tier.LUKEWARM), (100, 103, Tier.LUKEWARM), (94, 99, Tier.LAGGING))


@dataclass
class Furnishing:
    calendar: Calendar
    root: Organisation
    organiser: User

    def load(self) -> None:
        villages = list(Organisation.objects.under(self.root).villages().order_by("path")[:COMPARED])
        self.departments()
        self.teams(villages)
        self.facilities(villages)
        for number, village in enumerate(villages):
            self.years(village, *COURSES[number % len(COURSES)], first=2600 + 37 * number)

    def departments(self) -> None:
        """And who has which part in the work."""
        name = self.root.name
        held = (
            ("lead", self.root),
            ("coordinate", self.add(f"中共{name}委组织部", Kind.ORGANISATION_DEPT)),
            ("mobilise", self.add(f"中共{name}直属机关工作委员会", Kind.ORGANS_WORK_COMMITTEE)),
            ("mobilise", self.add(f"中共{name}教育工作委员会", Kind.WORK_COMMITTEE)),
            ("mobilise", self.add(f"中共{name}国资委委员会", Kind.PARTY_COMMITTEE)),
        )
        for part, holder in held:
            actions.give_mandate(
                by=self.organiser, area=self.root, holder=holder, part=part, since=self.calendar.first_of_march
            )

    def teams(self, villages: list[Organisation]) -> None:
        """A team serves several villages; two neighbours have a joint branch, which was renamed since."""
        start, today = self.calendar.first_of_march, self.calendar.today
        team = self.add(f"{self.root.name}第一工作队", Kind.WORK_TEAM)
        joint = self.add(f"{villages[0].name}联建党支部", Kind.JOINT_PARTY_ORG)
        for holder, members in ((team, villages[:SERVED]), (joint, villages[:2])):
            for member in members:
                actions.add_link(by=self.organiser, holder=holder, member=member, since=start)
        actions.rename(
            by=self.organiser, organisation=joint, name=f"{villages[0].name}片区联合党总支", code="",
            reason="党员人数增加，经县委组织部批准改设党总支。", on=today, at=at(today, 9),
        )  # fmt: skip

    def facilities(self, villages: list[Organisation]) -> None:
        """The townships' service centres, the villages' sites, and a unit that helped with the first."""
        unit = Organisation.objects.under(self.root).units().order_by("path")[0]
        township = Organisation.objects.get_parent(villages[0])
        fields = {
            "kind": FacilityKind.SERVICE_CENTRE,
            "name": f"{township.name}党员服务中心",
            "functions": list(CENTRE),
        }
        centre = actions.add_facility(by=self.organiser, organisation=township, fields=fields)
        for village in villages[:SERVED]:
            fields = {"kind": FacilityKind.VILLAGE_SITE, "name": f"{village.name}活动场所", "functions": list(SITE)}
            actions.add_facility(by=self.organiser, organisation=village, fields=fields)
        actions.record_help(
            by=self.organiser, facility=centre, helper=unit, what="电教设备一套、图书三百册",
            resource=Resource.EDUCATION, on=self.calendar.days_ago(20).date(), at=self.calendar.days_ago(20),
        )  # fmt: skip

    def years(self, village: Organisation, collective: int, villagers: int, tier: Tier, first: int) -> None:
        """The year before the round as the baseline, and the year of the round as it went since."""
        year = self.calendar.first_of_march.year
        known = village.facts.filter(year=year).first()
        income = (known.collective_income if known else None) or Decimal(8_000)
        before = {"collective_income": round(income * 100 / collective), "villagers_income": first}
        now = {"collective_income": income, "villagers_income": first * villagers // 100, "tier": tier}
        if tier == Tier.LAGGING and VillageClass.LAGGING in village.classes:
            now["lagging_reasons"] = ["soft", "loose"]
        for of_year, fields in ((year - 1, before), (year, now)):
            actions.record_facts(by=self.organiser, village=village, year=of_year, fields=fields)

    def add(self, name: str, kind: Kind) -> Organisation:
        return actions.add_organisation(by=self.organiser, parent=self.root, fields={"name": name, "kind": kind})
