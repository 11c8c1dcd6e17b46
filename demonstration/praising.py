"""What is learned and praised: an on-site meeting, good cases, a commendation list of Qianxi, a contest of Yudu."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demonstration import reporting
from demonstration.activities import keep_with_author
from demonstration.calendar import Calendar
from demonstration.people import QIANXI, YUDU
from organisations.models import Organisation, User
from pairing.models import Pairing, Round
from pairing.schemes.words import Nature
from pairing.states import Side
from reports.actions import commendations, contests, good_cases, meetings, notices
from reports.models import Contest, ContestEntry
from reports.praise.awarding import Basis, best_areas
from reports.praise.comparing import Measure
from reports.praise.states import Contestant, SupportKind
from visits.models import Activity
from visits.states import ActivityState

CASES = (  # of the first pairings: title, practice, outcome, lesson; the last one still waits
    (
        "机关食堂连着小菜园", "单位食堂每周向村合作社下菜单，村里按单种菜、每周四送货，月底结账。",
        "蔬菜有了固定销路，合作社按月结账，不再压款。", "先有订单再安排种植，量小也能做起来。",
    ),
    (
        "党员夜校开到院坝里", "农闲时把党课和实用技术培训合在一起，晚上到院坝里讲，一课一个手艺。",
        "参加的群众比在会议室多，提出的问题当场登记进问题台账。", "时间和地点由群众定。",
    ),
    (
        "一户一张明白卡", "把帮扶联系人、政策和办事地点印在一张卡上，入户时逐户讲清楚。",
        "群众知道该找谁、去哪里办。", "",
    ),
)  # fmt: skip
SHEETS = {
    "industry_service": ("请技术员到田头指导，统一采购种苗。", "主要作物的成活率比上年提高。"),
    "big_growers": ("扶持两户大户扩大规模，签订用工约定。", "大户牵头成立合作社。"),
    "farmer_links": ("合作社与农户签订收购协议。", "多数农户有了稳定销路。"),
}
# Of each village that competes, as it reports them; then what its unit did for it.
REACHED = (
    (("extra_income", "约12万元"), ("scale_breeding_households", "4户"), ("labour_hired", "26人")),
    (("extra_income", "近8万元"), ("scale_breeding_households", "3户"), ("labour_hired", "19人")),
    (("extra_income", "6万余元"), ("scale_breeding_households", "1户"), ("labour_hired", "11人")),
)
DONE = (
    ("industry_service", "比产业服务、看增收效益", "请脐橙技术员到果园指导修剪和施肥。"),
    ("farmer_links", "比联农带户、看辐射能力", "合作社与农户现场签订收购协议。"),
)


@dataclass
class Praising:
    calendar: Calendar
    root: Organisation
    round: Round
    organiser: User

    def learn(self) -> None:
        """One case in public, one inside the round, one that waits; the meeting was held where the first is at home."""
        pairings = Pairing.objects.signed().filter(round=self.round).select_related("unit", "village").order_by("pk")
        for number, (pairing, words) in enumerate(zip(pairings, CASES, strict=False)):
            title, practice, outcome, lesson = words
            written = good_cases.Words(title, practice, outcome, lesson, may_be_public=number == 0)
            case = good_cases.hand_in_case(
                by=secretary_of(pairing.unit), organisation=pairing.unit, round=self.round, words=written,
                at=self.calendar.days_ago(20 - number),
            )  # fmt: skip
            if number < len(CASES) - 1:
                good_cases.publish_case(
                    by=self.organiser, case=case, remark="简单管用，可以推广。", in_public=number == 0,
                    at=self.calendar.days_ago(12 - number),
                )  # fmt: skip
        self.meet(pairings[0].village)

    def meet(self, venue: Organisation) -> None:
        held = self.calendar.days_ago(5, 16)
        plan = meetings.Plan(
            "产业帮扶现场会", held.date(), venue, "看菜园和合作社账本，听村里怎样接订单。", ["committee", "unit"]
        )
        meeting = meetings.announce_meeting(
            by=self.organiser, organisation=self.root, round=self.round, plan=plan, at=self.calendar.days_ago(15)
        )
        meetings.record_meeting(
            by=self.organiser, meeting=meeting, on=held.date(), attended="各乡镇党委、各帮扶单位", came=58,
            minutes="实地看了菜园和合作社，三个单位介绍做法。", decided="各单位年底前学一项、做一项。", at=held,
        )  # fmt: skip

    def commend(self) -> None:
        """The township that is best by the records, with what they say of it."""
        today = self.calendar.today
        basis = Basis(self.round.starts_on, today, number=2)
        notice = commendations.write_commendation(
            by=self.organiser, organisation=self.root, round=self.round, basis=basis, award="先进集体",
            at=self.calendar.days_ago(3),
        )  # fmt: skip
        best = Basis(self.round.starts_on, today, measure=Measure.ACTIVITIES, number=2)
        for one, reason in best_areas(self.root, self.round, best):
            commendations.commend(by=self.organiser, notice=notice, organisation=one, award="先进集体", reason=reason)
        if notice.awards.exists():
            notices.issue_notice(by=self.organiser, notice=notice, at=self.calendar.days_ago(2, 16))

    def compete(self) -> None:
        begun, due = self.calendar.days_ago(30), self.calendar.days_ago(10)
        plan = contests.Plan("三比三看", Contestant.VILLAGE, due.date().replace(month=1, day=1), due.date(), due.date())
        contest = contests.open_contest(
            by=self.organiser, organisation=self.root, round=self.round, plan=plan, at=begun
        )
        entries = self.sheets(contest, begun, due)
        contests.select_entry(by=self.organiser, entry=entries[0], why="合作社带动的农户最多。")
        contests.close_contest(by=self.organiser, contest=contest, at=self.calendar.days_ago(6))
        entries[0].refresh_from_db()
        for kind, words in ((SupportKind.POLICY, "优先安排产业项目"), (SupportKind.TRAINING, "村干部参加县里的培训班")):
            contests.note_support(
                by=self.organiser, entry=entries[0], kind=kind, words=words, amount=None,
                on=self.calendar.days_ago(2).date(), at=self.calendar.days_ago(2),
            )  # fmt: skip

    def sheets(self, contest: Contest, begun: datetime, due: datetime) -> list[ContestEntry]:
        """Three villages hand in, after their figures of the year were reported."""
        signed = Pairing.objects.signed().filter(round=self.round).select_related("unit", "village")
        pairings, entries = list(signed.order_by("village__path")[: len(REACHED)]), []
        self.helped(pairings, begun)
        for number, pairing in enumerate(pairings):
            village, at, by = pairing.village, due - timedelta(days=number + 1), secretary_of(pairing.village)
            told = (f"{village.name}「三比三看」自查表", f"{village.name}村委会", contest.since, begun.date())
            reporting.load(village, by, reporting.Source(*told, REACHED[number]), at)
            handed = contests.hand_in_sheet(by=by, contest=contest, organisation=village, written=SHEETS, at=at)
            entries.append(handed)
        return entries

    def helped(self, pairings: list[Pairing], since: datetime) -> None:
        """What was recorded of the comparisons; of the last pairing it still waits for the village."""
        waits = pairings[-1]
        days = [(pairing, turn, since - timedelta(days=9 + 11 * turn)) for pairing in pairings for turn in (0, 1)]
        keep_with_author([done(pairing, DONE[turn], at, confirmed=pairing != waits) for pairing, turn, at in days])


def done(pairing: Pairing, what: tuple[str, str, str], at: datetime, *, confirmed: bool) -> Activity:
    kind, name, words = what
    answer: dict[str, Any] = {"state": ActivityState.SUBMITTED}
    if confirmed:
        by = secretary_of(pairing.village)
        answer = {"state": ActivityState.CONFIRMED, "answered_at": at + timedelta(days=1), "answered_by": by}
    return Activity(
        pairing=pairing, unit=pairing.unit, side=Side.UNIT, kind=kind, nature=Nature.OTHER, name=name, words=words,
        on=at.date(), entered_at=at, entered_by=secretary_of(pairing.unit), **answer,
    )  # fmt: skip


def secretary_of(place: Organisation) -> User:
    roles = ("branch_secretary", "village_secretary")
    return User.objects.filter(appointments__organisation=place, appointments__role__in=roles).order_by("pk")[0]


def of(calendar: Calendar, name: str, organiser: str) -> Praising:
    root = Organisation.objects.get(name=name)
    round = Round.objects.filter(organiser=root).order_by("-starts_on")[0]
    return Praising(calendar, root, round, User.objects.get(username=organiser))


def load(calendar: Calendar) -> None:
    qianxi = of(calendar, QIANXI, "qianxi")
    qianxi.learn()
    qianxi.commend()
    of(calendar, YUDU, "yudu").compete()
