"""Entering something in a ledger: one act, told by its kind what it asks for (`funds/kinds.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds import heads
from funds.actions.opening import fund_of, locked
from funds.kinds import LEAST, MOST, RULES, Channel, EntryKind, Hand, Rule, other_side
from funds.models import Entry, Fund, GoodsLine, Project, Voucher
from funds.models.entry import FIRST_DAY
from funds.notices.matching import tell_other_side
from funds.refusals import said
from members.models import Household
from office.models import StoredFile
from organisations.history import act, note_capacity
from organisations.kinds import Resource
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, PairingPartner
from pairing.states import PairingState

GIVE, KEEP = "fund.give", "fund.keep"
MOST_LINES, MOST_VOUCHERS = 50, 20
STANDING = (PairingState.NEGOTIATING, PairingState.SIGNED)


@dataclass(frozen=True)
class Line:
    """Goods of one sort; `value` is that of all of them, in yuan."""

    name: str
    quantity: Decimal
    unit: str
    value: Decimal
    function: str = ""


@dataclass(frozen=True)
class Particulars:
    """What is typed for an entry. `amount` in yuan; of goods it is the sum of their lines."""

    on: date
    amount: Decimal | None = None
    giver: Organisation | None = None
    source: str = ""
    use: str = ""
    resources: Sequence[str] = ()
    channel: str = ""
    receipt_number: str = ""
    words: str = ""
    project: Project | None = None
    household: Household | None = None
    lines: Sequence[Line] = ()
    vouchers: Sequence[StoredFile] = ()


@act(_("entered something in a ledger"))
def enter(
    *,
    by: User,
    into: Fund | Pairing,
    kind: str,
    given: Particulars,
    key: UUID,
    at: datetime,
    answers: Entry | None = None,
) -> Entry:
    """The same `key` is the same entry: it is entered once. What a fund passes on is entered by `transfer`."""
    rule = RULES[kind]
    if kind in (EntryKind.TRANSFER_OUT, EntryKind.TRANSFER_IN):
        raise Refused(_("What a fund passes on is entered for both funds together."))
    fund = locked(fund_of(into, by=by, at=at) if isinstance(into, Pairing) else into)
    known = Entry.objects.filter(key=key, fund=fund, kind=kind, entered_by=by).first()
    if known is not None:
        return known
    post = entitled(by, fund, rule.hand, given.giver)
    given = completed(rule, given)
    check(fund, kind, rule, given, today=timezone.localdate(at))
    aside = fund.entries.set_aside() if rule.aside else Decimal(0)
    with said(fund, project=given.project, aside=aside):
        entry = write(fund, kind, given, key=key, by=by, post=post, at=at, answers=answers)
    tell_other_side(entry, at)
    return entry


@act(_("confirmed what the other side entered"))
def confirm(
    *, by: User, entry: Entry, key: UUID, at: datetime, amount: Decimal | None = None, on: date | None = None
) -> Entry:
    """The keeper of the fund received what the unit says it sent, or the unit sent what the keeper says it received;
    another amount stays a difference (SH-27)."""
    kind = other_side(entry.kind)
    if kind is None or kind == EntryKind.TRANSFER_IN:
        raise Refused(_("This entry is not one that the other side confirms."))
    lines = [Line(each.name, each.quantity, each.unit, each.value, each.function) for each in entry.lines.all()]
    names = ("giver", "source", "use", "resources", "channel", "receipt_number", "project")
    same = {name: getattr(entry, name) for name in names}
    given = Particulars(on=on or timezone.localdate(at), amount=amount or entry.amount, lines=lines, **same)
    return enter(by=by, into=entry.fund, kind=kind, given=given, key=key, at=at, answers=entry)


def completed(rule: Rule, given: Particulars) -> Particulars:
    """With what follows from the rest: the worth of goods, and that money is a resource of its own (SH-02)."""
    if rule.has_lines:
        return replace(given, amount=sum((line.value for line in given.lines), Decimal(0)))
    return replace(given, resources=[Resource.FUNDS.value] if rule.is_aid else [])


def check(fund: Fund, kind: str, rule: Rule, given: Particulars, *, today: date) -> None:
    """Refuse with a sentence what can't be entered."""
    if rule.has_lines:
        check_lines(given.lines)
    check_amount(given.amount)
    if given.on > today:
        raise Refused(_("This day lies in the future: enter it once it happened."))
    if given.on < FIRST_DAY:
        raise Refused(_("That day lies before October 1949: check the year."))
    if rule.aside and given.project is None:
        raise Refused(_("Choose the project for which the money is set aside."))
    if rule.is_aid:
        check_aid(fund, kind, rule, given)
    if rule.has_voucher and not (given.use and given.vouchers):
        raise Refused(_("Say what the money was spent on, and add a voucher: an invoice, a receipt, a signed list."))
    if len(given.vouchers) > MOST_VOUCHERS:
        raise Refused(_("At most %(number)s vouchers belong to one entry.") % {"number": MOST_VOUCHERS})
    if given.household is not None and given.household.village_id != fund.holder_id:
        raise Refused(_("This household belongs to another village."))


