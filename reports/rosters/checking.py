"""What a row of reported figures says, and what is to be decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core.refusals import Refused
from core.roster import Line, Verdict, Work
from organisations.kinds import Kind
from organisations.rosters.directory import Directory, Entry, directory_of, nearest
from organisations.rosters.units import refuse_twice
from reports.actions.figures import Said
from reports.figures.measures import Measure, measures, named
from reports.figures.wording import printed, read
from reports.models import ReportedFigure
from reports.querysets.figure import REPORT


@dataclass
class FigureWish:
    measure: Measure
    place: Entry
    since: date | None
    until: date
    said: Said

    @property
    def key(self) -> tuple:
        return self.measure.code, self.place.pk, self.since, self.until


def check(work: Work, lines: Sequence[Line]) -> None:
    """Four statements for a sheet, however many rows."""
    directory = directory_of(work)
    may = work.by is not None and work.place is not None and work.by.capacity(REPORT, work.place) is not None
    for line in lines:
        if not may:
            fatal(
                line, "measure", "may_not", N_("Your posts do not report figures here."),
                N_("Have somebody import it who reports figures for this place."),
            )  # fmt: skip
        else:
            line.plan = wish_of(work, line, directory)
    compare(lines)
    for line in lines:
        line.judge(Verdict.UNCHANGED if line.target else Verdict.CREATED)


def fatal(line: Line, column: str, code: str, wrong: str, remedy: str, **more) -> None:
    line.doubt(column, code, wrong, remedy, fatal=True, **more)


def wish_of(work: Work, line: Line, directory: Directory) -> FigureWish | None:
    measure, place = measure_of(line), place_of(line, directory)
    since, until = line.values.get("since"), line.values.get("until")
    if measure is None or place is None or not isinstance(until, date):
        return None
    if until > timezone.localdate():
        fatal(line, "until", "ahead", N_("This day lies in the future."), N_("Correct the day."))
    if measure.adds_up and not isinstance(since, date):
        fatal(
            line, "since", "no_start", N_("This measure is of a stretch of days, and its first one is missing."),
            N_("Write the first day too."),
        )  # fmt: skip
    if isinstance(since, date) and since > until:
        fatal(line, "since", "order", N_("The first day must not be after the last."), N_("Correct one of the two."))
    said = said_of(line, measure)
    if said is None or line.doubts:
        return None
    wish = FigureWish(measure, place, since if isinstance(since, date) else None, until, said)
    return None if refuse_twice(work, line, wish.key, column="measure") else wish


def measure_of(line: Line) -> Measure | None:
    typed = str(line.values.get("measure") or "")
    found = named(typed) if typed else None
    if typed and found is None:
        signs = set(typed)
        like = sorted(measures().values(), key=lambda each: -len(signs & set(each.name)))[:3]
        fatal(
            line, "measure", "unknown", N_("The catalogue has no measure of this name."),
            N_("Write it as the catalogue does; what looks alike is suggested."),
            suggestions=tuple(each.name for each in like),
        )  # fmt: skip
    return found


def place_of(line: Line, directory: Directory) -> Entry | None:
    typed, given = str(line.values.get("place") or ""), str(line.values.get("township") or "")
    if not typed:
        return None
    township = directory.township(given) if given else None
    found = directory.named(typed, list(Kind), township) or directory.villages(typed, township)
    if len(found) == 1 and found[0].pk:
        return found[0]
    wrong = N_("Several bear this name.") if found else N_("Nothing of this name is known here.")
    near = [] if found else nearest(typed, directory.entries)
    fatal(
        line, "place", "which", wrong, N_("Write the full name, and the township beside it where a name occurs twice."),
        suggestions=tuple(each.name for each in near),
    )  # fmt: skip
    return None


def said_of(line: Line, measure: Measure) -> Said | None:
    words = {name: str(line.values.get(name) or "").strip() for name in ("figure", "document", "said_by")}
    if not all(words.values()):
        return None
    try:
        number, qualifier = read(words["figure"], measure.unit)
    except Refused:
        fatal(
            line, "figure", "unreadable", N_("This is no figure in “%(unit)s”."),
            N_("Write it as 26万元, 4000余万元 or 近90万元."), params={"unit": measure.unit},
        )  # fmt: skip
        return None
    return Said(number, qualifier, words["document"], words["said_by"])


def compare(lines: Sequence[Line]) -> None:
    """What was reported already stays as it is; what says something else is corrected on its page, with a reason."""
    wishes = [line.plan for line in lines if isinstance(line.plan, FigureWish)]
    rows: Any = ReportedFigure.objects.current().filter(
        measure__in={wish.measure.code for wish in wishes}, place__in={wish.place.pk for wish in wishes}, round=None
    )  # fmt: skip
    known = {(row.measure, row.place_id, row.since, row.until): row for row in (rows if wishes else ())}
    for line in lines:
        row = known.get(line.plan.key) if isinstance(line.plan, FigureWish) else None
        if row is None:
            continue
        said: Said = line.plan.said
        if (row.number, row.qualifier) == (said.number, said.qualifier):
            line.target = row.pk
            continue
        fatal(
            line, "figure", "reported", N_("“%(old)s” was reported for these days already."),
            N_("Correct it on its page with a reason, or leave the row out."),
            params={"old": printed(row.number, row.qualifier, line.plan.measure.unit)},
        )  # fmt: skip
