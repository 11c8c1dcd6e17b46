"""A periodic report as a page or a paper shows it: each figure with its denominator, and what it would be now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import yuan
from organisations.models import User
from pairing.schemes.duty_words import Desk
from reports.models import PeriodicReport
from reports.periodic.contents import CONTENTS, Contents, Section
from reports.periodic.counting import Figures, counted_now
from reports.periodic.sources import SOURCES
from reports.states import REPORTS_IN, ReportState

NOTHING: dict[str, Any] = {"n": 0, "of": 0}
PERIODS_SHOWN = 12
NAMES_SHOWN = 60


@dataclass(frozen=True)
class Line:
    """One figure as it stands in the report, and as the records say now."""

    name: str
    of_words: str
    is_money: bool
    n: Any
    of: Any
    now_n: Any
    now_of: Any
    url: str = ""
    parts: Sequence["Line"] = field(default_factory=list)

    @property
    def has_changed(self) -> bool:
        return (self.n, self.of) != (self.now_n, self.now_of)

    @property
    def words(self) -> str:
        return said(self.n, self.of, self.is_money)

    @property
    def now_words(self) -> str:
        return said(self.now_n, self.now_of, self.is_money)


@dataclass(frozen=True)
class Below:
    """What the reports of the level below add up to: `number` of `of` are in."""

    number: int
    of: int
    now_number: int
    lines: Sequence[Line]
    words: str


@dataclass(frozen=True)
class Written:
    section: Section
    words: str


def said(n: Any, of: Any, is_money: bool) -> str:
    return f"{yuan(Decimal(n))} / {yuan(Decimal(of))}" if is_money else f"{n} / {of}"


def in_all(rows: Iterable[tuple[Any, Any]], is_money: bool) -> str:
    """Of the rows behind a figure."""
    found = list(rows)
    return said(sum(n for n, _of in found), sum(of for _n, of in found), is_money)


def lines_of(report: PeriodicReport, now: Figures) -> list[Line]:
    contents = CONTENTS[report.line]
    return [one_line(report, key, report.figures, now, contents) for key in contents.figures]


def one_line(report: PeriodicReport, key: str, then: Figures, now: Figures, contents: Contents) -> Line:
    whole = line(key, SOURCES[key].name, then, now, key, address=reverse("report_rows", args=[report.pk, key]))
    known = sorted({each for each in (*then, *now) if each.startswith(f"{key}.")})
    name_of = SOURCES[key].parts
    if not contents.by_part or name_of is None:
        return whole
    parts = []
    for each in known:
        url = reverse("report_rows", args=[report.pk, each])
        parts.append(line(key, name_of(each.partition(".")[2]), then, now, each, address=url))
    return Line(**{**vars(whole), "parts": parts})


def line(source: str, name: Any, then: Figures, now: Figures, key: str, address: str = "") -> Line:
    old, new, known = then.get(key, NOTHING), now.get(key, NOTHING), SOURCES[source]
    return Line(
        str(name), str(known.of_words), known.is_money, old["n"], old["of"], new["n"], new["of"],
        address if new["of"] or new["n"] else "",
    )  # fmt: skip


def below(report: PeriodicReport, now: Figures) -> Below | None:
    """None where nothing lies below."""
    contents = CONTENTS[report.line]
    if not contents.merged:
        return None
    then: Any = report.merged or {"in": 0, "of": 0, "figures": {}}
    current: Any = now or then
    lines = [line(key, SOURCES[key].name, then["figures"], current["figures"], key) for key in contents.merged]
    words = _("Summed from the reports of the members")
    if report.line == Desk.ORGANISATION_DEPARTMENT:
        words = _("Summed from the reports of the organisations below")
    return Below(then["in"], then["of"], current["in"], lines, words)


def written(report: PeriodicReport) -> list[Written]:
    words = {each.section: each.words for each in report.words.all()}
    return [Written(section, words.get(section.key, "")) for section in CONTENTS[report.line].sections]


def whole(report: PeriodicReport) -> dict[str, Any]:
    """All that a page or a paper shows of one report. Four statements."""
    figures, merged = counted_now([report]).get(report.pk, (report.figures, report.merged))
    lines, summed = lines_of(report, figures), below(report, merged)
    changed = [each for each in lines if each.has_changed]
    if summed:
        changed += [each for each in summed.lines if each.has_changed]
    return {"lines": lines, "below": summed, "written": written(report), "changed": changed}


def as_handed_in(report: PeriodicReport) -> dict[str, Any]:
    """The same of a report whose figures stay as they were; where its words are read already, no statement."""
    return {
        "lines": lines_of(report, report.figures),
        "below": below(report, report.merged),
        "written": written(report),
    }


@dataclass
class Period:
    """What one desk expects of one line and period: `number` of `of` are in."""

    number: int
    of: int
    sample: PeriodicReport
    missing: list[PeriodicReport] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.of - self.number


def expected(user: User) -> list[Period]:
    """The last periods at the desks of the user, with those that are missing. Three statements."""
    rows = PeriodicReport.objects.received_by(user).standing().order_by()
    grouped = rows.values_list("round", "obligation", "period", "desk", "ends_on").annotate(
        number=Count("pk", filter=Q(state__in=REPORTS_IN)), of=Count("pk")
    )
    found = list(grouped.order_by("-ends_on", "desk", "obligation")[:PERIODS_SHOWN])
    if not found:
        return []
    open_ones = PeriodicReport.objects.received_by(user).standing().filter(period__in={each[2] for each in found})
    by_group: dict[tuple, list[PeriodicReport]] = {}
    for report in open_ones.with_parts().order_by("organisation__path", "pk"):
        by_group.setdefault((report.round_id, report.obligation, report.period, report.desk_id), []).append(report)
    periods = []
    for round, obligation, period, desk, _ends_on, number, of in found:
        reports = by_group[round, obligation, period, desk]
        missing = [each for each in reports if each.state not in REPORTS_IN]
        periods.append(Period(number, of, reports[0], missing[:NAMES_SHOWN]))
    return periods


def to_do(user: User) -> tuple[list[PeriodicReport], int]:
    """What the user still has to hand in, the most pressing first; how many wait for them at their desks."""
    mine = PeriodicReport.objects.written_by(user).open().with_parts().order_by("due_on", "pk")
    waiting = (
        PeriodicReport.objects.received_by(user)
        .filter(state=ReportState.SUBMITTED)
        .exclude(PeriodicReport.objects.owed(user))
    )
    return list(mine[:PERIODS_SHOWN]), waiting.count()
