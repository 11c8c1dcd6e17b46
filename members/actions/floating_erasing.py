"""What goes where a member's personal data is erased: every word about them; places, days and counts stay.

Called within the act that erases the member (`person.erase`).
"""

from datetime import datetime

from members.models import (
    FloatingContact,
    FloatingDeed,
    FloatingInquiry,
    FloatingRecord,
    ForumEntry,
    HalfYearReport,
    Member,
)
from members.models.floating_reports import CheckInLink
from organisations.models import User


def forget_floating(*, by: User, member: Member, at: datetime) -> None:
    """The personal links die at once. Eight statements, however many rows."""
    records = FloatingRecord.objects.filter(member=member).order_by().values("pk")
    theirs = {"record__in": records}
    CheckInLink.objects.filter(**theirs, revoked_at=None).update(revoked_at=at, revoked_by=by)
    HalfYearReport.objects.filter(**theirs).update(work="", thinking="", skills="", delegate_reason="")
    FloatingDeed.objects.filter(**theirs).update(words="")
    FloatingContact.objects.filter(**theirs).update(words="")
    FloatingInquiry.objects.filter(**theirs).update(person="", words="", answer="")
    ForumEntry.objects.filter(**theirs).update(report="", opinions="")
    FloatingRecord.objects.filter(pk__in=records).update(
        certificate_number="", place="", left_although="", end_words="", agreement_scan=None
    )
    FloatingRecord.objects.filter(pk__in=records).exclude(reported_in_on=None).update(reported_in_where="")
