"""The nine texts as worlds: what they count made by factories, what they only tell reported with its source.

A builder for each scheme; figures.tsv says in which cell each figure is printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funds.models import Project
from members.kinds import Mark, PairKind, Rank
from members.models import (
    Advancement,
    Household,
    Member,
    PersonPair,
    Secondment,
    Training,
    Zone,
    ZoneHousehold,
    ZoneMember,
)
from members.tests import factories as members
from organisations.kinds import FacilityKind, Kind, Level, VillageClass
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing, Round
from pairing.schemes.words import Nature
from pairing.states import Side
from pairing.tests import factories as pairings
from reports.models import LeavingAllowance, SecretaryPay
from reports.tests.factories import reported
from visits.models import Activity, Diary
from visits.states import ActivityState

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAY = pairings.SPRING_DAY


@dataclass
class Area:
    """A county, its organiser and a round under the scheme of the text."""

    county: Organisation
    township: Organisation
    organiser: User
    round: Round

    def report(self, *written: str, place: Organisation | None = None) -> None:
        """Each as “measure figure”, as the text writes it."""
        for each in written:
            measure, figure = each.split()
            days = {"since": FIRST, "until": LAST, "document": "原文", "said_by": "组织部"}
            reported(self.organiser, measure, place or self.county, figure, **days)

    def villages(self, number: int, **fields: Any) -> list[Organisation]:
        return [people.village(self.township, **fields) for _each in range(number)]

    def units(self, number: int, kind: str = Kind.AGENCY, **fields: Any) -> list[Organisation]:
        return [people.unit(self.county, kind=kind, **fields) for _each in range(number)]

    def pair(self, units: Sequence[Organisation], villages: Sequence[Organisation], **fields: Any) -> list[Pairing]:
        """Each of the longer side with one of the other, in turn."""
        pairs = range(max(len(units), len(villages)))
        return [
            pairings.pairing(
                self.round, units[each % len(units)], villages[each % len(villages)], state="signed", **fields
            )
            for each in pairs
        ]


def area(scheme: str, name: str) -> Area:
    county = people.county(name)
    made = pairings.round(county, scheme=scheme, name=name)
    return Area(county, people.township(county), people.user("organiser", people.organisation_dept(county)), made)


def members_of(organisation: Organisation, number: int, **fields: Any) -> list[Member]:
    same = {"rank": Rank.GENERAL, **fields}
    rows = (Member(organisation=organisation, name=f"党员{each}", **same) for each in range(number))
    return Member.objects.bulk_create(rows)


def households_of(village: Organisation, number: int) -> list[Household]:
    rows = (Household(village=village, head=f"户主{each}", people=4) for each in range(number))
    return Household.objects.bulk_create(rows)


def link(kind: str, helpers: Sequence[Any], helped: Sequence[Any]) -> None:
    """Each who is helped has one of the helpers, in turn."""
    sides = f"helper_{members.side_name(helpers[0])}", f"target_{members.side_name(helped[0])}"
    PersonPair.objects.bulk_create(
        PersonPair(
            kind=kind, since=DAY, unit=members.place_of(helpers[number % len(helpers)]),
            village=members.place_of(helped[number % len(helped)]),
            **{sides[0]: helpers[number % len(helpers)], sides[1]: helped[number % len(helped)]},
        )
        for number in range(max(len(helpers), len(helped)))
    )  # fmt: skip


def done(there: Area, pairing: Pairing, name: str, nature: str, times: int) -> None:
    """So many activities of a kind, recorded and confirmed."""
    same: dict[str, Any] = {
        "pairing": pairing, "unit": pairing.unit, "side": Side.UNIT, "state": ActivityState.CONFIRMED, "on": DAY,
        "entered_at": pairings.SPRING, "answered_at": pairings.SPRING,
    }  # fmt: skip
    by = {"entered_by": there.organiser, "answered_by": there.organiser}
    Activity.objects.bulk_create(Activity(name=name, nature=nature, **same, **by) for _each in range(times))


def trained(there: Area, kind: str, persons: int, person_times: int | None = None) -> None:
    Training.objects.create(
        organiser=there.county, kind=kind, title="培训", starts_on=DAY, ends_on=DAY, sessions=2, persons=persons,
        person_times=person_times or persons,
    )  # fmt: skip


def posted(there: Area, number: int, host: Organisation) -> None:
    sender = there.units(1)[0]
    for member in members_of(sender, number):
        Secondment.objects.create(
            member=member, kind=Secondment.Kind.YOUNG_CADRE, sender=sender, host=host,
            post="副书记", since=DAY, recorded_by=there.organiser,
        )  # fmt: skip


def xincheng() -> Area:
    there = area("xincheng", "新城区")
    leaders = members_of(there.units(1)[0], 32, rank=Rank.COUNTY)
    near, others = there.villages(3), people.township(there.county, "保合少镇")
    firms = there.units(5, Kind.ENTERPRISE)
    named = [people.village(others) for _each in range(3)]
    villages = [*near, *named, *there.villages(20)]
    there.pair(there.units(62), villages)
    there.pair(firms[:3], named)
    there.pair(firms[3:], near[:2])
    link(PairKind.LEADER_VILLAGE, leaders, villages)
    rows = (Zone(village=villages[0], kind=Zone.Kind.PROSPERITY_CHAIN, name=f"致富链{each}") for each in range(258))
    Zone.objects.bulk_create(rows)
    trained(there, Training.Kind.PRACTICAL, 1200, 2080)
    there.report("good_teams 22个", "projects_brought 20多个", "funds_coordinated 4000余万元", "service_chains 300余条")
    there.report("labour_hired 70余名", place=villages[0])
    return there


def suifenhe() -> Area:
    there = area("suifenhe", "绥芬河市")
    villages = there.villages(18)
    for kind, number in (
        (Kind.PARTY_COMMITTEE, 12), (Kind.WORK_COMMITTEE, 5), (Kind.GENERAL_BRANCH, 2), (Kind.PARTY_BRANCH, 188),
        (Kind.COMMUNITY, 17),
    ):  # fmt: skip
        for _each in range(number):
            people.organisation(kind=kind, parent=there.county)
    members_of(Organisation.objects.filter(kind=Kind.PARTY_BRANCH)[0], 4134)
    there.pair(there.units(26), villages[:11])
    secretaries = [people.user("village_secretary", village) for village in villages[:13]]
    for number, user in enumerate(secretaries[:7]):
        marks = [Mark.PEOPLES_DEPUTY] if number < 5 else []
        member = members.member(villages[number], user=user, marks=marks)
        if number >= 5:
            Secondment.objects.create(
                member=member, kind=Secondment.Kind.YOUNG_CADRE, direction=Secondment.Direction.UP,
                sender=villages[number], host=there.township, post="镇长助理", since=DAY, recorded_by=there.organiser,
            )  # fmt: skip
    posted(there, 2, villages[0])
    for number in range(25):
        people.facility(there.county, f"流动党员服务站{number}", kind=FacilityKind.FLOATING_STATION)
    rows = (Zone(village=villages[0], kind=Zone.Kind.ZONE, name=f"服务区{each}") for each in range(153))
    zones = Zone.objects.bulk_create(rows)
    led, served = households_of(villages[0], 1537), members_of(villages[0], 229)
    ZoneHousehold.objects.bulk_create(
        ZoneHousehold(zone=zones[each % 153], household=household) for each, household in enumerate(led)
    )
    ZoneMember.objects.bulk_create(ZoneMember(zone=zones[each % 153], member=one) for each, one in enumerate(served))
    paid(there, villages[:13])
    there.report("committees_before 12个")
    return there


def paid(there: Area, villages: Sequence[Organisation]) -> None:
    """13 secretaries, paid 2.99 on average, 3.98 at most and 2.05 at least; 7 insured; 19 who left paid each year, 4 once."""
    same: dict[str, Any] = {
        "round": there.round, "year": DAY.year, "entered_at": pairings.SPRING, "entered_by": there.organiser,
    }  # fmt: skip
    rules = {"base_score": 200, "yuan_per_point": 0, "bonus_percent": 0, "score": 200}
    bases = [39_800, 20_500, *[29_854] * 10, 29_860]
    insured = [4_428] * 6 + [4_432] + [0] * 6
    for village, base, insurance in zip(villages, bases, insured, strict=True):
        member = members.member(village)
        SecretaryPay.objects.create(village=village, member=member, base=base, insurance=insurance, **rules, **same)
    years = {"left_on": LAST, "regular_years": 10, "regular_percent": 20, "years_in_all": 12}
    for number in range(23):
        is_regular = number < 19
        given = {"years_in_a_row": 12, "present_base": 25_000} if is_regular else {"years_in_a_row": 3, "one_off": 2675}
        village = villages[number % len(villages)]
        LeavingAllowance.objects.create(village=village, member=members.member(village), **given, **years, **same)


def xinyi() -> Area:
    there = area("xinyi", "信宜市")
    for unit, number, village in (("农业局", 57, "水口村"), ("镇中心小学", 6, "岭上村")):
        place, office = people.village(there.township, village), people.unit(there.county, unit)
        link(PairKind.CADRE_HOUSEHOLD, members_of(office, number), households_of(place, number))
        for pair in PersonPair.objects.filter(unit=office):
            members.aid(pair, on=DAY)
    for edition in ("leaders", "agency", "grassroots"):
        member = members_of(there.units(1)[0], 1)[0]
        Diary.objects.create(member=member, edition=edition, begun_at=pairings.SPRING, begun_by=there.organiser)
    there.report("project_cadres 1000名以上", "project_villages 100个以上", "project_households 1万户以上")
    there.report("weekend_cadres 上千名", "secretary_projects 3个")
    there.report("collective_income 不到3万元", place=people.village(there.township, "池垌村"))
    return there


def yudu() -> Area:
    there = area("yudu", "于都县")
    villages = there.villages(136)
    teams = [people.organisation(kind=Kind.WORK_TEAM, parent=there.county) for _each in range(136)]
    there.pair(teams, villages)
    link(PairKind.CADRE_HOUSEHOLD, members_of(there.units(1)[0], 11_283), households_of(villages[0], 11_283))
    there.report("organisations_served 300余个", "households_served 约20万户", "camellia_base 10万亩", "pigs 3万头")
    there.report("citrus_base 万亩", "cassava_base 万亩", "named_communities 3个")
    return there


def qianxi() -> Area:
    there = area("qianxi", "黔西县")
    of_prefecture, of_county = there.units(14, level=Level.PREFECTURE), there.units(69, level=Level.COUNTY)
    villages = there.villages(123, classes=[VillageClass.POOR_1])
    townships = [people.township(there.county) for _each in range(28)]
    there.pair(of_prefecture, townships, level="unit_township")
    made = there.pair(of_county, villages[:83])
    link(PairKind.MEMBER_MEMBER, members_of(of_county[0], 1032), members_of(villages[0], 2135))
    posted(there, 75, villages[0])
    Project.objects.bulk_create(project_of(there, made[0], number) for number in range(253))
    trained(there, Training.Kind.MEMBER, 1237)
    trained(there, Training.Kind.FARMER, 1800, 2462)
    for way, number in (("member_to_leader", 517), ("leader_to_member", 209)):
        rows = members_of(villages[1], number)
        Advancement.objects.bulk_create(
            Advancement(member=one, way=way, on=DAY, recorded_by=there.organiser) for one in rows
        )
    done(there, made[0], "座谈会和联谊活动", Nature.FORUM, 83)
    done(there, made[1], "组织党员、干部职工到村活动", Nature.MEMBERS_ACTIVITY, 57)
    there.report("aid_meetings 84次", "joint_studies 96次", "three_strong 86次", "rules_improved 114项", "ideas 178条")
    there.report("people_formed 1015名", "technicians_formed 8800余名", "double_training_people 256名", "paths 45个")
    there.report("site_funds 近90万元", "culture_funds 26万元", "difficulties_infrastructure 55件")
    there.report("difficulties_life 244件", "poor_members_visited 147户", "pupils_supported 345人")
    there.report("medical_fee_households 1535户", "vegetables 15万亩", "fruit_forest 2.4万亩")
    there.report("breeding_households 138户", "scale_breeding_households 200余户", "households_got_rich 175户")
    there.report("labour_transferred 6500人", "extra_income 2000余万元", "lifestyle_changes 83户")
    return there


def project_of(there: Area, pairing: Pairing, number: int) -> Project:
    post = there.organiser.appointments.get()
    return Project(
        round=there.round, pairing=pairing, place=pairing.village, level="village", title=f"项目{number}", goal="增收",
        in_charge="王志远", kind="venue", field="economy", budget=Decimal(0), due_on=LAST, planned_side=Side.UNIT,
        carrier=Side.VILLAGE, planned_at=pairings.SPRING, planned_by=there.organiser, planned_as=post,
    )  # fmt: skip


def shanghai() -> Area:
    return area("shanghai", "奉贤区")


SOURCES: dict[str, Callable[[], Area]] = {
    "XC": xincheng, "SF": suifenhe, "XY": xinyi, "YD": yudu, "QX": qianxi, "SH": shanghai,
}  # fmt: skip
