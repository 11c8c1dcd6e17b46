"""Imported entries are written like others: numbered, chained and summed by the database, noted outside it.

Undoing an import takes nothing away: each of its entries is reversed by a counter-entry.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from core.roster import Line, Verdict, Work
from funds import heads
from funds.actions.entering import hashed
from funds.actions.opening import fresh_fund
from funds.actions.reversing import same_as
from funds.kinds import RULES, Channel
from funds.models import Entry, Fund, GoodsLine
from funds.notices import matching
from funds.querysets.supervision import SUPERVISE
from funds.refusals import said
from funds.rosters.accounts import EntryWish
from organisations.kinds import Resource
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing


def write(work: Work, lines: Sequence[Line]) -> None:
    """In the order of the workbook. Nobody is told, as of nothing that an import does; what was asked is settled."""
    wishes = [line.plan for line in lines if line.verdict is Verdict.CREATED and isinstance(line.plan, EntryWish)]
    if not wishes:
        return
    now, post = timezone.now(), posted(work.by, work.place)
    funds = funds_for({wish.pairing.pk: wish.pairing for wish in wishes}, by=work.by, at=now)
    same = {"entered_at": now, "entered_by": work.by, "entered_as": post}
    made = keep([entry_of(wish, funds[wish.pairing.pk], same) for wish in wishes], list(funds.values()), now)
    if answered := [wish.answers for wish in wishes if wish.answers is not None]:
        matching.settle(answered, now)
    goods = GoodsLine.objects.bulk_create(
        GoodsLine(entry_id=pk, position=1, **vars(wish.goods))
        for pk, wish in zip(made, wishes, strict=True) if wish.goods
    )  # fmt: skip
    work.changed("funds.entry").created.extend(made)
    if goods:
        work.changed("funds.goodsline").created.extend(line.pk for line in goods)


def posted(by: User, place: Organisation) -> Appointment:
    post = by.capacity(SUPERVISE, place)
    if post is None:
        raise Refused(gettext_lazy("None of your posts takes over or undoes ledgers here."))
    return post


def funds_for(pairings: dict[int, Pairing], *, by: User, at: datetime) -> dict[int, Fund]:
    """By their pairings, opened where they are not, all locked in one order."""
    known = set(Fund.objects.filter(pairing__in=pairings).values_list("pairing", flat=True))
    Fund.objects.bulk_create(
        [Fund(pairing=each, **fresh_fund(each, by=by, at=at)) for pk, each in pairings.items() if pk not in known],
        ignore_conflicts=True,
    )
    rows = Fund.objects.select_for_update(no_key=True).filter(pairing__in=pairings).order_by("pk")
    return {fund.pairing_id: fund for fund in rows}  # type: ignore[misc]  # of pairings alone


def entry_of(wish: EntryWish, fund: Fund, same: dict) -> Entry:
    rule, given = RULES[wish.kind], wish.values
    resource = Resource.OTHER if rule.has_lines else Resource.FUNDS
    return Entry(
        fund=fund, kind=wish.kind, amount=wish.amount, on=wish.on, giver=wish.giver, words=wish.words,
        project=wish.project, answers_id=wish.answers, goods=hashed([wish.goods]) if wish.goods else "",
        source=given.get("source") or "" if rule.is_aid else "", use=given.get("use") or "",
        resources=[resource.value] if rule.is_aid else [],
        channel=(given.get("channel") or Channel.DIRECT) if rule.has_channel else "",
        receipt_number=str(given.get("receipt_number") or "") if rule.has_channel else "", **same,
    )  # fmt: skip


def keep(entries: Sequence[Entry], funds: Sequence[Fund], at: datetime) -> list[int]:
    """In one statement, one after the other; their keys."""
    with said(*funds):
        made = [entry.pk for entry in Entry.objects.bulk_create(entries)]
    ends = list(Entry.objects.filter(pk__in=made).order_by("pk").values_list("fund", "number", "hash"))
    transaction.on_commit(partial(heads.note, ends, at), robust=True)
    return made


def take_back(rows: QuerySet[Entry], *, by: User, at: datetime) -> None:
    """The last first, so that what was spent is back before what was received goes."""
    funds = list(
        Fund.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=rows.order_by().values("fund")).select_related("holder").order_by("pk")
    )  # fmt: skip
    posts = {fund.pk: posted(by, fund.holder) for fund in funds}
    reason, today = _("the import that brought it was undone"), timezone.localdate(at)
    counters = [
        Entry(
            fund_id=entry.fund_id, kind=entry.kind, corrects=entry, reason=reason, on=today, entered_at=at,
            entered_by=by, entered_as=posts[entry.fund_id], **same_as(entry),
        )
        for entry in rows.select_related("giver", "project", "household").order_by("-number", "-pk")
    ]  # fmt: skip
    keep(counters, funds, at)


def leave(rows: QuerySet[GoodsLine], *, by: User, at: datetime) -> None:
    """Lines stay with the entry that lists them; its counter-entry reverses their worth."""
