"""What was reported of an area in these days, added up by measure and kind of place, with how many places reported.

What a county reported and what its villages reported stand in lines of their own: never added to each other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import localized_date
from core.figures import Column, Figure, Line, Table, address
from core.marks import Remembered
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.querysets import within
from reports.figures.measures import Measure, measures, of_table
from reports.figures.wording import Qualifier, printed, together
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section

MOST_SOURCES = 2


@dataclass(frozen=True)
class Reported:
    """Of one measure and one kind of place: `places` of `of` have reported it."""

    measure: Measure
    kind: str
    number: Decimal
    qualifier: Qualifier
    places: int
    of: int
    since: date | None
    until: date
    sources: list[str]

    @property
    def words(self) -> str:
        return printed(self.number, self.qualifier, self.measure.unit)

    @property
    def days(self) -> str:
        until = localized_date(self.until)
        return f"{localized_date(self.since)}—{until}" if self.since else until


def figures_of(asked: Asked, codes: list[str]) -> QuerySet[ReportedFigure]:
    """The newest of each place in these days; of a table as of a day, whatever was said up to it."""
    since, until = asked.form.reported_days
    rows: Any = ReportedFigure.objects.visible_to(asked.user).filter(measure__in=codes).counted(since, until)
    if asked.form.chosen_round:
        rows = rows.filter(round=asked.form.chosen_round)
    return rows.filter(asked.form.near("place")).order_by()


def reported(asked: Asked, table: str) -> list[Reported]:
    """Two statements however many have reported, remembered until somebody reports again."""
    codes = [each.code for each in of_table(table)]
    rows = figures_of(asked, codes)
    places = Organisation.objects.visible_to(asked.user).open().order_by()
    if asked.form.words:
        places = places.filter(within(asked.form.places))
    read = Remembered(rows.values("measure", "number", "place__kind"), places.values("kind"))
    return read.get(f"reported {table}", lambda: added_up(rows, places))


def added_up(rows: QuerySet[ReportedFigure], places: QuerySet[Organisation]) -> list[Reported]:
    groups = rows.values("measure", kind=F("place__kind")).annotate(
        total=Sum("number"),
        reporting=Count("place", distinct=True),
        qualifiers=ArrayAgg("qualifier", distinct=True),
        first=Min("since"),
        last=Max("until"),
        documents=ArrayAgg("document", distinct=True),
    )
    found = list(groups)
    if not found:
        return []
    of_kind = dict(places.values_list("kind").annotate(Count("pk")))
    known, kinds = list(measures()), list(Kind)
    lines = [
        Reported(
            measures()[each["measure"]], each["kind"], each["total"], together(set(each["qualifiers"])),
            each["reporting"], of_kind.get(each["kind"], 0), each["first"], each["last"], each["documents"],
        )
        for each in found
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (known.index(line.measure.code), kinds.index(Kind(line.kind))))


def reported_section(asked: Asked, table: str) -> Section:
    """Each figure as it is printed, its denominator, its days and its source."""
    columns = [
        Column(_("Figure"), as_printed=True),
        Column(_("Places that reported"), _("places of this kind")),
        Column(_("Days")),
        Column(_("Source")),
    ]
    lines = [line_of(asked, each) for each in reported(asked, table)]
    url, action = ("", "") if lines else elsewhere(asked, table)
    return Section(
        _("Reported figures"),
        Table(_("Measure"), columns, lines),
        note=_("Reported with their source, because no record counts them. Places that did not report are missing."),
        nothing=_("Nothing was reported for this table in these days. Figures that no record counts are reported."),
        nothing_url=url,
        nothing_action=action,
    )


def elsewhere(asked: Asked, table: str) -> tuple[str, str]:
    """The latest days for which something was reported: the same table of these, and what to call the step."""
    codes = [each.code for each in of_table(table)]
    rows: Any = ReportedFigure.objects.visible_to(asked.user).current().filter(measure__in=codes)
    last = rows.order_by("-until").values_list("since", "until").first() if codes else None
    if last is None:
        return "", ""
    since, until = last[0] or last[1].replace(month=1, day=1), last[1]
    words = _("See what was reported up to %(day)s") % {"day": localized_date(until)}
    return address(reverse("statistics_table", args=[table]), since=since, until=until, place=asked.form.words), words


def line_of(asked: Asked, one: Reported) -> Line:
    since, until = asked.form.reported_days
    round = asked.form.chosen_round.pk if asked.form.chosen_round else None
    asked_for = {"measure": one.measure.code, "kind": one.kind, "place": asked.form.words, "round": round}
    url = address(reverse("reported_figures"), since=since, until=until, **asked_for)
    sources = "；".join(one.sources[:MOST_SOURCES]) + ("…" if len(one.sources) > MOST_SOURCES else "")
    return Line(
        f"{one.measure.name}（{Kind(one.kind).label}）",
        [
            Figure(one.number, url=url, words=one.words),
            Figure(one.places, one.of, url),
            Figure(None, words=one.days),
            Figure(None, words=sources),
        ],
        key=(one.measure.code, one.kind),
    )
