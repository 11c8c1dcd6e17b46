"""What is wrong in a ledger is reversed, and what a fund passes on is entered in both ledgers at once."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.actions.entering import Particulars, check_amount, entitled, write
from funds.actions.opening import locked
from funds.kinds import EntryKind, Hand
from funds.models import Entry, Fund
from funds.notices.matching import settle_reversed
from funds.refusals import said
from organisations.history import act
from organisations.models import User

SAME = ("amount", "giver", "source", "use", "resources", "channel", "receipt_number", "project", "household")


@act(_("passed money on to another fund"))
def transfer(*, by: User, source: Fund, target: Fund, given: Particulars, key: UUID, at: datetime) -> Entry:
    """Out of one fund and into the other, both or neither; returns the entry of the fund that passes it on.

    `project`: one of the other fund, for which it takes the money over.
    """
    if source.pk == target.pk:
        raise Refused(_("Choose another fund: this is the same."))
    funds = {fund.pk: locked(fund) for fund in sorted((source, target), key=lambda fund: fund.pk)}
    source, target = funds[source.pk], funds[target.pk]
    known = Entry.objects.filter(key=key, fund=source, kind=EntryKind.TRANSFER_OUT, entered_by=by).first()
    if known is not None:
        return known
    check_amount(given.amount)
    if given.on > timezone.localdate(at):
        raise Refused(_("This day lies in the future: enter it once it happened."))
    post = entitled(by, source, Hand.KEEPER, None)
    given = replace(given, resources=[], lines=(), household=None)
    with said(source):
        out = write(source, EntryKind.TRANSFER_OUT, replace(given, project=None), key=key, by=by, post=post, at=at)
        bare, other_key = replace(given, vouchers=()), uuid5(key, "in")
        write(target, EntryKind.TRANSFER_IN, bare, key=other_key, by=by, post=post, at=at, answers=out)
    return out


@act(_("reversed an entry of a ledger"))
def reverse(*, by: User, entry: Entry, reason: str, key: UUID, at: datetime) -> Entry:
    """A counter-entry of the whole amount, by the side whose entry it is; of money passed on, by whoever took it over.

    Both sides of money passed on are reversed together.
    """
    if not reason.strip():
        raise Refused(_("Say why it is reversed."))
    pair = sides_of(entry)
    funds = {fund.pk: locked(fund) for fund in sorted((each.fund for each in pair), key=lambda fund: fund.pk)}
    known = Entry.objects.filter(key=key, corrects=entry, entered_by=by).first()
    if known is not None:
        return known
    post = entitled(by, funds[pair[-1].fund_id], entry.rule.hand, entry.giver)
    made = []
    with said(*funds.values(), funds[pair[-1].fund_id], project=pair[-1].project):
        for each in pair:
            given = as_it_stands(each, at)
            linked = {"corrects": each, "reason": reason.strip()}
            own_key = key if each.pk == entry.pk else uuid5(key, "other side")
            made.append(write(funds[each.fund_id], each.kind, given, key=own_key, by=by, post=post, at=at, **linked))
    settle_reversed(entry, at)
    return next(each for each in made if each.corrects_id == entry.pk)


def sides_of(entry: Entry) -> list[Entry]:
    """The entry alone; of money passed on first the side that gave, then the one that took it over."""
    if entry.kind == EntryKind.TRANSFER_OUT:
        return [entry, entry.answered_by.get()]
    if entry.kind == EntryKind.TRANSFER_IN and entry.answers is not None:
        return [entry.answers, entry]
    return [entry]


def as_it_stands(entry: Entry, at: datetime) -> Particulars:
    return Particulars(on=timezone.localdate(at), **same_as(entry))


def same_as(entry: Entry) -> dict[str, Any]:
    """What a counter-entry has of the entry that it reverses."""
    return {name: getattr(entry, name) for name in SAME}