def check_amount(amount: Decimal | None) -> None:
    if not isinstance(amount, Decimal) or not amount.is_finite() or not LEAST <= amount <= MOST:
        raise Refused(_("An amount is more than 0 and at most 1,000,000,000.00 yuan."))
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise Refused(_("An amount has at most two places behind the point."))


def check_lines(lines: Sequence[Line]) -> None:
    if not lines:
        raise Refused(_("List the goods: what, how many, worth how much."))
    if len(lines) > MOST_LINES:
        raise Refused(_("At most %(number)s sorts of goods belong to one entry.") % {"number": MOST_LINES})
    for line in lines:
        check_amount(line.value)
        check_amount(line.quantity)
        if not line.name.strip() or not line.unit.strip():
            raise Refused(_("Say of each of the goods what it is and in what it is counted."))


def check_aid(fund: Fund, kind: str, rule: Rule, given: Particulars) -> None:
    """A giver that belongs to the fund, a source (TC-08), a resource (SH-02), a channel (SH-49)."""
    if given.giver is None or (fund.pairing is not None and not gives(fund.pairing, given.giver)):
        raise Refused(_("Choose who gives: a unit of this pairing."))
    if kind == EntryKind.PLEDGE and fund.pairing is not None and fund.pairing.state not in STANDING:
        raise Refused(_("This pairing has ended; nothing more is promised for it."))
    if not given.source:
        raise Refused(_("Say where the money comes from."))
    if not given.resources:
        raise Refused(_("Say which resource it is."))
    if rule.has_channel and not given.channel:
        raise Refused(_("Say by which channel it goes."))
    if given.receipt_number and given.channel == Channel.DIRECT:
        raise Refused(_("What is handed straight to the village has no donation receipt: leave its number out."))


def gives(pairing: Pairing, giver: Organisation) -> bool:
    """The lead, or a unit that is or was a partner of the consortium (SH-13)."""
    if giver.pk == pairing.unit_id:
        return True
    return PairingPartner.objects.filter(pairing=pairing, unit=giver, answered_at__isnull=False).exists()


def entitled(by: User, fund: Fund, hand: str, giver: Organisation | None) -> Appointment:
    """The post in which they enter for the side whose entry it is."""
    place = fund.holder if hand == Hand.KEEPER or giver is None else giver
    post = by.capacity(KEEP if hand == Hand.KEEPER else GIVE, place)
    if post is None:
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": place.name})
    note_capacity(post)
    return post


def hashed(lines: Sequence[Line]) -> str:
    """What of the goods goes into the hash of their entry; the database compares each line with it."""
    return ";".join(f"{line.quantity:.2f}x{line.value:.2f}" for line in lines)


def write(
    fund: Fund, kind: str, given: Particulars, *, key: UUID, by: User, post: Appointment, at: datetime, **linked: Any
) -> Entry:
    """Keep the entry with its lines and vouchers; the database numbers and chains it."""
    same = ("amount", "on", "giver", "source", "use", "channel", "project", "household")
    entry = Entry(
        fund=fund, kind=kind, key=key, entered_at=at, entered_by=by, entered_as=post, words=given.words.strip(),
        receipt_number=given.receipt_number.strip(), resources=list(given.resources),
        vouchers=[file.sha256 for file in given.vouchers],
        goods=hashed(given.lines),
        **{name: getattr(given, name) for name in same}, **linked,
    )  # fmt: skip
    entry.save(force_insert=True)
    GoodsLine.objects.bulk_create(
        GoodsLine(entry=entry, position=position, **vars(line)) for position, line in enumerate(given.lines, 1)
    )
    Voucher.objects.bulk_create(
        Voucher(entry=entry, position=position, file=file) for position, file in enumerate(given.vouchers, 1)
    )
    entry.refresh_from_db(fields=["number", "previous_hash", "hash"])
    end = [(fund.pk, entry.number, entry.hash)]
    transaction.on_commit(partial(heads.note, end, at), robust=True)  # what fails here is made up for by the clock
    return entry
