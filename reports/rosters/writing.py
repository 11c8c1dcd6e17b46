"""Imported figures are written like others; undoing an import takes each back by a new version, nothing away."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from core.roster import Line, Verdict, Work
from organisations.models import Appointment, Organisation, User
from reports.models import ReportedFigure
from reports.querysets.figure import REPORT
from reports.rosters.checking import FigureWish


def write(work: Work, lines: Sequence[Line]) -> None:
    """What was once taken back is reported anew: as a version after it."""
    wishes = [line.plan for line in lines if line.verdict is Verdict.CREATED and isinstance(line.plan, FigureWish)]
    if not wishes:
        return
    now, post = timezone.now(), posted(work.by, work.place)
    last = newest(wishes)
    same = {"entered_at": now, "entered_by": work.by, "entered_as": post}
    made = ReportedFigure.objects.bulk_create(figure_of(wish, last.get(wish.key), same) for wish in wishes)
    work.changed("reports.reportedfigure").created.extend(each.pk for each in made)


def posted(by: User, place: Organisation) -> Appointment:
    post = by.capacity(REPORT, place)
    if post is None:
        raise Refused(gettext_lazy("None of your posts reports figures here."))
    return post


def newest(wishes: Sequence[FigureWish]) -> dict[tuple, ReportedFigure]:
    rows = ReportedFigure.objects.filter(
        measure__in={wish.measure.code for wish in wishes}, place__in={wish.place.pk for wish in wishes}, round=None,
        corrected_by=None,
    )  # fmt: skip
    return {(row.measure, row.place_id, row.since, row.until): row for row in rows}


def figure_of(wish: FigureWish, last: ReportedFigure | None, same: dict) -> ReportedFigure:
    again = {"version": last.version + 1, "corrects": last, "reason": _("reported anew")} if last else {}
    return ReportedFigure(
        measure=wish.measure.code, place_id=wish.place.pk or 0, since=wish.since, until=wish.until, **vars(wish.said),
        **again, **same,
    )  # fmt: skip


def take_back(rows: QuerySet[ReportedFigure], *, by: User, at: datetime) -> None:
    """Those that nobody corrected since."""
    standing = list(rows.filter(corrected_by=None, number__isnull=False).select_related("place"))
    reason = _("the import that brought it was undone")
    names = ("measure", "place", "round", "since", "until", "qualifier", "document", "said_by")
    ReportedFigure.objects.bulk_create(
        ReportedFigure(
            **{name: getattr(row, name) for name in names}, number=None, version=row.version + 1, corrects=row,
            reason=reason, entered_at=at, entered_by=by, entered_as=posted(by, row.place),
        )
        for row in standing
    )  # fmt: skip
