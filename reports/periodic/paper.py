"""A periodic report on paper: the figures with what they are out of, the words, who receives it."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from office import documents
from office.documents import TemplateKind
from organisations.models import Organisation
from reports.models import PeriodicReport

REPORT = TemplateKind(
    key="periodic_report",
    name=_("Periodic report"),
    fields={
        "title": _("title of the report, with its period"),
        "desk": _("who receives it"),
        "reporter": _("who reports"),
        "span": _("first and last day"),
        "lines[].name": _("what was counted"),
        "lines[].figure": _("number and denominator"),
        "lines[].of": _("what the denominator is"),
        "below": _("from how many reports the sums come"),
        "sections[].heading": _("heading of a section"),
        "sections[].words": _("words of a section"),
        "signed": _("who signs, by name of the organisation"),
        "made_on": _("the day on which it was handed in, else drafted"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "periodic_report.docx",
)
NUMERALS = "一二三四五六七八九"


def content_of(report: PeriodicReport, shown: dict[str, Any]) -> dict[str, Any]:
    """`shown`: what `reading.whole` found. Words that were left out are left out."""
    written = [each for each in shown["written"] if each.words]
    lines = [row(each) for each in shown["lines"]]
    summed = shown["below"]
    if summed:
        lines += [row(each, prefix="汇总：") for each in summed.lines]
    made_at = report.submitted_at or report.drafted_at
    return {
        "title": f"{report.place.name}{report.period_words}{report.name}",
        "desk": report.desk.name,
        "reporter": report.reporter,
        "span": f"{chinese_date(report.starts_on)}至{chinese_date(report.ends_on)}",
        "lines": lines,
        "below": f"“汇总”由下级{summed.number}份汇报逐项相加，应报{summed.of}份。" if summed else "",
        "sections": [
            {"heading": f"{NUMERALS[number]}、{each.section.name}", "words": each.words}
            for number, each in enumerate(written, 1)
        ],
        "signed": report.reporter,
        "made_on": chinese_date(made_at),
    }


def row(line: Any, prefix: str = "") -> dict[str, str]:
    return {"name": f"{prefix}{line.name}", "figure": line.words, "of": line.of_words}


def document(content: dict[str, Any], place: Organisation) -> bytes:
    """As a .docx, from the template in force for whoever reports."""
    return documents.render(REPORT, content, place=place)
