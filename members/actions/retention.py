"""What happens to those whose time is over: a notice, then the erasure, each in a constant number of statements."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from core.refusals import Refused
from members.actions import floating_applicants, floating_inquiries
from members.actions.erasing import erase_all, holding_posts
from members.models import Member
from members.nearness import words_of
from members.retention import ERASE, KINDS, ROSTERS, Kind
from office import inbox
from office.models import Message
from organisations.history import act
from organisations.kinds import AREAS
from organisations.models import Organisation, User

AT_ONCE = 200
LONGEST = timedelta(days=366)
NOTICE = "retention"
REASON = _("The time for which it may be kept was over.")
ANNOUNCED = gettext_noop(
    "%(count)s records of people have been kept as long as they may be; they will be erased on %(day)s"
)
REMINDED = gettext_noop(
    "%(count)s records of people have been kept as long as they may be; please erase them by %(day)s"
)
ERASED = gettext_noop("%(count)s records of people were erased, as their time was over (%(day)s)")


def run(*, at: datetime) -> int:
    """Once a day: erase what was announced, announce what is over since. Returns how many were erased. Safe to repeat:
    what was announced is announced once, what was erased is erased."""
    erased = 0
    if settings.RETENTION_ERASES:
        while done := erase_due(by=None, at=at):
            erased += done
    announce(by=None, at=at)
    settle(at)
    return erased


@act(_("announced which personal data will be erased"))
def announce(*, by: User | None, at: datetime) -> int:
    """Sets the day for those that have none, and tells whoever may erase: one message for each area and day."""
    today = timezone.localdate(at)
    on = today + timedelta(days=settings.RETENTION_NOTICE_DAYS)
    counts: Counter = Counter()
    for kind in KINDS:
        kind.past(today).filter(erases_on=None).update(erases_on=on)
        counts.update(paths_of(kind, kind.past(today).filter(erases_on=on)))
    tell(counts, ANNOUNCED if settings.RETENTION_ERASES else REMINDED, NOTICE, key_of(on), on, at)
    return counts.total()


@act(_("erased personal data whose time was over"))
def erase_due(*, by: User | None, at: datetime) -> int:
    """At most so many of each kind that one transaction stays short. Whoever still holds a post stays in the list."""
    today = timezone.localdate(at)
    counts: Counter = Counter()
    found = {kind.key: due(kind, today, at) for kind in KINDS}
    for kind in KINDS:
        counts.update(kind.place_of(record).path for record in found[kind.key])
    people = [record for kind in ROSTERS for record in found[kind.key]]
    if people:
        erase_all(people, by=by, reason=str(REASON), at=at)
    floating_applicants.forget([record.pk for record in found["applicant"]], at)
    floating_inquiries.forget([record.pk for record in found["inquiry"]], at)
    tell(counts, ERASED, inbox.NOTICE, f"{NOTICE}:done:{at.isoformat()}", today, at)
    return counts.total()


def due(kind: Kind, today: date, at: datetime) -> list[Any]:
    """Locked, until the end of the transaction."""
    rows = kind.past(today).filter(erases_on__lte=today).order_by("pk")
    if kind.model is Member:
        rows = rows.exclude(pk__in=holding_posts(Member.objects.all(), at).order_by().values("pk"))
    return list(rows.select_for_update(of=["self"]).select_related(kind.place)[:AT_ONCE])


def paths_of(kind: Kind, rows: QuerySet) -> dict[str, int]:
    """How many of them each organisation keeps."""
    place = f"{kind.place}__path"
    return dict(rows.order_by().values_list(place).annotate(Count("pk")))


@act(_("kept personal data longer"))
def keep_longer(*, by: User, kind: Kind, record: Any, until: date, reason: str, at: datetime) -> Any:
    """Where the law asks for it, or a matter is not settled: for a year at most, with the reason. Then it is announced
    anew."""
    today = timezone.localdate(at)
    record = kind.model._default_manager.select_for_update(of=["self"]).select_related(kind.place).get(pk=record.pk)
    by.acting(ERASE, kind.place_of(record))
    if not kind.past(today).filter(pk=record.pk).exists():
        raise Refused(_("The time of this entry is not over."))
    if not today < until <= today + LONGEST:
        raise Refused(_("Choose a day within a year from now."))
    if not reason.strip():
        raise Refused(_("Say why it has to be kept longer."))
    if any(word in reason for word in telling(kind, record)):
        raise Refused(_("Give the reason without the name and the number; the record of it stays for good."))
    record.kept_until, record.kept_because, record.erases_on = until, reason.strip(), None
    record.save(update_fields=["kept_until", "kept_because", "erases_on"])
    return record


def telling(kind: Kind, record: Any) -> list[str]:
    """What tells whose record it is."""
    if kind in ROSTERS:
        return words_of(record)
    return [name for name in (getattr(record, "name", ""), getattr(record, "person", "")) if len(name) > 1]


def key_of(on: date) -> str:
    return f"{NOTICE}:{on}"


def settle(at: datetime) -> None:
    """A notice is done with once none of its day is left."""
    announced = [kind.model._default_manager.exclude(erases_on=None).order_by() for kind in KINDS]
    days = {day for rows in announced for day in rows.values_list("erases_on", flat=True).distinct()}
    Message.objects.open().filter(kind=NOTICE).exclude(key__in=[key_of(day) for day in days]).update(settled_at=at)


def tell(counts: Counter, subject: str, kind: str, key: str, day: date, at: datetime) -> None:
    """One message to each area - the county, in most cases - for whoever may erase there."""
    if not counts:
        return
    areas = {area.path: area for area in Organisation.objects.filter(kind__in=AREAS)}
    roots = Organisation.objects.filter(path__in={path[: Organisation.steplen] for path in counts})
    known = {root.path: root for root in roots} | areas
    by_area: Counter = Counter()
    for path, count in counts.items():
        by_area[nearest(path, known)] += count
    inbox.tell_each(messages(by_area, subject, kind, key, day, at))


def messages(by_area: Counter, subject: str, kind: str, key: str, day: date, at: datetime) -> Iterator[dict]:
    for area, count in by_area.items():
        yield {
            "organisation": area,
            "permission": ERASE,
            "subject": subject,
            "params": {"count": count, "day": chinese_date(day)},
            "url": reverse("past_retention"),
            "kind": kind,
            "key": key,
            "at": at,
        }


def nearest(path: str, known: dict[str, Organisation]) -> Organisation:
    return next(known[each] for each in reversed(Organisation.paths_down_to(path)) if each in known)
