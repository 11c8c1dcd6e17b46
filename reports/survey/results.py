"""From marks to results: pure functions. A cell is a question by a channel; one with few answers is not shown, and
counts nowhere, so that no sum gives it away.

Score of a cell: marks times weights, by the marks that count. Score of a question: its shown cells by the shares of
their channels. Score of a subject: the mean of its questions. Rates alike.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pairing.schemes.survey import SurveyChannel, SurveyOption, SurveyQuestion, SurveyRules

TENTH = Decimal("0.1")
Mark = tuple[str, str, str, int]  # question, channel, option, how often


@dataclass(frozen=True)
class Cell:
    """What was marked for one question over one channel."""

    channel: SurveyChannel
    options: list[SurveyOption]
    marks: Counter
    least: int

    @property
    def answers(self) -> int:
        return self.marks.total()

    @property
    def is_shown(self) -> bool:
        return self.answers >= self.least

    @property
    def counted(self) -> int:
        return sum(self.marks[option.key] for option in self.options if option.weight is not None)

    @property
    def content(self) -> int:
        return sum(self.marks[option.key] for option in self.options if option.is_content)

    @property
    def numbers(self) -> list[int]:
        return [self.marks[option.key] for option in self.options]

    @property
    def score(self) -> Decimal | None:
        if not self.is_shown or not self.counted:
            return None
        weighed = sum(self.marks[option.key] * option.weight for option in self.options if option.weight is not None)
        return Decimal(weighed) / self.counted

    @property
    def rate(self) -> Decimal | None:
        if not self.is_shown or not self.counted:
            return None
        return Decimal(100 * self.content) / self.counted


@dataclass(frozen=True)
class Asked:
    """One question: its cells, and what they make together."""

    question: SurveyQuestion
    cells: list[Cell]

    @property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_shown]

    @property
    def answers(self) -> int:
        return sum(cell.answers for cell in self.shown)

    @property
    def numbers(self) -> list[int]:
        return [sum(numbers) for numbers in zip(*(cell.numbers for cell in self.shown), strict=True)]

    @property
    def score(self) -> Decimal | None:
        return by_share([(cell.channel.weight, cell.score) for cell in self.cells])

    @property
    def rate(self) -> Decimal | None:
        return by_share([(cell.channel.weight, cell.rate) for cell in self.cells])


@dataclass(frozen=True)
class Result:
    """Of one subject, or of all of a kind."""

    rules: SurveyRules
    questions: list[Asked]

    @property
    def answers(self) -> int:
        """To the question that most answered."""
        return max((asked.answers for asked in self.questions), default=0)

    @property
    def score(self) -> Decimal | None:
        return mean([asked.score for asked in self.questions])

    @property
    def rate(self) -> Decimal | None:
        return mean([asked.rate for asked in self.questions])


def by_share(parts: list[tuple[int, Decimal | None]]) -> Decimal | None:
    """Channels without a result leave their share to the others; where no share is left, each counts alike."""
    known = [(share, value) for share, value in parts if value is not None]
    shares = sum(share for share, _value in known)
    if known and not shares:
        return mean([value for _share, value in known])
    return sum((share * value for share, value in known), Decimal(0)) / shares if shares else None


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def result(rules: SurveyRules, marks: Iterable[Mark], least: int | None = None) -> Result:
    """`least` of its own where the marks were sifted before."""
    found: dict[tuple[str, str], Counter] = {}
    for question, channel, option, number in marks:
        found.setdefault((question, channel), Counter())[option] += number
    asked = [
        Asked(
            question,
            [
                Cell(channel, rules.options, found.get((question.key, channel.key), Counter()), least or rules.least)
                for channel in rules.channels
            ],
        )
        for question in rules.questions
    ]
    return Result(rules, asked)


def rounded(value: Decimal | None) -> Decimal | None:
    """As printed: one place."""
    return None if value is None else value.quantize(TENTH, ROUND_HALF_UP)
