"""A scheme file: what an official can read, checked on reading.

The files stand in pairing/schemes/*.yaml with Chinese keys and words; here each gets its English name. Every rule
carries the clause of the text from which it comes; a rule without one is our own default, and the page says so.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from organisations.kinds import VillageClass
from pairing.levels import Level
from pairing.schemes import words
from pairing.schemes.words import INTENTION, SIGNING, PairingKind, Per, PlanKind, Status
from pairing.states import Origin, Side

__all__ = ["INTENTION", "SIGNING", "MilestoneRule", "PairingKind", "Per", "PlanKind", "SchemeText", "Status"]

A_LEAP_YEAR = 2000


def _from_words(known: dict, value):
    return known.get(value, value) if isinstance(value, str) else value


def _empty_if_blank(make, value):
    return make() if value is None else value


def _in_words(known: dict) -> BeforeValidator:
    return BeforeValidator(partial(_from_words, known))


def _joined(value):
    """One clause, or several as one text."""
    return "、".join(map(str, value)) if isinstance(value, list) else value


def _fault(kind: str, at: Sequence[str | int]) -> NoReturn:
    """A fault that pydantic doesn't know; `at` leads from the block to the line (pairing.scheme_reading words it)."""
    raise PydanticCustomError(kind, "{at}", {"at": list(at)})  # type: ignore[arg-type]


def _codes_once(parts: list) -> list:
    seen = set()
    for number, part in enumerate(parts):
        if part.key in seen:
            _fault("repeated_code", [number, "代号"])
        seen.add(part.key)
    return parts


BLANK_LIST = BeforeValidator(partial(_empty_if_blank, list))
BLANK_BLOCK = BeforeValidator(partial(_empty_if_blank, dict))
ONCE = AfterValidator(_codes_once)
YesNo = Annotated[bool, _in_words(words.YES_NO)]
StatusWord = Annotated[Status, _in_words(words.STATUS_WORDS)]
PairingKindWord = Annotated[PairingKind, _in_words(words.PAIRING_KIND_WORDS)]
LevelWord = Annotated[Level, _in_words(words.LEVEL_WORDS)]
OriginWord = Annotated[Origin, _in_words(words.ORIGIN_WORDS)]
SideWord = Annotated[Side, _in_words(words.SIDE_WORDS)]
PerWord = Annotated[Per, _in_words(words.PER_WORDS)]
PlanWord = Annotated[PlanKind, _in_words(words.PLAN_WORDS)]
VillageClassWord = Annotated[VillageClass, _in_words(words.VILLAGE_CLASS_WORDS)]
Code = Annotated[str, Field(alias="代号", pattern=r"^[a-z0-9_]+$", max_length=40)]
Name = Annotated[str, Field(alias="名称", min_length=1, max_length=60)]
Clause = Annotated[str, BeforeValidator(_joined), Field(alias="条款", max_length=60)]


class Part(BaseModel):
    """A block of the file; an unknown key is an error, so that a typing slip is not lost silently."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=False)


class Ruled(Part):
    """A block of single rules; 条款 says for each item from which clause it comes. Items not named are our default."""

    clause_of: Annotated[
        dict[str, Annotated[str, BeforeValidator(_joined), Field(max_length=60)]], Field(alias="条款"), BLANK_BLOCK
    ] = {}

    @field_validator("clause_of", mode="before")
    @classmethod
    def _by_field(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        names = {field.alias: name for name, field in cls.model_fields.items() if field.alias and name != "clause_of"}
        known = names | {name: name for name in names.values()}
        if unknown := next((item for item in value if item not in known), None):
            _fault("unknown_item", [unknown])
        return {known[item]: clause for item, clause in value.items()}

    @property
    def clause(self) -> str:
        """Every clause of the block, each once."""
        return "、".join(dict.fromkeys(self.clause_of.values()))


class Labels(Ruled):
    """What the scheme calls the two sides and what they sign."""

    unit: Annotated[str, Field(alias="帮扶方")] = "帮扶单位"
    village: Annotated[str, Field(alias="受援方")] = "结对村"
    agreement: Annotated[str, Field(alias="协议")] = "结对帮扶协议"
    weak_village: Annotated[str, Field(alias="薄弱村")] = "经济薄弱村"


class MilestoneRule(Part):
    """A date of the round; or an event, whose day the organiser fills in once it is known (AH-04)."""

    key: Annotated[str, Field(alias="代号", pattern=r"^[a-z_]+$"), _in_words(words.MILESTONE_WORDS)]
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
            _fault("day_or_event", [])
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


class FloatingStep(Part):
    """What is done for each floating member; `heading` is a heading of SF-28. How many there are is open (SF-31).

    The members' app finds out by itself whether a step with one of its own codes is done; others are ticked by hand.
    """

    key: Code
    name: Name
    heading: Annotated[str, Field(alias="方面", max_length=20)] = ""
    before_leaving: Annotated[YesNo, Field(alias="外出前")] = False
    clause: Clause = ""


class FloatingRules(Ruled):
    """How members away from home are looked after (SF-28 to SF-39, SH-20, SH-21, XC-12)."""

    headings: Annotated[list[str], Field(alias="工作方面"), BLANK_LIST] = []
    steps: Annotated[list[FloatingStep], Field(alias="办理事项"), BLANK_LIST, ONCE] = []
    half_yearly_report: Annotated[YesNo, Field(alias="每半年向流出地汇报")] = False
    letter_days: Annotated[int, Field(alias="慰问信在七一前天数", ge=1, le=180)] = 30
    contact_months: Annotated[int, Field(alias="两地联系间隔月数", ge=1, le=24)] = 3
    answer_days: Annotated[int, Field(alias="查询答复天数", ge=1, le=180)] = 15
    lunar_forum: Annotated[YesNo, Field(alias="腊月召开座谈会")] = False

    @model_validator(mode="after")
    def _headings_are_named(self):
        for number, step in enumerate(self.steps):
            if step.heading and step.heading not in self.headings:
                _fault("unknown_heading", ["办理事项", number, "方面"])
        return self


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
    key: Code
    name: Name
    group: Annotated[str, Field(alias="类别")] = ""
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
    floating: Annotated[FloatingRules, Field(alias="流动党员"), BLANK_BLOCK] = FloatingRules()
    issue_days: Annotated[int, Field(alias="问题办理天数", ge=1, le=366)] = 30
    tags: Annotated[list[Tag], Field(alias="标签"), BLANK_LIST, ONCE] = []
    activity_groups: Annotated[list[ActivityGroup], Field(alias="活动类别"), BLANK_LIST, ONCE] = []
    activity_kinds: Annotated[list[ActivityKind], Field(alias="活动类型"), BLANK_LIST, ONCE] = []

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
                _fault("unknown_group", ["活动类型", number, "类别"])
        return self
