"""What a ledger holds already, and what the rows of a workbook add to it, followed row by row over a whole sheet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from core.money import yuan
from core.names import normal
from core.roster import Work
from funds.actions.entering import Line
from funds.kinds import RULES, TWO_SIDED, EntryKind, other_side
from funds.models import Entry, Fund, Project
from funds.querysets.ledger import summed
from funds.sums import ProjectSums
from organisations.models import Organisation
from pairing.models import Pairing, PairingPartner

KEY = "funds.accounts"
TOTALS = N_(
    "“%(name)s”: %(rows)s entries come in. The workbook adds up to %(received)s received, %(spent)s spent, "
    "%(left)s left; the ledger then says %(ledger_received)s, %(ledger_spent)s, %(ledger_left)s."
)
JOINED = N_("“%(name)s”: %(number)s of them confirm what the other side has entered already.")
ON_ITS_WAY = timedelta(days=92)  # longest, from what was sent to what arrived
Given = tuple[str | None, int | None, Decimal]  # kind, giver, amount
Signature = tuple[str, date, Decimal, int | None, str]  # kind, day, amount, giver, words


@dataclass
class EntryWish:
    pairing: Pairing
    giver: Organisation | None
    kind: str
    on: date
    amount: Decimal
    is_opening: bool = False
    project: Project | None = None
    goods: Line | None = None
    values: dict = field(default_factory=dict)
    answers: int | None = None  # the entry of the other side that this one confirms

    @property
    def signature(self) -> Signature:
        return self.kind, self.on, self.amount, self.giver.pk if self.giver else None, self.words

    @property
    def words(self) -> str:
        """All that a row says in words, in one text."""
        given = self.values
        with translation.override(settings.LANGUAGE_CODE):  # a row is known again by them, whoever imports it
            parts = [
                str(given.get("words") or (_("opening balance") if self.is_opening else "")),
                _("other party: %(name)s") % {"name": given["party"]} if given.get("party") else "",
                _("voucher no. %(number)s") % {"number": given["voucher"]} if given.get("voucher") else "",
            ]
        return " · ".join(part for part in parts if part)

    @property
    def cash(self) -> Decimal:
        return RULES[self.kind].cash * self.amount

    @property
    def worth(self) -> Decimal:
        """In goods."""
        return RULES[self.kind].goods * self.amount


@dataclass
class Account:
    """Of one pairing. `balance`: by the rows of the workbook; None after one that nobody could read."""

    name: str
    fund: Fund | None = None
    left: Decimal = Decimal(0)
    goods_left: Decimal = Decimal(0)
    balance: Decimal | None = Decimal(0)
    rows: int = 0
    received: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    new_received: Decimal = Decimal(0)
    new_spent: Decimal = Decimal(0)
    has_entries: bool = False
    joined: int = 0
    projects: dict[str, list[Project]] = field(default_factory=dict)  # by their titles
    left_for: dict[int, Decimal] = field(default_factory=dict)  # by the keys of projects
    known: dict[Signature, list[int]] = field(default_factory=dict)  # entries that no row has claimed yet
    alone: dict[Given, dict[int, date]] = field(default_factory=dict)  # entries that the other side has not answered

    def read(self, wish: EntryWish) -> None:
        """A row of the workbook, whatever becomes of it."""
        if self.balance is not None:
            self.balance += wish.cash
        self.received += max(wish.cash, Decimal(0))
        self.spent += max(-wish.cash, Decimal(0))

    def take_in(self, wish: EntryWish) -> None:
        """A row that becomes an entry."""
        self.rows += 1
        self.joined += wish.answers is not None
        self.left += wish.cash
        self.goods_left += wish.worth
        if wish.project is not None:
            self.left_for[wish.project.pk] = self.left_of(wish.project) + wish.cash
        self.new_received += max(wish.cash, Decimal(0))
        self.new_spent += max(-wish.cash, Decimal(0))

    def claim_counterpart(self, wish: EntryWish) -> int | None:
        """The entry of the other side over the same amount that lies nearest in time: nothing arrives unsent. No other
        row gets it."""
        alone = self.alone.get((other_side(wish.kind), wish.giver.pk if wish.giver else None, wish.amount), {})
        earlier, later = (timedelta(0), ON_ITS_WAY) if RULES[wish.kind].answers else (-ON_ITS_WAY, timedelta(0))
        fitting = [(abs(wish.on - on), pk) for pk, on in alone.items() if earlier <= wish.on - on <= later]
        if not fitting:
            return None
        (_days, nearest) = min(fitting)
        del alone[nearest]
        return nearest

    def left_of(self, project: Project) -> Decimal:
        """What is left of the money that was received for it."""
        return self.left_for.get(project.pk, Decimal(0))

    def totals(self) -> dict[str, str | int]:
        fund = self.fund
        received = (fund.taken if fund else Decimal(0)) + self.new_received
        spent = (fund.taken - fund.cash if fund else Decimal(0)) + self.new_spent
        return {
            "name": self.name, "rows": self.rows, "received": yuan(self.received), "spent": yuan(self.spent),
            "left": yuan(self.received - self.spent), "ledger_received": yuan(received), "ledger_spent": yuan(spent),
            "ledger_left": yuan(self.left),
        }  # fmt: skip


class Accounts:
    """Kept over all rows of a sheet, though they are checked and applied in chunks."""

    def __init__(self) -> None:
        self.units: dict[int, Organisation] = {}
        self.pairings: dict[tuple[int, int], Pairing] = {}
        self.of: dict[int, Account] = {}

    def learn(self, units: set[int]) -> None:
        """The standing pairings that these units lead or have joined, and what stands in their ledgers."""
        standing = Pairing.objects.standing().select_related("unit", "village").order_by("formed_at", "pk")
        joined = PairingPartner.objects.filter(unit__in=units, answered_at__isnull=False).select_related("unit")
        partners = list(joined)
        found = {each.pk: each for each in standing.filter(pk__in=[each.pairing_id for each in partners])}
        for partner in partners:
            if pairing := found.get(partner.pairing_id):
                self.know(partner.unit, pairing)
        for pairing in standing.filter(unit__in=units):
            self.know(pairing.unit, pairing)
        self.read({each.pk: each for each in self.pairings.values()})

    def know(self, unit: Organisation, pairing: Pairing) -> None:
        self.units[unit.pk] = unit
        self.pairings[unit.pk, pairing.village_id] = pairing

    def read(self, pairings: dict[int, Pairing]) -> None:
        """What stands in the ledgers; what this import itself has entered meanwhile is not looked at again."""
        funds = {fund.pairing_id: fund for fund in Fund.objects.filter(pairing__in=pairings)}
        fresh = {pk: pairing for pk, pairing in pairings.items() if pk not in self.of}
        for pk, pairing in fresh.items():
            fund = funds.get(pk)
            self.of[pk] = Account(str(pairing), fund)
            if fund is not None:
                self.of[pk].left, self.of[pk].goods_left = fund.cash, fund.goods - fund.handout
        by_fund = {fund.pk: pk for pk, fund in funds.items() if pk in fresh}
        rows = Entry.objects.standing().filter(fund__in=by_fund).order_by("pk")
        known: dict[int, dict[Signature, list[int]]] = defaultdict(lambda: defaultdict(list))
        for pk, fund_id, *signature in rows.values_list("pk", "fund", "kind", "on", "amount", "giver", "words"):
            known[by_fund[fund_id]][tuple(signature)].append(pk)  # type: ignore[index]
        lone = rows.alone().filter(kind__in=TWO_SIDED)
        for pk, fund_id, on, *given in lone.values_list("pk", "fund", "on", "kind", "giver", "amount"):
            self.of[by_fund[fund_id]].alone.setdefault(tuple(given), {})[pk] = on  # type: ignore[arg-type]
        for pk in fresh:
            self.of[pk].known, self.of[pk].has_entries = dict(known[pk]), bool(known[pk])
        self.read_projects(list(fresh))

    def read_projects(self, pairings: list[int]) -> None:
        """Of these, with what is left of their money."""
        for project in Project.objects.filter(pairing__in=pairings):
            account = self.of[project.pairing_id]  # type: ignore[index]  # of pairings alone
            account.projects.setdefault(normal(project.title), []).append(project)
        rows = Entry.objects.filter(project__pairing__in=pairings).order_by().values("project", "project__pairing")
        found: Iterable[Any] = rows.annotate(**summed(EntryKind.values))
        for row in found:
            sums = {kind: row[kind] for kind in EntryKind.values}
            self.of[row["project__pairing"]].left_for[row["project"]] = ProjectSums(**sums).cash

    def tell(self, work: Work, touched: Iterable[int]) -> None:
        """The totals of the workbook beside those of the ledger, anew with every chunk."""
        work.planned[:] = [plan for plan in work.planned if plan[0] not in (TOTALS, JOINED)]
        for account in map(self.of.__getitem__, touched):
            work.plan(TOTALS, **account.totals())
            if account.joined:
                work.plan(JOINED, name=account.name, number=account.joined)
