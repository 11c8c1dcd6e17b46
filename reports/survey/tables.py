"""A result as the rows of table T10, for the page, the workbook and the document alike; and its formula in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pairing.schemes.survey import SurveyQuestion, SurveyRules
from pairing.schemes.survey_phrases import weight_words
from reports.survey.results import Result, rounded


@dataclass(frozen=True)
class Row:
    """One question over one channel, or over all of them. `numbers`: none where it is not shown."""

    question: SurveyQuestion
    channel: str
    numbers: list[int] | None
    answers: int
    rate: Decimal | None
    score: Decimal | None
    is_whole: bool = False


def rows_of(result: Result) -> Iterator[Row]:
    for asked in result.questions:
        for cell in asked.cells:
            numbers = cell.numbers if cell.is_shown else None
            yield Row(asked.question, cell.channel.name, numbers, cell.answers, rounded(cell.rate), rounded(cell.score))
        numbers = asked.numbers or None
        yield Row(
            asked.question, _("together"), numbers, asked.answers, rounded(asked.rate), rounded(asked.score), True
        )


def header(rules: SurveyRules) -> list[str]:
    options = [option.name for option in rules.options]
    return [pgettext("of a survey", "question"), _("channel"), *options, _("answers"), _("rate (%)"), _("score")]


def formula(rules: SurveyRules) -> list[str]:
    """How each number came about: printed with every result."""
    weights = "，".join(f"{option.name}：{weight_words(option)}" for option in rules.options)
    shares = "，".join(f"{channel.name} {channel.weight}%" for channel in rules.channels)
    content = " + ".join(option.name for option in rules.options if option.is_content)
    return [
        _("Answers and weights: %(weights)s.") % {"weights": weights},
        _("Score of a question over a channel = sum of (answers × weight) ÷ answers that count."),
        _("Rate = (%(content)s) ÷ answers that count.") % {"content": content},
        _("Together: the channels by their shares (%(shares)s); one without a result leaves its share to the rest.")
        % {"shares": shares},
        _("Score and rate of a subject = mean of its questions."),
        _("Results of fewer than %(least)s answers are not shown, and count in no sum.") % {"least": rules.least},
    ]


def exported(result: Result, first: list[str]) -> Iterator[list]:
    """Rows of a workbook, each beginning with `first`."""
    for row in rows_of(result):
        numbers: list = row.numbers or [_("not shown")] * len(result.rules.options)
        yield [*first, row.question.name, row.channel, *numbers, row.answers, row.rate, row.score]
