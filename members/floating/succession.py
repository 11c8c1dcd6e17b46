"""What floating members hand over when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import ngettext

from members.models import FloatingApplicant, FloatingInquiry, FloatingRecord
from members.states import FLOATING, ApplicantState, InquiryState
from organisations.models import Organisation, User

Pair = tuple[Organisation, Organisation | None]


def hand_over(
    *, by: User | None, successions: Sequence[Pair], kind: str, reason: str, on: date, at: datetime
) -> list[str]:
    """Who floats, inquiries that wait and applicants under cultivation go to the first successor; the rest is history.

    Where both places become one there is no other place any more: the destination is left open, an inquiry falls.
    """
    first: dict[Organisation, Organisation | None] = {}
    for old, new in successions:
        first.setdefault(old, new)
    told = []
    for old, new in first.items():
        if new is not None and new != old:
            told += pass_records(old, new)
            pass_inquiries(old, new)
            pass_applicants(old, new)
    return told


def pass_records(old: Organisation, new: Organisation) -> list[str]:
    records = FloatingRecord.objects.filter(state__in=FLOATING)
    records.filter(origin=old, destination=new).update(destination=None, place=new.name[:120])
    records.filter(origin=new, destination=old).update(destination=None, place=new.name[:120])
    count = records.filter(origin=old).update(origin=new) + records.filter(destination=old).update(destination=new)
    words = {"count": count, "name": new.name}
    sentence = ngettext(
        "%(count)s floating member goes over to %(name)s.", "%(count)s floating members go over to %(name)s.", count
    )
    return [sentence % words] if count else []


def pass_inquiries(old: Organisation, new: Organisation) -> None:
    waiting = FloatingInquiry.objects.filter(state=InquiryState.ASKED)
    between_the_two(waiting, "asker", "asked", old, new).update(state=InquiryState.WITHDRAWN)
    waiting.filter(asker=old).update(asker=new)
    waiting.filter(asked=old).update(asked=new)


def pass_applicants(old: Organisation, new: Organisation) -> None:
    """An applicant between the two that become one stays as noted: both did their part as two places."""
    open_ones = FloatingApplicant.objects.filter(state=ApplicantState.CULTIVATED)
    both = between_the_two(open_ones, "origin", "destination", old, new).order_by().values("pk")
    rest = open_ones.exclude(pk__in=both)
    rest.filter(origin=old).update(origin=new)
    rest.filter(destination=old).update(destination=new)


def between_the_two(rows: QuerySet, one: str, other: str, old: Organisation, new: Organisation) -> QuerySet:
    return rows.filter(**{one: old, other: new}) | rows.filter(**{one: new, other: old})
