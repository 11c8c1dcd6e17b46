"""Each side is told when the other entered something that needs an entry of its own (SH-27)."""

from datetime import datetime

from django.utils.translation import gettext_noop

from core.money import yuan
from funds.kinds import ANSWERED_BACK, TWO_SIDED
from funds.models import Entry
from office import inbox
from pairing.notices.market import TURN


def tell_other_side(entry: Entry, at: datetime) -> None:
    """What answers settles what was asked; what stands alone asks."""
    if entry.answers is not None:
        settle([entry.answers.pk], at)
    elif entry.kind in TWO_SIDED:
        ask(entry, at, key_of(entry.pk))


def settle_reversed(entry: Entry, at: datetime) -> None:
    """It is nobody's turn any more; what it answered stands alone again."""
    settle([entry.pk], at)
    if entry.kind in TWO_SIDED and entry.answers is not None:
        ask(entry.answers, at, key_of(entry.answers.pk, entry.pk))


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


def settle(entries: list[int], at: datetime) -> None:
    """What was asked about these, by their keys."""
    taken_back = Entry.objects.filter(answers__in=entries).exclude(reversal=None).values_list("answers__pk", "pk")
    inbox.settle_all([*map(key_of, entries), *(key_of(entry, answer) for entry, answer in taken_back)], at=at)


def key_of(entry: int, reversed_answer: int | None = None) -> str:
    """Asked once; and once more for each answer that was taken back."""
    return f"entry:{entry}:answer" + (f":{reversed_answer}" if reversed_answer else "")
