"""The result of a survey on paper: one table, and below it how each number came about."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import chinese_date
from office import documents
from office.documents import TemplateKind
from office.inspection.naming import DOCX
from reports.models import Survey
from reports.survey.results import Result
from reports.survey.tables import Row, formula, rows_of

RESULT = TemplateKind(
    key="survey_result",
    name=_("Result of a satisfaction survey"),
    fields={
        "title": _("title of the result, with the year"),
        "round": _("name of the round"),
        "made_on": _("the day"),
        "lines[].about": _("asked about"),
        "lines[].question": pgettext_lazy("of a survey", "question"),
        "lines[].channel": _("channel"),
        "lines[].marks": _("how often each answer was given"),
        "lines[].answers": _("sample size"),
        "lines[].rate": _("rate (%)"),
        "lines[].score": _("score"),
        "rules[]": _("how each number came about"),
        "seed": _("seed of the draw"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "survey_result.docx",
)


def content_of(survey: Survey, results: list[tuple[str, Result]]) -> dict[str, Any]:
    return {
        "title": f"{survey.year}年满意度测评结果",
        "round": survey.round.name,
        "made_on": chinese_date(timezone.localdate(survey.closed_at)),
        "lines": [line_of(name, result, row) for name, result in results for row in rows_of(result)],
        "rules": formula(survey.rules),
        "seed": survey.seed,
    }


def line_of(name: str, result: Result, row: Row) -> dict[str, str]:
    options = [option.name for option in result.rules.options]
    marks = "，".join(f"{option} {number}" for option, number in zip(options, row.numbers or [], strict=False))
    return {
        "about": name,
        "question": row.question.name,
        "channel": row.channel,
        "marks": marks or "份数不足，不显示",
        "answers": str(row.answers),
        "rate": printed(row.rate),
        "score": printed(row.score),
    }


def printed(value: Decimal | None) -> str:
    return "—" if value is None else str(value)


def as_word(survey: Survey, results: list[tuple[str, Result]]) -> HttpResponse:
    """From the template in force for the organiser."""
    made = documents.render(RESULT, content_of(survey, results), place=survey.round.organiser)
    response = HttpResponse(made, content_type=DOCX)
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{survey.pk}.docx"'
    return response
