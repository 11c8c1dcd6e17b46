"""What a scheme says of assessments: the items with their points, the grades, and who takes over the result.

No text names points; they are our defaults, marked as such, and the organiser may change them before an assessment
opens. What the text does name is that pairing is assessed, and where the result goes (条款).
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from pairing.schemes import assessment_words as assessed
from pairing.schemes import words
from pairing.schemes.assessment_words import AssessedSide, ConsumerKind, ItemKind, ItemRule
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, fault, in_words
from pairing.schemes.words import Nature

MOST_POINTS = 1000
Points = Annotated[Decimal, Field(ge=0, le=MOST_POINTS, decimal_places=2)]
Percent = Annotated[int, Field(ge=0, le=100)]
AssessedWord = Annotated[AssessedSide, in_words(assessed.ASSESSED_WORDS)]
ItemKindWord = Annotated[ItemKind, in_words(assessed.ITEM_KIND_WORDS)]
RuleWord = Annotated[ItemRule, in_words(assessed.RULE_WORDS)]
ConsumerWord = Annotated[ConsumerKind, in_words(assessed.CONSUMER_WORDS)]
NatureWord = Annotated[Nature, in_words(words.NATURE_WORDS)]
BY_DUTIES = (ItemRule.PER_MISSING, ItemRule.RATIO)


class Item(Part):
    """One line of the score sheet.

    `sides`: whom it concerns; empty: everybody who is assessed. `obligations`: the duties of the scheme that count;
    empty: all of them. `wanted`: how many activities give the full mark. `floor`, `cap`: between which its points stay;
    no cap: the full mark. `taken_by`: which of the consumers take this item; empty: all. `points_clause`: where the
    points come from the text; blank: they are our default.
    """

    key: Code
    name: Name
    sides: Annotated[list[AssessedWord], Field(alias="对象"), BLANK_LIST] = []
    kind: Annotated[ItemKindWord, Field(alias="性质")] = ItemKind.SCORED
    full: Annotated[Points, Field(alias="满分")] = Decimal(0)
    rule: Annotated[RuleWord, Field(alias="规则")]
    obligations: Annotated[list[str], Field(alias="任务"), BLANK_LIST] = []
    natures: Annotated[list[NatureWord], Field(alias="活动性质"), BLANK_LIST] = []
    wanted: Annotated[int, Field(alias="满分次数", ge=1, le=1000)] = 1
    off: Annotated[Points, Field(alias="每缺一次扣")] = Decimal(0)
    floor: Annotated[Points, Field(alias="下限")] = Decimal(0)
    cap: Annotated[Points | None, Field(alias="封顶")] = None
    evidence: Annotated[str, Field(alias="依据", max_length=120)] = ""
    taken_by: Annotated[list[str], Field(alias="去向"), BLANK_LIST] = []
    clause: Clause = ""
    points_clause: Annotated[str, Field(alias="分值条款", max_length=60)] = ""

    @property
    def most(self) -> Decimal:
        return self.full if self.cap is None else self.cap

    def concerns(self, side: str) -> bool:
        return not self.sides or side in self.sides


class Grade(Part):
    """Whoever has at least so many points of a hundred gets it."""

    name: Name
    least: Annotated[Points, Field(alias="最低分")]


class Consumer(Part):
    """Another appraisal that takes over the result (SH-41, AH-26, AH-27, TN-24, XC-02, YD-14)."""

    key: Code
    name: Name
    side: Annotated[AssessedWord, Field(alias="对象")] = AssessedSide.UNIT
    kind: Annotated[ConsumerWord, Field(alias="种类")] = ConsumerKind.SCORES
    clause: Clause = ""


class Heading(Part):
    """One tick of a check list: given where the items named reach the share of their points."""

    key: Code
    name: Name
    items: Annotated[list[str], Field(alias="项目", min_length=1)]


class CheckList(Part):
    """Ticks for each organisation, from the same items: the five goods (YD-18)."""

    key: Code
    name: Name
    side: Annotated[AssessedWord, Field(alias="对象")] = AssessedSide.VILLAGE
    percent: Annotated[Percent, Field(alias="达标率")] = 80
    headings: Annotated[list[Heading], Field(alias="条目", min_length=1), ONCE]
    clause: Clause = ""


GRADES = [
    Grade(name="优秀", least=Decimal(90)),
    Grade(name="良好", least=Decimal(80)),
    Grade(name="合格", least=Decimal(60)),
    Grade(name="不合格", least=Decimal(0)),
]


class AssessmentRules(Ruled):
    """`one_score`: the two sides of a pairing get one score (AH-24). The three weights say how much the points that the
    assessed gave themselves, those of the other side and those of the organiser count. `earlier_weight`: how much the
    half-year counts in the year. `least_share`: where the items that apply hold less of the full marks, there is a
    score, but no grade, no place and no finding of little effect. `low`: below so many points of a hundred a pairing
    has little effect (AH-08). `veto_grade`: the best grade that is left after a veto. `may_rank`: whether organisations
    are put in an order."""

    sides: Annotated[list[AssessedWord], Field(alias="对象"), BLANK_LIST] = [AssessedSide.UNIT]
    one_score: Annotated[YesNo, Field(alias="双方同分")] = False
    own_weight: Annotated[Percent, Field(alias="自评权重")] = 0
    other_weight: Annotated[Percent, Field(alias="对方评分权重")] = 0
    organiser_weight: Annotated[Percent, Field(alias="组织者评分权重")] = 100
    earlier_weight: Annotated[Percent, Field(alias="上半年权重")] = 40
    grades: Annotated[list[Grade], Field(alias="等次"), BLANK_LIST] = GRADES
    least_share: Annotated[Percent, Field(alias="定等适用比例")] = 50
    veto_grade: Annotated[str, Field(alias="否决后最高等次", max_length=60)] = "合格"
    bonus_cap: Annotated[Points, Field(alias="加分封顶")] = Decimal(5)
    low: Annotated[Points, Field(alias="低效分数")] = Decimal(60)
    may_rank: Annotated[YesNo, Field(alias="允许组织排名")] = False
    items: Annotated[list[Item], Field(alias="考核项目"), BLANK_LIST, ONCE] = []
    consumers: Annotated[list[Consumer], Field(alias="考核去向"), BLANK_LIST, ONCE] = []
    check_lists: Annotated[list[CheckList], Field(alias="清单"), BLANK_LIST, ONCE] = []

    @model_validator(mode="after")
    def _belongs_together(self):
        if self.own_weight + self.other_weight + self.organiser_weight != 100:
            fault("weights_not_a_hundred", ["组织者评分权重"])
        if self.grades and self.veto_grade not in {grade.name for grade in self.grades}:
            fault("unknown_grade", ["否决后最高等次"])
        taken = {each.key for each in self.consumers}
        for number, item in enumerate(self.items):
            if set(item.taken_by) - taken:
                fault("unknown_consumer", ["考核项目", number, "去向"])
            if item.floor > item.most and item.kind == ItemKind.SCORED:
                fault("floor_above_cap", ["考核项目", number, "下限"])
        known = {each.key for each in self.items}
        for number, sheet in enumerate(self.check_lists):
            for line, heading in enumerate(sheet.headings):
                if set(heading.items) - known:
                    fault("unknown_assessment_item", ["清单", number, "条目", line, "项目"])
        return self

    @property
    def assessed(self) -> list[AssessedSide]:
        """Where both sides share one score, the pairing is assessed instead of the two (AH-24)."""
        if not self.one_score:
            return self.sides
        parties = (AssessedSide.UNIT, AssessedSide.VILLAGE, AssessedSide.PAIRING)
        return [AssessedSide.PAIRING, *(side for side in self.sides if side not in parties)]

    def item(self, key: str) -> Item | None:
        return next((each for each in self.items if each.key == key), None)

    @property
    def uses_other_scores(self) -> bool:
        return bool(self.own_weight or self.other_weight)
