"""The destination asks, the origin answers (SH-21)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.floating.kinds import InquiryResult
from members.floating.rules import rules_of, version_for
from members.models import FloatingInquiry, FloatingRecord
from members.notices import floating as notices
from members.querysets.floating import KEEP
from members.states import InquiryState, check_transition
from organisations.history import act
from organisations.models import Organisation, User

ERASE = "person.erase"


@act(_("asked about a floating member"))
def ask(
    *,
    by: User,
    asker: Organisation,
    asked: Organisation,
    words: str,
    at: datetime,
    person: str = "",
    record: FloatingRecord | None = None,
) -> FloatingInquiry:
    """Once per person while the first question waits. `record` where the member is registered already."""
    by.acting(KEEP, asker)
    asked = Organisation.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if asker.pk == asked.pk:
        raise Refused(_("An inquiry goes to another organisation."))
    if record is None and not person.strip():
        raise Refused(_("Say whom you ask about."))
    about = {"record": record, "person": "" if record else person.strip()}
    if FloatingInquiry.objects.waiting().filter(asker=asker, asked=asked, **about).exists():
        raise Refused(_("You have asked about this person already; the answer is still awaited."))
    days = rules_of(version_for(asked)).answer_days
    inquiry = FloatingInquiry.objects.create(
        asker=asker,
        asked=asked,
        words=words.strip(),
        asked_at=at,
        asked_by=by,
        due_on=timezone.localdate(at) + timedelta(days=days),
        **about,
    )
    notices.tell_inquiry(inquiry, at)
    return inquiry


@act(_("answered an inquiry about a floating member"))
def answer(*, by: User, inquiry: FloatingInquiry, result: str, words: str, at: datetime) -> FloatingInquiry:
    """By the origin, in words as well where it could not be found out."""
    inquiry = locked(inquiry)
    by.acting(KEEP, inquiry.asked)
    check_step(inquiry, InquiryState.ANSWERED)
    if result == InquiryResult.UNKNOWN and not words.strip():
        raise Refused(_("Say what was tried and why it could not be found out."))
    inquiry.state, inquiry.result, inquiry.answer = InquiryState.ANSWERED, result, words.strip()
    inquiry.answered_at, inquiry.answered_by = at, by
    inquiry.save()
    notices.tell_answer(inquiry, at)
    return inquiry


@act(_("withdrew an inquiry about a floating member"))
def withdraw(*, by: User, inquiry: FloatingInquiry, at: datetime) -> FloatingInquiry:
    """By whoever asked, as long as it waits."""
    inquiry = locked(inquiry)
    by.acting(KEEP, inquiry.asker)
    check_step(inquiry, InquiryState.WITHDRAWN)
    inquiry.state = InquiryState.WITHDRAWN
    inquiry.save()
    notices.tell_withdrawal(inquiry, at)
    return inquiry


@act(_("erased the personal data of an inquiry"))
def erase_inquiry(*, by: User, inquiry: FloatingInquiry, at: datetime) -> FloatingInquiry:
    """The name of somebody who was never registered, and the words of both places; who asked whom, and when, stays."""
    inquiry = locked(inquiry)
    by.acting(ERASE, inquiry.asked if by.can(ERASE, inquiry.asked) else inquiry.asker)
    if inquiry.record_id is not None:
        raise Refused(_("This member is registered: what was written goes with the data of the member."))
    if inquiry.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased already."))
    if inquiry.state == InquiryState.ASKED:
        raise Refused(_("Answer or withdraw the inquiry first; then the personal data can be erased."))
    forget([inquiry.pk], at)
    inquiry.refresh_from_db()
    return inquiry


def forget(keys: Sequence[int], at: datetime) -> None:
    """Of any number, in one statement. They are locked."""
    gone = {"person": "", "words": "", "answer": "", "erased_at": at, "erases_on": None}
    FloatingInquiry.objects.filter(pk__in=keys).update(**gone)


def check_step(inquiry: FloatingInquiry, then: InquiryState) -> None:
    words = {"state": inquiry.get_state_display()}
    check_transition(inquiry.state, then, _("This can't be done now: the inquiry is “%(state)s”.") % words)


def locked(inquiry: FloatingInquiry) -> FloatingInquiry:
    rows = FloatingInquiry.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("asker", "asked").get(pk=inquiry.pk)
