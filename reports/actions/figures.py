"""Reporting what the system can't count; correcting it, taking it back: always a new version beside the old."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from reports.figures.measures import measures
from reports.models import ReportedFigure
from reports.querysets.figure import REPORT


@dataclass(frozen=True)
class Of:
    """What a figure is of. `since` is empty where it is of one day."""

    measure: str
    place: Organisation
    until: date
    since: date | None = None
    round: Round | None = None


@dataclass(frozen=True)
class Said:
    """What is said, and by whom in which document."""

    number: Decimal
    qualifier: str
    document: str
    said_by: str


@act(_("reported a figure"))
def report(*, by: User, of: Of, said: Said, at: datetime) -> ReportedFigure:
    """Once: what was reported already is corrected instead."""
    post = by.acting(REPORT, of.place)
    check_days(of, timezone.localdate(at))
    Organisation.objects.select_for_update(no_key=True).get(pk=of.place.pk)
    same = ReportedFigure.objects.filter(
        measure=of.measure, place=of.place, round=of.round, since=of.since, until=of.until
    ).order_by("-version")  # fmt: skip
    last = same.first()
    if last is not None and last.number is not None:
        raise Refused(
            _("%(place)s reported this already: %(words)s. Correct that figure, or choose other days.")
            % {"place": of.place.name, "words": last.words}
        )
    again = {"version": last.version + 1, "corrects": last, "reason": _("reported anew")} if last else {}
    return ReportedFigure.objects.create(
        **vars(of), **vars(said), **again, entered_at=at, entered_by=by, entered_as=post
    )  # fmt: skip


@act(_("corrected a reported figure"))
def correct(*, by: User, figure: ReportedFigure, said: Said, reason: str, at: datetime) -> ReportedFigure:
    return new_version(by, figure, vars(said), reason, at)


@act(_("took a reported figure back"))
def withdraw(*, by: User, figure: ReportedFigure, reason: str, at: datetime) -> ReportedFigure:
    said = {"number": None, "qualifier": figure.qualifier, "document": figure.document, "said_by": figure.said_by}
    return new_version(by, figure, said, reason, at)


def new_version(by: User, figure: ReportedFigure, said: dict, reason: str, at: datetime) -> ReportedFigure:
    post = by.acting(REPORT, figure.place)
    Organisation.objects.select_for_update(no_key=True).get(pk=figure.place_id)
    if ReportedFigure.objects.filter(corrects=figure).exists():
        raise Refused(_("This version was corrected already. Open the newest one."))
    if figure.number is None:
        raise Refused(_("This figure was taken back. Report it anew."))
    if not reason.strip():
        raise Refused(_("Say why: the old version stays beside the new one."))
    same = {name: getattr(figure, name) for name in ("measure", "place", "round", "since", "until")}
    return ReportedFigure.objects.create(
        **same, **said, reason=reason.strip(), version=figure.version + 1, corrects=figure,
        entered_at=at, entered_by=by, entered_as=post,
    )  # fmt: skip


def check_days(of: Of, today: date) -> None:
    measure = measures().get(of.measure)
    if measure is None:
        raise Refused(_("There is no such measure. Choose one of the list."))
    if of.until > today:
        raise Refused(_("The last day lies in the future."))
    if of.since is not None and of.since > of.until:
        raise Refused(_("The first day must not be after the last."))
    if measure.adds_up and of.since is None:
        raise Refused(_("“%(name)s” is of a stretch of days: say the first one too.") % {"name": measure.name})
