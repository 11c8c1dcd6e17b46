"""Each side is told when the other entered something that needs an entry of its own (SH-27)."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.money import yuan
from funds.kinds import ANSWERED_BACK
from funds.models import Entry
from office import inbox
from pairing.notices.market import TURN

NEED_AN_ANSWER = {*ANSWERED_BACK, *ANSWERED_BACK.values()}


def tell_other_side(entry: Entry, at: datetime) -> None:
    """What answers settles what was asked; what stands alone asks."""
    if entry.answers is not None:
        settle(entry.answers, at)
    elif entry.kind in NEED_AN_ANSWER:
        ask(entry, at, key_of(entry))


def settle_reversed(entry: Entry, at: datetime) -> None:
    """It is nobody's turn any more; what it answered stands alone again."""
    settle(entry, at)
    if entry.kind in NEED_AN_ANSWER and entry.answers is not None:
        ask(entry.answers, at, key_of(entry.answers, entry))


def ask(entry: Entry, at: datetime, key: str) -> None:
    giver, holder = entry.giver, entry.fund.holder
    if giver is None:
        return
    if entry.kind in ANSWERED_BACK:
        told, name, permission = giver, holder.name, "fund.give"
        subject = gettext_noop("%(name)s entered %(amount)s as received from you: please confirm from your side")
    else:
        told, name, permission = holder, giver.name, "fund.keep"
        subject = gettext_noop("%(name)s entered %(amount)s as sent to you: please confirm what arrived")
    inbox.tell(
        organisations=[told], permission=permission, subject=subject, body="", kind=TURN, key=key, at=at,
        params={"name": name, "amount": yuan(entry.amount)}, url=entry.get_absolute_url(),
    )  # fmt: skip


def settle(entry: Entry, at: datetime) -> None:
    reversed_answers = Entry.objects.filter(answers=entry).exclude(reversal=None)
    inbox.settle_all([key_of(entry), *(key_of(entry, answer) for answer in reversed_answers)], at=at)


def key_of(entry: Entry, reversed_answer: Entry | None = None) -> str:
    """Asked once; and once more for each answer that was taken back."""
    return f"entry:{entry.pk}:answer" + (f":{reversed_answer.pk}" if reversed_answer else "")
