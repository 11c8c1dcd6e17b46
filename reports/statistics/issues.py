"""T11: the issue ledger; the numbers are those of pairing/figures/issues.py."""

from django.core.paginator import Page
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import in_all
from organisations.models import Organisation
from pairing.figures import issues as figures
from pairing.figures.issues import By
from pairing.models import Issue, Pairing, Round
from pairing.views import issue_figures as pages
from reports.figures.summing import reported_section
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic


def build(asked: Asked) -> Sheet:
    today = timezone.localdate()
    lines, page = shown(asked, figures.lines(asked.user, asked.form, today))
    table = pages.table_of(asked.form, lines)
    counted = figures.total(asked.user, asked.form, today)
    table.total = in_all(pages.line_of(asked.form, "", {}, counted).figures)
    section = Section(
        _("Issue ledger"), table, note=_("Received in these days, and how far they are today."),
        nothing=_("No issue was received in these days. Choose other days or a place."), page=page,
        keys=None if page is None else [key for key, *_rest in lines],
    )  # fmt: skip
    return Sheet([section, reported_section(asked, "T11")], pages.facts(counted, table.total))


def shown(asked: Asked, lines: list) -> tuple[list, Page | None]:
    """Those of one page; all, where others stand beside them: then lines of either side are shown."""
    is_alone = asked.keys is None and asked.form.other() is None
    return asked.window(lines) if is_alone else (lines, None)


T11 = Statistic(
    "T11", gettext_lazy("Issue ledger"),
    gettext_lazy("Received, overdue, closed, days to close, by village, kind or month."), By, build,
    reads=(Issue, Organisation, Pairing, Round, ReportedFigure),
)  # fmt: skip
