"""Records for tests: plain functions with typed keywords."""

from datetime import date
from typing import Any

from django.utils import timezone

from organisations.models import Organisation, User
from reports.actions.figures import Of, Said, report
from reports.figures.measures import measures
from reports.figures.wording import read
from reports.models import ReportedFigure


def reported(by: User, measure: str, place: Organisation, figure: str, **fields: Any) -> ReportedFigure:
    """Through the verb, written as its source writes it; of the last year unless asked otherwise."""
    year = timezone.localdate().year - 1
    fields = {"since": date(year, 1, 1), "until": date(year, 12, 31), **fields}
    number, qualifier = read(figure, measures()[measure].unit)
    said = Said(number, qualifier, fields.pop("document", "年度总结"), fields.pop("said_by", "组织部"))
    return report(by=by, of=Of(measure, place, **fields), said=said, at=timezone.now())
