"""An inspection that was confirmed, with its circular, read by most; and the arrangement notice of the year."""

from dataclasses import dataclass
from datetime import date, timedelta

from demonstration.calendar import Calendar
from demonstration.people import OTHERS, QIANXI
from organisations.models import Appointment, Organisation, User
from pairing.models import Round
from reports.actions import inspections, notices
from reports.inspection.states import Among, CheckResult, Strata
from reports.models import CheckLine, InspectedVillage, Inspection, Notice

VILLAGES = 8
READ = 3  # every so many recipients have not read it yet
TASKS = (
    ("帮扶单位主要负责人到结对村调研一次，商定年度帮扶计划", "各帮扶单位", 60),
    ("村党组织公开帮扶资金收支", "各村党组织", 120),
    ("核对帮扶档案，双方记录一致", "各帮扶单位、各村党组织", 200),
)
WORDS = "实地查看档案、项目和公开栏，与村干部、党员代表座谈。"


@dataclass
class Inspecting:
    calendar: Calendar
    root: Organisation
    round: Round
    organiser: User

    def load(self) -> None:
        self.arrange()
        inspection = self.inspect()
        at = self.calendar.days_ago(6, 16)
        notice = notices.write_circular(by=self.organiser, inspection=inspection, at=at)
        self.issue(notice, 6)

    def arrange(self) -> None:
        start = self.round.starts_on
        year, at = start.year, self.calendar.in_round(150)
        notice = notices.write_arrangement(
            by=self.organiser, organisation=self.root, round=self.round, year=year, at=at
        )
        for what, who, days in TASKS:
            due = min(start + timedelta(days=days), date(year, 12, 31))
            notices.add_task(by=self.organiser, notice=notice, what=what, who=who, due_on=due)
        self.read(notices.issue_notice(by=self.organiser, notice=notice, at=at), 1)

    def inspect(self) -> Inspection:
        begun, ended = self.calendar.days_ago(14, 9), self.calendar.days_ago(8, 17)
        plan = inspections.Plan(
            title="「1+1」结对帮扶督查", is_planned=True, on=begun.date(), since=self.round.starts_on,
            until=begun.date(),
            among=Among.PAIRED, strata=Strata.TOWNSHIP, size=VILLAGES, purpose="了解协议履行、活动开展和资金公开情况。",
        )  # fmt: skip
        by = self.organiser
        inspection = inspections.plan_inspection(by=by, organisation=self.root, round=self.round, plan=plan, at=begun)
        places = inspections.draw_villages(by=by, inspection=inspection, at=begun, seed=f"{begun:%Y%m%d}")
        for number, place in enumerate(places):
            self.look(place, number)
        inspections.submit_inspection(by=by, inspection=inspection, at=ended)
        second = User.objects.get(username=OTHERS[0].username)
        inspections.confirm_inspection(by=second, inspection=inspection, at=self.calendar.days_ago(7, 10))
        return Inspection.objects.get(pk=inspection.pk)

    def look(self, place: InspectedVillage, number: int) -> None:
        at = self.calendar.days_ago(12 - number // 3, 15)
        results = {line.item: (result_of(line), "") for line in place.lines.all()}
        inspections.record_check(
            by=self.organiser, place=place, looked_on=at.date(), words=WORDS, results=results, at=at
        )
        if number == 1:
            inspections.raise_finding(
                by=self.organiser, place=place, title="帮扶档案缺少活动照片", kind="party_building",
                words="两次活动有记录，没有照片，请双方补齐。", at=at,
            )  # fmt: skip

    def issue(self, notice: Notice, days: int) -> None:
        at = self.calendar.days_ago(days, 17)
        self.read(notices.issue_notice(by=self.organiser, notice=notice, at=at), days - 2)

    def read(self, notice: Notice, days: int) -> None:
        """By the secretaries of most recipients; those offered on the sign-in page still have to."""
        posts = Appointment.objects.current().filter(
            organisation__in=notice.receipts.values("organisation"),
            role__in=("branch_secretary", "village_secretary"),
            user__is_demo=False,
        )
        for number, post in enumerate(posts.select_related("user", "organisation").order_by("organisation__path")):
            if number % READ:
                notices.confirm_reading(
                    by=post.user, notice=notice, organisation=post.organisation, at=self.calendar.days_ago(days, 9)
                )


def result_of(line: CheckLine) -> str:
    """As the records have it; what is seen on the spot was in order."""
    if line.of is None:
        return CheckResult.GOOD
    if not line.of:
        return CheckResult.NOT_ASKED
    value = line.value or 0
    if value == line.of:
        return CheckResult.GOOD
    return CheckResult.PARTLY if 2 * value >= line.of else CheckResult.POOR


def load(calendar: Calendar) -> None:
    root = Organisation.objects.get(name=QIANXI)
    round = Round.objects.filter(organiser=root).order_by("-starts_on")[0]
    organiser = User.objects.get(username="qianxi")
    Inspecting(calendar, root, round, organiser).load()
