"""What a scheme says of person-to-person pairs: their kinds, quotas and composition, what is given, what is planned."""

from typing import Annotated

from pydantic import Field, model_validator

from pairing.schemes import words
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, fault, in_words
from pairing.schemes.words import HouseholdKey, Participants, PersonPairKey

PairWord = Annotated[PersonPairKey, in_words(words.PERSON_PAIR_WORDS)]
ParticipantsWord = Annotated[Participants, in_words(words.PARTICIPANTS_WORDS)]
HouseholdWord = Annotated[HouseholdKey, in_words(words.HOUSEHOLD_WORDS)]
Number = Annotated[int | None, Field(ge=1, le=100)]


class Quota(Part):
    """How many somebody has to help: by rank (QX-10), or by the kind of helper within the village (QX-16)."""

    county: Annotated[Number, Field(alias="县级干部")] = None
    section: Annotated[Number, Field(alias="科局级")] = None
    sub_section: Annotated[Number, Field(alias="股级")] = None
    general: Annotated[Number, Field(alias="一般干部")] = None
    village_cadre: Annotated[Number, Field(alias="村干部")] = None
    able_household: Annotated[Number, Field(alias="富裕能干户")] = None
    member: Annotated[Number, Field(alias="党员")] = None

    @property
    def named(self) -> dict[str, int]:
        """The numbers that the text gives, by the kind of helper."""
        return {key: number for key, number in self.model_dump().items() if number}


class Composition(Part):
    """Of whom the targets of one helper consist: one needy member and one needy villager (TN-03)."""

    needy_members: Annotated[int, Field(alias="困难党员", ge=0, le=20)] = 0
    needy_villagers: Annotated[int, Field(alias="困难群众", ge=0, le=20)] = 0

    @property
    def total(self) -> int:
        return self.needy_members + self.needy_villagers


class PairRule(Part):
    """A kind of pair and what the text calls it, 4321 or 1+2."""

    kind: Annotated[PairWord, Field(alias="种类")]
    name: Name
    quota: Annotated[Quota | None, Field(alias="名额")] = None
    composition: Annotated[Composition | None, Field(alias="组成")] = None
    paired_village_only: Annotated[YesNo, Field(alias="限结对村")] = False
    clause: Clause = ""


class Service(Part):
    """What is given or done for a household or person, under the heading of the text (YD-01, TN-15, SF-11)."""

    key: Code
    name: Name
    group: Annotated[str, Field(alias="分组", max_length=60)] = ""
    clause: Clause = ""


class ClassMeasure(Part):
    """How households of a class are treated (XC-11)."""

    household_class: Annotated[HouseholdWord, Field(alias="户类")]
    name: Name
    clause: Clause = ""


class PersonRules(Ruled):
    pairs: Annotated[list[PairRule], Field(alias="结对形式"), BLANK_LIST] = []
    participants: Annotated[ParticipantsWord, Field(alias="参加人员")] = Participants.ANYBODY
    coverage_percent: Annotated[int | None, Field(alias="覆盖率", ge=1, le=100)] = None
    needs_plan: Annotated[YesNo, Field(alias="须制定脱困方案")] = False
    wish_first: Annotated[YesNo, Field(alias="先记意愿后定措施")] = False
    survey_first: Annotated[YesNo, Field(alias="先摸底后确定对象")] = False
    services: Annotated[list[Service], Field(alias="帮扶服务"), BLANK_LIST, ONCE] = []
    measures: Annotated[list[ClassMeasure], Field(alias="分类措施"), BLANK_LIST] = []

    @model_validator(mode="after")
    def _each_kind_once(self):
        seen = set()
        for number, rule in enumerate(self.pairs):
            if rule.kind in seen:
                fault("repeated_kind", ["结对形式", number, "种类"])
            seen.add(rule.kind)
        return self

    def rule(self, kind: str) -> PairRule | None:
        """What the text says of one kind; None where it does not name it."""
        return next((rule for rule in self.pairs if rule.kind == kind), None)

    def quota(self, kind: str) -> dict[str, int]:
        rule = self.rule(kind)
        return rule.quota.named if rule and rule.quota else {}

    @property
    def kinds(self) -> list[PersonPairKey]:
        """All kinds, those of the text first: what a text does not name is not forbidden."""
        named = [rule.kind for rule in self.pairs]
        return [*named, *(kind for kind in PersonPairKey if kind not in named)]

    def measure(self, household_class: str) -> str:
        return next((each.name for each in self.measures if each.household_class == household_class), "")
