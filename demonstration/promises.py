"""What signed pairs of Qianxi have planned and promised since: some all of it, some a part, some nothing yet."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from demonstration.calendar import Calendar
from demonstration.play import Pair
from organisations.models import User
from pairing.actions.letters import draw_letter, sign_letter
from pairing.actions.plans import confirm_plan, note_done, propose_plan, write_plan
from pairing.actions.promises import confirm_promise, publish_promise, report_promise, write_promise
from pairing.actions.targets import (
    TargetTerms,
    claim_target,
    claim_year,
    confirm_target,
    confirm_year,
    plan_year,
    revise_target,
    take_goals,
)
from pairing.models import Plan, PublicCommitment, Target
from pairing.plans.content import Line, PlanText
from pairing.plans.letters import letter_hash
from pairing.states import CommitmentState, Side, Signatory

# How far the pairs are, one after the other and then again from the first.
FAR = ("all", "plans", "targets", "letter to sign", "plan to confirm", "nothing", "plans", "commitment kept", "nothing")
INCOME = ("well_off", "元", 2100, 400)  # goal of the scheme, unit of measure, baseline, growth a year


@dataclass
class Promising:
    """One pair, in the year of the demonstration; the last step is the newest."""

    pair: Pair
    organiser: User
    calendar: Calendar
    year: int = field(init=False)

    def __post_init__(self) -> None:
        self.year = self.calendar.today.year

    def play(self, far: str) -> None:
        if far in ("all", "plans", "letter to sign"):
            self.confirmed(self.written("measures", None, self.measures(), 30), 28)
        if far in ("all", "plans"):
            self.confirmed(self.written("yearly_plan", self.year, self.lines_of_year(), 27), 25)
        if far == "plan to confirm":
            self.proposed(self.written("yearly_plan", self.year, self.lines_of_year(), 3), 2)
        if far in ("all", "targets", "letter to sign"):
            self.targets(24, reached=far != "letter to sign")
        if far in ("all", "letter to sign"):
            self.letter(20, signed=far == "all")
        if far in ("all", "commitment kept"):
            self.commitments(kept=far == "commitment kept")

    def at(self, days_ago: int) -> datetime:
        return self.calendar.days_ago(days_ago, 15, 20)

    def by(self, side: Side) -> dict:
        return {"by": self.pair.secretary(side), "side": side}

    def written(self, kind: str, year: int | None, text: PlanText, days_ago: int) -> Plan:
        return write_plan(
            **self.by(Side.UNIT),
            pairing=self.pair.pairing,
            kind=kind,
            year=year,
            text=text,
            edition=0,
            at=self.at(days_ago),
        )

    def proposed(self, plan: Plan, days_ago: int) -> Plan:
        return propose_plan(**self.by(Side.UNIT), plan=plan, edition=plan.edition, at=self.at(days_ago))

    def confirmed(self, plan: Plan, days_ago: int) -> None:
        plan = self.proposed(plan, days_ago)
        plan = confirm_plan(**self.by(Side.VILLAGE), plan=plan, edition=plan.edition, at=self.at(days_ago - 1))
        for item in plan.items.filter(on__lt=self.calendar.today):
            note_done(**self.by(Side.UNIT), item=item, words="已办结。", on=item.on)

    def measures(self) -> PlanText:
        """From what the village asks for: nothing is planned that the rosters don't name."""
        needs = [need.name for need in self.pair.village.needs.all()] or ["实用技术培训"]
        return PlanText(
            body=f"按照入村调研的情况，会同{self.pair.village.name}研究制定以下措施，整合各方资金分年落实。",
            lines=[
                Line("measure", name, "单位牵头，村组织群众投工投劳。", self.day(30 * n - 10))
                for n, name in enumerate(needs)
            ],
        )

    def lines_of_year(self) -> PlanText:
        return PlanText(
            body="围绕「6个更加」确定本年度目标任务，双方共同推进，年底共同检查。",
            lines=[
                Line("plan", "双方会商年度任务", "", self.day(-20)),
                Line("input", "帮扶资金和物资到村", "", self.day(-6)),
                Line("progress", "推进情况会商", "", self.day(20)),
                Line("assessment", "年度目标共同检查", "", date(self.year, 12, 20)),
            ],
        )

    def day(self, ahead: int) -> date:
        """So many days ahead; what is planned for the year stays in it."""
        return min(self.calendar.today + timedelta(days=ahead), date(self.year, 12, 31))

    def targets(self, days_ago: int, *, reached: bool) -> None:
        take_goals(**self.by(Side.UNIT), pairing=self.pair.pairing)
        goal, measured_in, baseline, growth = INCOME
        target = Target.objects.get(pairing=self.pair.pairing, goal_key=goal)
        terms = TargetTerms(
            words="农民人均纯收入",
            unit_of_measure=measured_in,
            baseline=Decimal(baseline),
            baseline_year=self.year - 1,
            final=Decimal(baseline + 3 * growth),
            horizon_year=self.pair.round.ends_on.year,
        )
        target = revise_target(**self.by(Side.UNIT), target=target, terms=terms)
        plan_year(**self.by(Side.UNIT), target=target, year=self.year, planned=Decimal(baseline + growth))
        tidy = Target.objects.get(pairing=self.pair.pairing, goal_key="tidy_village")
        plan_year(
            **self.by(Side.UNIT),
            target=tidy,
            year=self.year,
            planned=None,
            planned_words="建垃圾池3个，硬化串户路1公里",
        )
        if reached:
            self.reached(tidy, days_ago - 6)

    def reached(self, target: Target, days_ago: int) -> None:
        words = "垃圾池3个、串户路1公里已完工，村民代表到场查看。"
        row = claim_year(
            **self.by(Side.UNIT), target=target, year=self.year, actual=None, proof_words=words, at=self.at(days_ago)
        )
        confirm_year(**self.by(Side.VILLAGE), row=row, at=self.at(days_ago - 1))
        claimed = claim_target(**self.by(Side.UNIT), target=target, proof_words=words, at=self.at(days_ago - 2))
        confirm_target(**self.by(Side.VILLAGE), target=claimed, at=self.at(days_ago - 3))

    def letter(self, days_ago: int, *, signed: bool) -> None:
        secretary = self.pair.secretary(Side.UNIT)
        letter = draw_letter(by=secretary, pairing=self.pair.pairing, year=self.year, at=self.at(days_ago))
        signatories = {Signatory.UNIT: secretary, Signatory.ORGANISER: self.organiser}
        for party, person in signatories.items() if signed else [(Signatory.UNIT, secretary)]:
            letter = sign_letter(
                by=person,
                letter=letter,
                party=party,
                name=person.name,
                shown_hash=letter_hash(letter),
                at=self.at(days_ago - 1),
            )

    def commitments(self, *, kept: bool) -> None:
        training = self.published(Side.UNIT, "年内到村举办实用技术培训2期，培训群众不少于100人次。", 60)
        self.report(training, CommitmentState.UNDER_WAY, "已举办1期，培训56人次。", 12)
        opened = self.published(Side.VILLAGE, "村党组织每季度向党员群众通报一次帮扶项目进展。", 90)
        if not kept:
            return
        self.report(opened, CommitmentState.CLAIMED, "本季度已在村务公开栏通报。", 8)
        confirm_promise(**self.by(Side.UNIT), promise=opened, at=self.at(6))
        self.report(training, CommitmentState.CLAIMED, "2期已办完，培训118人次。", 2)

    def published(self, side: Side, text: str, due_in: int) -> PublicCommitment:
        promise = write_promise(
            **self.by(side), pairing=self.pair.pairing, year=self.year, text=text, due_on=self.day(due_in)
        )
        return publish_promise(**self.by(side), promise=promise, at=self.at(22))

    def report(self, promise: PublicCommitment, state: CommitmentState, words: str, days_ago: int) -> None:
        report_promise(**self.by(Side(promise.side)), promise=promise, state=state, words=words, at=self.at(days_ago))
