"""What a scheme says of household visits: what a first visit asks, whom else to call on, how soon measures follow."""

from typing import Annotated

from pydantic import Field

from pairing.schemes import words
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Name, Part, Ruled, in_words
from pairing.schemes.words import VisitKind, VisitQuestion

QuestionWord = Annotated[VisitQuestion, in_words(words.QUESTION_WORDS)]
VisitKindWord = Annotated[VisitKind, in_words(words.VISIT_KIND_WORDS)]


class Question(Part):
    """One group of questions, as the text calls it (XY-08)."""

    key: Annotated[QuestionWord, Field(alias="代号")]
    name: Name
    clause: Clause = ""


class VisitKindName(Part):
    """Somebody on whom the text wants a call, under its heading (XY-10)."""

    key: Annotated[VisitKindWord, Field(alias="代号")]
    name: Name
    group: Annotated[str, Field(alias="分组", max_length=60)] = ""
    clause: Clause = ""


class VisitRules(Ruled):
    """三问 and 三访. `questions`: a first visit is incomplete until all are answered; none where the text asks none."""

    questions: Annotated[list[Question], Field(alias="首访必问"), BLANK_LIST, ONCE] = []
    kinds: Annotated[list[VisitKindName], Field(alias="走访对象"), BLANK_LIST, ONCE] = []
    measure_days: Annotated[int, Field(alias="措施天数", ge=1, le=366)] = 15

    @property
    def asked(self) -> list[VisitQuestion]:
        return [each.key for each in self.questions]

    def question(self, key: str) -> str:
        """As the text calls it, else as we do."""
        named = {each.key: each.name for each in self.questions}
        return named.get(VisitQuestion(key)) or str(VisitQuestion(key).label)

    def kind(self, key: str) -> str:
        named = {each.key: each.name for each in self.kinds}
        return named.get(VisitKind(key)) or str(VisitKind(key).label)
