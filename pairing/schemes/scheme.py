"""A scheme file: what an official can read, checked on reading.

The files stand in pairing/schemes/*.yaml with Chinese keys and words; here each gets its English name. Every rule
carries the clause of the text from which it comes; a rule without one is our own default, and the page says so.
"""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from organisations.kinds import VillageClass
from pairing.levels import Level
from pairing.schemes import words
from pairing.schemes.assessment import AssessmentRules
from pairing.schemes.contest import ContestRules
from pairing.schemes.diary import DiaryRules
from pairing.schemes.duties import Obligation, ReminderRules
from pairing.schemes.duty_words import Method
from pairing.schemes.floating import FloatingRules
from pairing.schemes.inspection import InspectionRules
from pairing.schemes.parts import BLANK_BLOCK, BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, fault, in_words
from pairing.schemes.pay import PayRules
from pairing.schemes.persons import PersonRules
from pairing.schemes.survey import SurveyRules
from pairing.schemes.visits import VisitRules
from pairing.schemes.words import INTENTION, SIGNING, IssueKind, Nature, PairingKind, Per, PlanKind, Status, TalkTopic
from pairing.states import Origin, Side

__all__ = ["INTENTION", "SIGNING", "MilestoneRule", "PairingKind", "Per", "PlanKind", "Ruled", "SchemeText", "Status"]

A_LEAP_YEAR = 2000


StatusWord = Annotated[Status, in_words(words.STATUS_WORDS)]
PairingKindWord = Annotated[PairingKind, in_words(words.PAIRING_KIND_WORDS)]
LevelWord = Annotated[Level, in_words(words.LEVEL_WORDS)]
OriginWord = Annotated[Origin, in_words(words.ORIGIN_WORDS)]
SideWord = Annotated[Side, in_words(words.SIDE_WORDS)]
PerWord = Annotated[Per, in_words(words.PER_WORDS)]
PlanWord = Annotated[PlanKind, in_words(words.PLAN_WORDS)]
IssueKindWord = Annotated[IssueKind, in_words(words.ISSUE_KIND_WORDS)]
TopicWord = Annotated[TalkTopic, in_words(words.TOPIC_WORDS)]
NatureWord = Annotated[Nature, in_words(words.NATURE_WORDS)]
VillageClassWord = Annotated[VillageClass, in_words(words.VILLAGE_CLASS_WORDS)]


class Labels(Ruled):
    """What the scheme calls the two sides and what they sign."""

    unit: Annotated[str, Field(alias="帮扶方")] = "帮扶单位"
    village: Annotated[str, Field(alias="受援方")] = "结对村"
    agreement: Annotated[str, Field(alias="协议")] = "结对帮扶协议"
    weak_village: Annotated[str, Field(alias="薄弱村")] = "经济薄弱村"


class MilestoneRule(Part):
    """A date of the round; or an event, whose day the organiser fills in once it is known (AH-04)."""

    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z_]+$"), in_words(words.MILESTONE_WORDS)]
    name: Name
    year: Annotated[int | None, Field(alias="年", ge=1949, le=2100)] = None
    month: Annotated[int | None, Field(alias="月", ge=1, le=12)] = None
    day: Annotated[int | None, Field(alias="日", ge=1, le=31)] = None
    event: Annotated[str, Field(alias="事件", max_length=60)] = ""
    inclusive: Annotated[YesNo, Field(alias="当日计入")] = True
    late_sides: Annotated[list[SideWord], Field(alias="可逾期"), BLANK_LIST] = [Side.UNIT, Side.VILLAGE]
    clause: Clause = ""

    @model_validator(mode="after")
    def _names_a_day_or_an_event(self):
        if bool(self.event) == bool(self.month and self.day) or bool(self.month) != bool(self.day):
            fault("day_or_event", [])
        if self.month and self.day:
            date(self.year or A_LEAP_YEAR, self.month, self.day)
        return self

    def next_after(self, day: date) -> date | None:
        """The first such date on or after `day`; 29 February falls on the 28th in common years.

        None where only an event is named, and where the one year named is over.
        """
        if self.month is None or self.day is None:
            return None
        years = (day.year, day.year + 1) if self.year is None else (self.year,)
        return next((found for year in years if (found := _in_year(year, self.month, self.day)) >= day), None)


def _in_year(year: int, month: int, day: int) -> date:
    return date(year, month, 28 if (month, day) == (2, 29) else day)


class Mode(Part):
    """A form of pairing that the text names: supply chain, leading firm and base … (AH-07, TC-02, XC-05)."""

    key: Code
    name: Name
    clause: Clause = ""


