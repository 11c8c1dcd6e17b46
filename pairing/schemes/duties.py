"""What a scheme obliges to: who owes what, how often, as what it is counted, and when somebody is reminded."""

from typing import Annotated

from pydantic import Field, model_validator

from organisations.kinds import Level as UnitLevel
from organisations.kinds import VillageClass
from pairing.schemes import duty_words, words
from pairing.schemes.duty_words import Counted, Desk, Frequency, Method, ParticipantRole, PartPeriod, Subject
from pairing.schemes.parts import BLANK_LIST, Clause, Code, Name, Part, Ruled, fault, in_words
from pairing.schemes.persons import PairWord
from pairing.schemes.words import Nature, PlanKind
from pairing.states import Side

SubjectWord = Annotated[Subject, in_words(duty_words.SUBJECT_WORDS)]
SideWord = Annotated[Side, in_words(words.SIDE_WORDS)]
CountedWord = Annotated[Counted, in_words(duty_words.COUNTED_WORDS)]
NatureWord = Annotated[Nature, in_words(words.NATURE_WORDS)]
RoleWord = Annotated[ParticipantRole, in_words(duty_words.ROLE_WORDS)]
DeskWord = Annotated[Desk, in_words(duty_words.DESK_WORDS)]
MethodWord = Annotated[Method, in_words(duty_words.METHOD_WORDS)]
PlanWord = Annotated[PlanKind, in_words(words.PLAN_WORDS)]
FrequencyWord = Annotated[Frequency, in_words(duty_words.FREQUENCY_WORDS)]
PartPeriodWord = Annotated[PartPeriod, in_words(duty_words.PART_PERIOD_WORDS)]
VillageClassWord = Annotated[VillageClass, in_words(words.VILLAGE_CLASS_WORDS)]
UnitLevelWord = Annotated[UnitLevel, in_words(duty_words.UNIT_LEVEL_WORDS)]
Days = Annotated[int, Field(ge=1, le=366)]
OF_PAIRS = (Counted.PERSON_PAIR, Counted.NEEDY_MEMBER, Counted.NEEDY_VILLAGER)
WITH_PAIRS = (Subject.CADRE, Subject.PERSON_PAIR)
OF_FLOATING = (Frequency.BEFORE_LEAVING, Frequency.AFTER_ARRIVAL)
MOST_YUAN = 10_000_000  # a year for one village; of anything else nobody asks for so much
MOST_AFTER = 92  # days, as long as a quarter
EVERY_ACTIVITY = {Method.CLASSES}  # where no nature has to be named


class Obligation(Part):
    """One duty of the text: so many of something, for each subject, in each period.

    `counted`: the kind of record that counts. Of activities `natures` says which, `roles` who has to have taken part,
    and `method` whether they count together, each role for itself, or by the headings of the scheme. `hoped` is what
    the text wishes beyond the least (TN-08). `milestone`: the date of the round by which it is due; `days`: within how
    many after arrival; `interval_months`: what 「定期」 means, blank for contacts of the two places, whose interval
    stands among the rules of floating members. `after_days`: so many days after its period it is due, as what is told
    of a quarter is told after it. `reports_to`: the desk to which a report goes.
    `pair_kind`: which kind of person-to-person pairs counts, or is counted on; cadres owe as many as its quota says.
    `village_class`, `not_class` and `unit_level` narrow the pairings that it concerns.
    """

    key: Code
    name: Name
    subject: Annotated[SubjectWord, Field(alias="对象")] = Subject.PAIRING
    sides: Annotated[list[SideWord], Field(alias="责任方"), BLANK_LIST] = [Side.UNIT]
    counted: Annotated[CountedWord, Field(alias="计数")]
    natures: Annotated[list[NatureWord], Field(alias="活动性质"), BLANK_LIST] = []
    roles: Annotated[list[RoleWord], Field(alias="参加角色"), BLANK_LIST] = []
    method: Annotated[MethodWord, Field(alias="计法")] = Method.TOGETHER
    plan: Annotated[PlanWord | None, Field(alias="计划种类")] = None
    pair_kind: Annotated[PairWord | None, Field(alias="结对形式")] = None
    reports_to: Annotated[DeskWord | None, Field(alias="报给")] = None
    village_class: Annotated[VillageClassWord | None, Field(alias="适用村")] = None
    not_class: Annotated[VillageClassWord | None, Field(alias="不适用村")] = None
    unit_level: Annotated[UnitLevelWord | None, Field(alias="适用单位级别")] = None
    least: Annotated[int, Field(alias="数量", ge=1, le=MOST_YUAN)] = 1
    hoped: Annotated[int | None, Field(alias="期望数量", ge=1, le=1000)] = None
    frequency: Annotated[FrequencyWord, Field(alias="频次")]
    milestone: Annotated[str, Field(alias="时间节点"), in_words(words.MILESTONE_WORDS)] = ""
    days: Annotated[int | None, Field(alias="天数", ge=1, le=366)] = None
    interval_months: Annotated[int | None, Field(alias="间隔月数", ge=1, le=24)] = None
    after_days: Annotated[int, Field(alias="期满后天数", ge=0, le=MOST_AFTER)] = 0
    part_period: Annotated[PartPeriodWord, Field(alias="不足一期")] = PartPeriod.PRO_RATA
    clause: Clause = ""

    @model_validator(mode="after")
    def _says_what_counts(self):
        if self.counted == Counted.ACTIVITY and not self.natures and self.method not in EVERY_ACTIVITY:
            fault("needs_nature", [])
        if self.counted == Counted.PLAN and self.plan is None:
            fault("needs_plan", [])
        if self.counted == Counted.REPORT and self.reports_to is None:
            fault("needs_desk", [])
        if self.pair_kind is None and (
            self.counted in OF_PAIRS or self.subject in (Subject.CADRE, Subject.PERSON_PAIR)
        ):
            fault("needs_pair_kind", [])
        if self.frequency == Frequency.MILESTONE and not self.milestone:
            fault("needs_milestone", [])
        if self.frequency == Frequency.AFTER_ARRIVAL and self.days is None:
            fault("needs_days", [])
        if self.frequency == Frequency.REGULARLY and self.counted != Counted.CONTACT and self.interval_months is None:
            fault("needs_months", [])
        if self.frequency in OF_FLOATING and self.subject != Subject.FLOATING:
            fault("needs_floating", [])
        return self


class ReminderRules(Ruled):
    """When somebody is reminded of what is due: days before the last day and after it. `escalation_days`: after so many
    days the superior is told; None: never."""

    before: Annotated[list[Days], Field(alias="提前天数"), BLANK_LIST] = [30, 7, 1]
    after: Annotated[list[Days], Field(alias="逾期天数"), BLANK_LIST] = [1]
    escalation_days: Annotated[int | None, Field(alias="上报天数", ge=1, le=366)] = 15
