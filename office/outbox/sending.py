"""Sending what is due: claimed in one transaction, sent outside of any, its end written in another.

Whoever dies between the two leaves an attempt under way; it is found later, told as uncertain, and repeated once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.sealing import Unreadable
from office.models import Attempt, Message, Outgoing
from office.outbox import composing, limits, robots
from office.outbox.mailing import Postman
from office.outbox.outcomes import FAILED, SENT, UNCERTAIN, Outcome
from office.outbox.states import Medium, OutgoingState
from office.outbox.wording import letter, short_text

SENDERS = 2  # processes at most: the others keep their workers free
SENDER_LOCK = 7400
SECONDS_AT_A_TIME = 50
SILENCE = timedelta(minutes=3)  # longer than any service is waited for
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
INTERRUPTED = gettext_noop("Interrupted while it was being sent: it may have arrived.")
NO_ADDRESS = gettext_noop("The person has no address for this channel any more.")
UNREADABLE = gettext_noop("The address of the robot can't be read any more: enter it again.")


def send_due(clock: Callable[[], datetime] = timezone.now, seconds: float = SECONDS_AT_A_TIME) -> bool:
    """Send for `seconds` at most. Returns whether something due was left."""
    end = time.monotonic() + seconds
    with one_of_the_senders() as is_free:
        if not is_free:
            return False
        collect_interrupted(at=clock())
        postman = Postman()
        try:
            while Outgoing.objects.due(clock()).exists():
                if time.monotonic() > end:
                    return True
                if attempt := claim(at=clock()):
                    settle(attempt, deliver(attempt.outgoing, postman), at=clock())
        finally:
            postman.close()
    return False


@contextmanager
def one_of_the_senders() -> Iterator[bool]:
    with connection.cursor() as cursor:
        for number in range(SENDERS):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SENDER_LOCK, number])
            if cursor.fetchone()[0]:
                try:
                    yield True
                finally:
                    cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SENDER_LOCK, number])
                return
    yield False


@transaction.atomic
def claim(*, at: datetime) -> Attempt | None:
    """The next message that is due, marked as being sent; None where another has it, it lapsed or has to wait."""
    waiting = Outgoing.objects.due(at).order_by("next_at", "pk").select_related("recipient__channel_choice", "group")
    outgoing = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if outgoing is None:
        time.sleep(0.05)  # others have what is due; the loop looks again
        return None
    if not composing.is_still_for(outgoing):
        outgoing.state, outgoing.next_at = OutgoingState.LAPSED, None
        outgoing.save(update_fields=["state", "next_at"])
        composing.compose(Message.objects.filter(pk__in=outgoing.parts.values("message")), at=at)
        return None
    moment = limits.earliest(outgoing, at)
    if moment > at:
        outgoing.next_at = moment
        outgoing.save(update_fields=["next_at"])
        return None
    outgoing.is_repeated |= outgoing.state == OutgoingState.UNCERTAIN
    outgoing.state, outgoing.next_at, outgoing.tries = OutgoingState.SENDING, None, outgoing.tries + 1
    outgoing.save(update_fields=["state", "next_at", "tries", "is_repeated"])
    return Attempt.objects.create(outgoing=outgoing, begun_at=at)


def deliver(outgoing: Outgoing, postman: Postman) -> Outcome:
    person = outgoing.recipient
    if outgoing.group:
        try:
            return robots.tell_robot(outgoing.group.address, short_text(outgoing))
        except (Unreadable, ValueError):
            return Outcome(FAILED, UNREADABLE, is_final=True)
    if person and outgoing.medium == Medium.MAIL and person.email:
        return postman.send(person.email, letter(outgoing))
    member = composing.choice_of(person).wecom_name if person and outgoing.medium == Medium.WECOM else ""
    if member and settings.WECOM_SECRET:
        return robots.tell_member(member, short_text(outgoing))
    return Outcome(FAILED, NO_ADDRESS, is_final=True)


@transaction.atomic
def settle(attempt: Attempt, outcome: Outcome, *, at: datetime) -> None:
    """Write how the attempt ended, and what follows."""
    attempt.outcome, attempt.answer, attempt.ended_at = outcome.kind, outcome.answer, at
    attempt.save(update_fields=["outcome", "answer", "ended_at"])
    outgoing = Outgoing.objects.select_for_update().get(pk=attempt.outgoing_id)
    if outgoing.state != OutgoingState.SENDING:
        return  # taken for interrupted meanwhile
    outgoing.state, outgoing.next_at = following(outgoing, outcome, at)
    outgoing.save(update_fields=["state", "next_at"])


def following(outgoing: Outgoing, outcome: Outcome, at: datetime) -> tuple[OutgoingState, datetime | None]:
    if outcome.kind == SENT:
        return OutgoingState.SENT, None
    if outcome.kind == UNCERTAIN:
        return OutgoingState.UNCERTAIN, None if outgoing.is_repeated else at + BACK_OFF[0]
    if not outcome.is_final and outgoing.tries <= len(BACK_OFF):
        return OutgoingState.WAITING, at + BACK_OFF[outgoing.tries - 1]
    # Of one that was repeated the first may have arrived.
    return OutgoingState.UNCERTAIN if outgoing.is_repeated else OutgoingState.FAILED, None


@transaction.atomic
def collect_interrupted(*, at: datetime) -> int:
    """Attempts without an end: their sender was killed. A constant number of statements; returns how many."""
    silent = Attempt.objects.filter(outcome=Attempt.Outcome.UNDER_WAY, begun_at__lt=at - SILENCE)
    keys = list(silent.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "outgoing"))
    attempts, rows = [pk for pk, _row in keys], [row for _pk, row in keys]
    Attempt.objects.filter(pk__in=attempts).update(outcome=UNCERTAIN, answer=INTERRUPTED, ended_at=at)
    left = Outgoing.objects.filter(pk__in=rows, state=OutgoingState.SENDING)
    left.filter(is_repeated=True).update(state=OutgoingState.UNCERTAIN, next_at=None)
    left.filter(is_repeated=False).update(state=OutgoingState.UNCERTAIN, next_at=at)
    return len(keys)