class PairingRule(Ruled):
    kind: Annotated[PairingKindWord, Field(alias="结对性质")] = PairingKind.ASSISTANCE
    levels: Annotated[list[LevelWord], Field(alias="层级", min_length=1)] = [Level.UNIT_VILLAGE]
    modes: Annotated[list[Mode], Field(alias="结对模式"), BLANK_LIST, ONCE] = []
    units_per_village: Annotated[int | None, Field(alias="每村最多单位数", ge=1)] = None
    villages_per_unit: Annotated[int | None, Field(alias="每单位最多村数", ge=1)] = None
    open_proposals_per_village: Annotated[int | None, Field(alias="每村同时待答复意向", ge=1)] = None
    term_years: Annotated[int, Field(alias="期限年数", ge=1, le=10)] = 3
    ends_month: Annotated[int | None, Field(alias="截止月份", ge=1, le=12)] = None
    origins: Annotated[list[OriginWord], Field(alias="结对方式", min_length=1)]
    requires_leader: Annotated[YesNo, Field(alias="须明确分管领导和负责部门")] = False
    weak_village_yuan: Annotated[int | None, Field(alias="经济薄弱村每年资金不低于元", ge=0)] = None
    # Versions taken over before each item had its clause name them together.
    clauses: list[str] = []


class Renewal(Ruled):
    """How a pairing goes on in the next round (SH-34, SH-35)."""

    allowed: Annotated[YesNo, Field(alias="可以续签")] = True
    needs_both: Annotated[YesNo, Field(alias="须双方同意")] = True
    reselection_allowed: Annotated[YesNo, Field(alias="可以重新选择")] = True


class Closing(Ruled):
    """What must be done before anything is closed (QX-06)."""

    needs_targets: Annotated[YesNo, Field(alias="目标未实现不脱钩")] = False
    needs_money: Annotated[YesNo, Field(alias="资金未到位不脱钩")] = False
    needs_no_open_issues: Annotated[YesNo, Field(alias="问题未办结不脱钩")] = False
    needs_plans: Annotated[YesNo, Field(alias="计划未制定不脱钩")] = False


class Promises(Ruled):
    """What the two sides promise beside the agreement (AH-23, QX-05, XC-03)."""

    public_commitment: Annotated[YesNo, Field(alias="作出公开承诺")] = False
    responsibility_letter: Annotated[YesNo, Field(alias="签订目标责任书")] = False
    shared_responsibility: Annotated[YesNo, Field(alias="联责任联目标联奖惩")] = False


class PlanRule(Part):
    """A plan that each pairing must have (SH-43, AH-10, TN-11, TN-21, TN-22)."""

    kind: Annotated[PlanWord, Field(alias="种类")]
    name: Name
    per: Annotated[PerWord, Field(alias="周期")]
    needs_principal: Annotated[YesNo, Field(alias="须写明主要负责人")] = False
    needs_secretary: Annotated[YesNo, Field(alias="须写明支部书记")] = False
    clause: Clause = ""


class Goal(Part):
    key: Code
    name: Name


class GoalSet(Part):
    """Goals that belong together: six targets (QX-04), four for a lagging village (TC-07), five goods (YD-17)."""

    key: Code
    name: Name
    per: Annotated[PerWord, Field(alias="周期")]
    village_class: Annotated[VillageClassWord | None, Field(alias="适用村")] = None
    goals: Annotated[list[Goal], Field(alias="目标项", min_length=1), ONCE]
    clause: Clause = ""


class IssueName(Part):
    """What the text calls one of our kinds of issue (TN-17); the others keep our own names."""

    key: Annotated[IssueKindWord, Field(alias="代号")]
    name: Name
    clause: Clause = ""


class Tag(Part):
    """A word by which pairings are marked and found; `group` is the heading under which the text names it."""

    key: Code
    name: Name
    group: Annotated[str, Field(alias="分组", max_length=60)] = ""
    clause: Clause = ""


class ActivityGroup(Part):
    """A heading that the text puts over several kinds of activity: 七联 (XC-01), 四帮扶、三问、三访、三讲 (XY-01)."""

    key: Code
    name: Name
    clause: Clause = ""


class ActivityKind(Part):
    """`nature`: as what it is recorded and counted; none where another record holds it (a secondment, a letter).

    `topic`: what a talk of this kind is about (XY-12).
    """

    key: Code
    name: Name
    group: Annotated[str, Field(alias="类别")] = ""
    nature: Annotated[NatureWord | None, Field(alias="性质")] = None
    topic: Annotated[TopicWord | None, Field(alias="主题")] = None
    clause: Clause = ""


