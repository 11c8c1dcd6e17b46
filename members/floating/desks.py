"""The desks of floating members: what each place has to look after, with numbers and the rows behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from members.floating.halves import half_of
from members.floating.kinds import Desk
from members.models import FloatingInquiry, FloatingRecord
from members.querysets.floating import FloatingQuerySet, kept, versions_of

NOT_REPORTED, NO_REPORT, NO_CONTACT, UNKNOWN = "not-reported-in", "no-report", "no-contact", "unknown"


@dataclass(frozen=True)
class Check:
    """One thing that may be amiss. `rows(queryset, today, versions)` finds those of whom it is true."""

    key: str
    title: object
    rows: Callable[..., FloatingQuerySet]
    desks: tuple[str, ...] = (Desk.ORIGIN, Desk.DESTINATION)


CHECKS = (
    Check(NOT_REPORTED, _("Left, not reported in"), lambda rows, today, versions: rows.not_reported_in()),
    Check(
        NO_REPORT,
        _("Report of the last half-year missing"),
        lambda rows, today, versions: rows.without_report(half_of(today).before, versions),
        (Desk.ORIGIN,),
    ),
    Check(
        NO_CONTACT,
        _("No contact for too long"),
        lambda rows, today, versions: rows.without_contact(today, versions),
    ),
    Check(
        UNKNOWN,
        _("Destination unknown"),
        lambda rows, today, versions: rows.of_unknown_destination(),
        (Desk.ORIGIN,),
    ),
)
CHOICES = [(check.key, check.title) for check in CHECKS]


def rows_of(desk: str, user) -> FloatingQuerySet:
    """Those whom the user keeps at this desk."""
    rows = FloatingRecord.objects.visible_to(user)
    return rows.flowing_out(user) if desk == Desk.ORIGIN else rows.flowing_in(user)


def checked(rows: FloatingQuerySet, key: str, today: date) -> FloatingQuerySet:
    """Those of `rows` of whom the check with this key is true."""
    check = next(check for check in CHECKS if check.key == key)
    return check.rows(rows, today, None)


def figures(desk: str, rows: FloatingQuerySet, today: date) -> dict:
    """How many float, and of how many each check is true: two statements, however many rows."""
    versions, checks = versions_of(rows), [check for check in CHECKS if desk in check.desks]
    counts = {
        f"check{number}": Count("pk", filter=Q(pk__in=check.rows(rows, today, versions).order_by().values("pk")))
        for number, check in enumerate(checks)
    }
    found = rows.order_by().aggregate(
        total=Count("pk"), floating=Count("pk", filter=Q(pk__in=rows.floating().order_by().values("pk"))), **counts
    )
    shown = [{"check": check, "count": found[f"check{number}"]} for number, check in enumerate(checks)]
    return {"total": found["total"], "floating": found["floating"], "checks": shown}


def waiting_inquiries(desk: str, user, today: date) -> dict[str, int]:
    """At the origin those that it has to answer, at the destination those that it has asked."""
    side = "asked__path" if desk == Desk.ORIGIN else "asker__path"
    mine = FloatingInquiry.objects.visible_to(user).filter(kept(user, side)).waiting().order_by()
    return mine.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))
