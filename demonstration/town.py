"""A town under the scheme with reporting lines: two quarters are over, members, units and the committee reported.

Names of people and units are made up; everything is counted by the product from what they recorded.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.periods import Period, quarters
from demonstration import people
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from duties.planning import plan
from members.actions.members import add_member
from members.kinds import Mark, Rank
from members.models import Member
from organisations.actions import add_organisation
from organisations.kinds import Kind, Level
from organisations.models import Organisation, User
from pairing.actions import open_round, prepare_round, publish_directory
from pairing.models import Round, Scheme
from pairing.schemes.terms import default_terms
from pairing.states import Side
from reports.actions import periodic as acts
from reports.models import PeriodicReport
from reports.periodic.drafting import draft_all
from reports.states import ReportState
from visits.actions.confirming import confirm
from visits.actions.recording import Record, Somebody, record_activity

TOWN, BUREAU = "金碧镇", "黔西县林业局"
# Unit, kind, its secretary, its members.
UNITS = (
    ("金碧镇卫生院", Kind.HEALTH_INSTITUTION, "卢静", ("田小川", "袁秀英")),
    ("金碧镇农业服务中心", Kind.PUBLIC_INSTITUTION, "龚立志", ("范大江",)),
)
DONE = (("party_lecture", "给党员讲了一堂党课，会后座谈。"), ("visit", "到困难党员家走访，了解春耕安排。"))
WORDS = {
    "practice": "按年初计划到结对村上党课、走访困难党员和群众，能当场解决的当场解决。",
    "problem": "雨季进村道路不便，个别走访推迟。",
    "plan": "下季度组织一次实用技术培训，继续走访。",
}


@dataclass
class Town:
    calendar: Calendar
    root: Organisation
    organiser: User

    def load(self) -> None:
        self.town = people.named(TOWN)
        self.supervisor = User.objects.get(appointments__organisation=self.town)
        self.before, self.last = self.quarters()
        units = [self.unit(*row) for row in UNITS] + [people.named(BUREAU)]
        villages = list(Organisation.objects.under(self.town).villages().order_by("-path")[: len(units)])
        self.secretaries = {
            each.pk: User.objects.get(appointments__organisation=each, appointments__role__in=SECRETARIES)
            for each in [*units, *villages]
        }
        self.round = self.open(units, villages)
        self.pairs = [Pair(self.round, *pair, self.secretaries) for pair in zip(units, villages, strict=True)]
        for number, pair in enumerate(self.pairs):
            pair.play("signed", at(self.before.first_day + timedelta(days=12), 9, number))
        for period in (self.before, self.last):
            self.work(period)
            self.report(period)
        self.correct()

    def quarters(self) -> tuple[Period, Period]:
        """The two that are over."""
        found = list(quarters(self.calendar.today - NINE_MONTHS, self.calendar.today))
        return found[-3], found[-2]

    def unit(self, name: str, kind: Kind, secretary: str, members: tuple[str, ...]) -> Organisation:
        fields = {"name": name, "kind": kind, "level": Level.TOWNSHIP, "contact_name": secretary}
        unit = add_organisation(by=self.organiser, parent=self.town, fields=fields)
        people.make_accounts(
            (
                people.Account(f"town{unit.pk}", secretary, (("branch_secretary", name),)),
                *(people.Account(f"town{unit.pk}-{each}", one, (("cadre", name),)) for each, one in enumerate(members)),
            ),
            since=self.before.first_day,
        )
        User.objects.filter(username__startswith=f"town{unit.pk}").update(is_demo=False)  # too many to be offered
        for each in members:
            user = User.objects.get(name=each, appointments__organisation=unit)
            given = {"name": each, "rank": Rank.GENERAL, "user": user, "is_party_member": True}
            add_member(by=self.organiser, organisation=unit, fields=given | {"marks": [Mark.IN_SERVICE]})
        return unit

    def open(self, units: list[Organisation], villages: list[Organisation]) -> Round:
        version, start = Scheme.objects.get(key="town").versions.all()[0], self.before.first_day
        terms = replace(
            default_terms(version.rules, starts_on=start), name=f"{TOWN}城乡基层党组织结对共建 {start.year}"
        )
        round = prepare_round(by=self.organiser, scheme_version=version, organiser=self.root, terms=terms)
        below = Organisation.objects.under(self.root)
        publish_directory(
            by=self.organiser, round=round, at=at(start, 9),
            villages=below.filter(pk__in=[each.pk for each in villages]),
            units=below.filter(pk__in=[each.pk for each in units]),
        )  # fmt: skip
        return open_round(by=self.organiser, round=round, at=at(start, 10))

    def work(self, period: Period) -> None:
        """Each unit went twice, with its members; the village confirmed it."""
        for pair in self.pairs:
            names = list(
                Member.objects.filter(organisation=pair.unit).order_by("-pk").values_list("name", flat=True)[:2]
            )
            for number, (kind, words) in enumerate(DONE):
                self.went(pair, period.first_day + timedelta(days=30 + 20 * number), kind, words, names[: number + 1])

    def names(self, pair: Pair) -> list[str]:
        """Of those who came to the roster last."""
        rows = Member.objects.filter(organisation=pair.unit).order_by("-pk")
        return list(rows.values_list("name", flat=True)[:2])

    def went(
        self, pair: Pair, on: date, kind: str, words: str, names: list[str], moment: datetime | None = None
    ) -> None:  # fmt: skip
        late = "当时漏记，整理台账时补记。" if moment else ""
        record = Record(kind, on, [Somebody(name) for name in names], words, late_words=late)
        moment = moment or at(on, 17)
        made = record_activity(
            by=pair.secretary(Side.UNIT), pairing=pair.pairing, unit=pair.unit, side=Side.UNIT, record=record,
            key=uuid.uuid4(), at=moment,
        )  # fmt: skip
        confirm(by=pair.secretary(Side.VILLAGE), activity=made, at=moment + timedelta(hours=1))

    def report(self, period: Period) -> None:
        """Of the quarter before everything is done; of the last one some are returned, some are missing."""
        day, is_done = period.last_day + timedelta(days=1), period == self.before
        plan(day, round=self.round.pk)
        draft_all(day, at(day, 0, 35), round=self.round)
        members = self.rows(period, member__isnull=False, member__user__isnull=False)
        for number, report in enumerate(members if is_done else members[:-1]):
            assert report.member
            self.submit(report.member.user, report, at(day, 9, number))
        for number, report in enumerate(self.rows(period, member__isnull=False, state=ReportState.SUBMITTED)):
            by, moment = self.secretaries[report.place.pk], at(day, 15, number)
            if is_done or number:
                acts.accept(by=by, reports=[report], at=moment)
            else:
                acts.give_back(by=by, report=report, remark="请写明走访了哪几户、解决了什么问题。", at=moment)
        for number, report in enumerate(self.rows(period, organisation__in=[each.unit for each in self.pairs])):
            if not is_done and number == 1:
                continue
            by, moment = self.secretaries[report.place.pk], at(day + timedelta(days=3), 9, number)
            self.submit(by, report, moment)
            if is_done:
                taking = self.supervisor if report.desk == self.town else self.organiser
                acts.accept(by=taking, reports=[report], at=moment + timedelta(hours=4))
        self.committee(at(day + timedelta(days=6)))

    def submit(self, by: User | None, report: PeriodicReport, moment: datetime) -> None:
        assert by is not None
        report = acts.refresh(by=by, report=report, at=moment)
        acts.submit(by=by, report=report, words=WORDS, at=moment)

    def committee(self, moment: datetime) -> None:
        """What the committee of the town owes by then to the organisation department."""
        for report in self.rows(None, organisation=self.town, state=ReportState.DRAFTED):
            self.submit(self.supervisor, report, moment)
            acts.accept(by=self.organiser, reports=[report], at=moment + timedelta(days=1))

    def rows(self, period: Period | None, **which) -> list[PeriodicReport]:
        found = PeriodicReport.objects.filter(round=self.round, **which).with_parts().order_by("pk")
        return list(found if period is None else found.filter(period=period.key))

    def correct(self) -> None:
        """Something of the quarter before was recorded after its reports were accepted: both values can be seen."""
        pair = self.pairs[0]
        moment = self.calendar.days_ago(2, 9)
        self.went(
            pair, self.before.last_day - timedelta(days=4), "forum", "与村两委座谈。", self.names(pair)[:1], moment
        )
        today = self.calendar.today
        plan(today, round=self.round.pk)
        draft_all(today, self.calendar.days_ago(0, 0, 35), round=self.round)


NINE_MONTHS = timedelta(days=274)
SECRETARIES = ("branch_secretary", "village_secretary")