class SchemeText(Ruled):
    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9-]+$", max_length=50)]
    name: Annotated[str, Field(alias="名称", min_length=1, max_length=120)]
    issuer: Annotated[str, Field(alias="发布机关", min_length=1, max_length=120)]
    status: Annotated[StatusWord, Field(alias="效力")]
    issued_on: Annotated[date | None, Field(alias="发布日期")] = None
    source: Annotated[str, Field(alias="出处")] = ""
    labels: Annotated[Labels, Field(alias="称谓"), BLANK_BLOCK] = Labels()
    milestones: Annotated[list[MilestoneRule], Field(alias="时间节点"), BLANK_LIST, ONCE] = []
    pairing: Annotated[PairingRule, Field(alias="结对规则")]
    renewal: Annotated[Renewal, Field(alias="续签与调整"), BLANK_BLOCK] = Renewal()
    closing: Annotated[Closing, Field(alias="脱钩条件"), BLANK_BLOCK] = Closing()
    plans: Annotated[list[PlanRule], Field(alias="计划"), BLANK_LIST] = []
    goals: Annotated[list[GoalSet], Field(alias="目标"), BLANK_LIST, ONCE] = []
    promises: Annotated[Promises, Field(alias="承诺与责任"), BLANK_BLOCK] = Promises()
    persons: Annotated[PersonRules, Field(alias="人员结对"), BLANK_BLOCK] = PersonRules()
    floating: Annotated[FloatingRules, Field(alias="流动党员"), BLANK_BLOCK] = FloatingRules()
    diary: Annotated[DiaryRules, Field(alias="民情日记"), BLANK_BLOCK] = DiaryRules()
    visits: Annotated[VisitRules, Field(alias="入户走访"), BLANK_BLOCK] = VisitRules()
    survey: Annotated[SurveyRules, Field(alias="测评"), BLANK_BLOCK] = SurveyRules()
    inspection: Annotated[InspectionRules, Field(alias="检查通报"), BLANK_BLOCK] = InspectionRules()
    contest: Annotated[ContestRules, Field(alias="评比竞赛"), BLANK_BLOCK] = ContestRules()
    issue_days: Annotated[int, Field(alias="问题办理天数", ge=1, le=366)] = 30
    issue_kinds: Annotated[list[IssueName], Field(alias="问题种类"), BLANK_LIST, ONCE] = []
    tags: Annotated[list[Tag], Field(alias="标签"), BLANK_LIST, ONCE] = []
    activity_groups: Annotated[list[ActivityGroup], Field(alias="活动类别"), BLANK_LIST, ONCE] = []
    activity_kinds: Annotated[list[ActivityKind], Field(alias="活动类型"), BLANK_LIST, ONCE] = []
    obligations: Annotated[list[Obligation], Field(alias="任务"), BLANK_LIST, ONCE] = []
    reminders: Annotated[ReminderRules, Field(alias="任务提醒"), BLANK_BLOCK] = ReminderRules()
    assessment: Annotated[AssessmentRules, Field(alias="考核"), BLANK_BLOCK] = AssessmentRules()
    pay: Annotated[PayRules, Field(alias="村书记报酬"), BLANK_BLOCK] = PayRules()
    entry_days: Annotated[int, Field(alias="活动补录天数", ge=0, le=366)] = 7

    @model_validator(mode="before")
    @classmethod
    def _as_kept_earlier(cls, content: Any) -> Any:
        """A version that was taken over before the conditions of closing had their own block."""
        kept = content.get("pairing") if isinstance(content, dict) else None
        if not isinstance(kept, dict) or "closing_needs_targets" not in kept:
            return content
        pairing = {name: value for name, value in kept.items() if name != "closing_needs_targets"}
        return {**content, "pairing": pairing, "closing": {"needs_targets": kept["closing_needs_targets"]}}

    @model_validator(mode="after")
    def _groups_are_named(self):
        groups = {group.key for group in self.activity_groups}
        for number, kind in enumerate(self.activity_kinds):
            if kind.group and kind.group not in groups:
                fault("unknown_group", ["活动类型", number, "类别"])
        return self

    @model_validator(mode="after")
    def _deadlines_of_duties_are_named(self):
        dates = {step.key for step in self.milestones}
        for number, duty in enumerate(self.obligations):
            if duty.milestone and duty.milestone not in dates:
                fault("unknown_milestone", ["任务", number, "时间节点"])
        return self

    @model_validator(mode="after")
    def _assessed_duties_are_named(self):
        known = {duty.key for duty in self.obligations}
        for number, item in enumerate(self.assessment.items):
            if set(item.obligations) - known:
                fault("unknown_duty", ["考核", "考核项目", number, "任务"])
        return self

    @model_validator(mode="after")
    def _headings_of_duties_can_be_covered(self):
        """Only a heading over some kind that is recorded as an activity can be covered (XC-01)."""
        groups = {kind.group for kind in self.activity_kinds if kind.group and kind.nature}
        for number, duty in enumerate(self.obligations):
            if duty.method == Method.CLASSES and duty.least > len(groups):
                fault("too_few_headings", ["任务", number, "数量"])
        return self
