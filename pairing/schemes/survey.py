"""What a scheme asks people at the end of the year: questions, answers and their weights, of whom, how (YD-10 … 16)."""

from typing import Annotated

from pydantic import Field, model_validator

from pairing.schemes import survey_words as words
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Code, Name, Part, Ruled, YesNo, fault, in_words
from pairing.schemes.survey_words import Beside, Channel, SubjectKind

SubjectKindWord = Annotated[SubjectKind, in_words(words.SUBJECT_KIND_WORDS)]
ChannelWord = Annotated[Channel, in_words(words.CHANNEL_WORDS)]
BesideWord = Annotated[Beside, in_words(words.BESIDE_WORDS)]


class SurveyQuestion(Part):
    """`beside`: the records that stand beside its answers."""

    key: Code
    name: Name
    beside: Annotated[BesideWord | None, Field(alias="对照")] = None
    clause: Clause = ""


class SurveyOption(Part):
    """`weight`: of one hundred; none: such answers are told, and not counted. `is_content`: part of the rate."""

    key: Code
    name: Name
    weight: Annotated[int | None, Field(alias="权重", ge=0, le=100)] = None
    is_content: Annotated[YesNo, Field(alias="计入满意率")] = False
    clause: Clause = ""


class SurveySubject(Part):
    key: Annotated[SubjectKindWord, Field(alias="种类")]
    name: Name
    clause: Clause = ""


class SurveyChannel(Part):
    """`households`: how many of each village are drawn for it. `weight`: its share of the score, of one hundred."""

    key: Annotated[ChannelWord, Field(alias="种类")]
    name: Name
    households: Annotated[int, Field(alias="每村户数", ge=1, le=200)]
    weight: Annotated[int, Field(alias="占比", ge=0, le=100)]
    clause: Clause = ""


class SurveyRules(Ruled):
    """A satisfaction survey; none where the text asks nothing.

    `least`: results of fewer answers are not shown, so that nobody is known by them.
    """

    questions: Annotated[list[SurveyQuestion], Field(alias="测评题目"), BLANK_LIST, ONCE] = []
    options: Annotated[list[SurveyOption], Field(alias="测评选项"), BLANK_LIST, ONCE] = []
    subjects: Annotated[list[SurveySubject], Field(alias="测评对象"), BLANK_LIST, ONCE] = []
    channels: Annotated[list[SurveyChannel], Field(alias="测评方式"), BLANK_LIST, ONCE] = []
    least: Annotated[int, Field(alias="最少份数", ge=3, le=100)] = 5

    @model_validator(mode="after")
    def _is_whole(self):
        """Whoever asks has answers, somebody to ask about and a way of asking; the shares make one hundred."""
        if not self.questions:
            return self
        for name, lines in (("测评选项", self.options), ("测评对象", self.subjects), ("测评方式", self.channels)):
            if not lines:
                fault("survey_lacks", [name])
        if not any(option.weight is not None for option in self.options):
            fault("survey_without_weight", ["测评选项"])
        if sum(channel.weight for channel in self.channels) != 100:
            fault("survey_shares", ["测评方式"])
        return self

    @property
    def is_asked(self) -> bool:
        return bool(self.questions)

    @property
    def households(self) -> int:
        """Drawn of each village, all channels together."""
        return sum(channel.households for channel in self.channels)

    @property
    def counted(self) -> list[SurveyOption]:
        return [option for option in self.options if option.weight is not None]

    def channel(self, key: str) -> SurveyChannel | None:
        return next((channel for channel in self.channels if channel.key == key), None)

    def subject(self, key: str) -> str:
        """As the text calls this kind, else as we do."""
        named = {subject.key: subject.name for subject in self.subjects}
        return named.get(SubjectKind(key)) or str(SubjectKind(key).label)

    def named(self, channel: str) -> str:
        found = self.channel(channel)
        return found.name if found else str(Channel(channel).label)
