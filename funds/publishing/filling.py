"""What a disclosure is filled with from the ledger: all receipts and spendings of its days, and what was missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from funds.kinds import EntryKind, Use
from funds.models import DisclosedEntry, Entry, Fund
from funds.publishing.windows import Window
from funds.querysets.disclosure import disclosed, to_disclose
from organisations.models import Organisation


@dataclass(frozen=True)
class Line:
    """One entry as everybody reads it. `amount` in yuan: what a reversal takes back is negative."""

    entry: Entry
    words: str
    giver: str = ""

    @property
    def amount(self) -> Decimal:
        return -self.entry.amount if self.entry.corrects_id else self.entry.amount

    @property
    def is_income(self) -> bool:
        return self.entry.kind in (EntryKind.RECEIPT, EntryKind.GOODS, EntryKind.TRANSFER_IN)

    @cached_property
    def things(self) -> str:
        """The goods: 课桌椅 20 套."""
        if not self.entry.goods:
            return ""
        return "、".join(f"{one.name} {one.quantity.normalize():f} {one.unit}" for one in self.entry.lines.all())

    @cached_property
    def kind(self) -> str:
        return str(EntryKind(self.entry.kind).label)  # `get_kind_display` translates every kind there is for one

    @cached_property
    def use(self) -> str:
        return str(Use(self.entry.use).label) if self.entry.use else ""

    @cached_property
    def what(self) -> str:
        """On what, in words: the use, the goods, what the village says."""
        reversal = _("reversal: %(reason)s") % {"reason": self.entry.reason} if self.entry.corrects_id else ""
        parts = (self.use, self.things, self.words or reversal)
        return " · ".join(str(part) for part in parts if part)

    @property
    def has_vouchers(self) -> bool:
        return bool(self.entry.vouchers)


def with_parts(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("fund", "giver").prefetch_related("lines")


def entries_for(village: Organisation, window: Window) -> QuerySet[Entry]:
    """Those of its days, those of earlier days that no published disclosure has, and those of the version before."""
    before = DisclosedEntry.objects.filter(disclosure=window.corrects, entry=OuterRef("pk"))
    missed = Q(on__lt=window.starts_on) & ~disclosed()
    wanted = Q(on__range=(window.starts_on, window.ends_on)) | missed | Exists(before)
    return with_parts(to_disclose(Entry.objects.filter(wanted), village)).order_by("on", "fund", "number")


def lines_for(village: Organisation, window: Window, words: dict[int, str] | None = None) -> list[Line]:
    """Before they are published: `words` by the key of an entry, else as the ledger has them."""
    given = words or {}
    return [Line(entry, given.get(entry.pk, entry.words)) for entry in entries_for(village, window)]


def published_lines(rows: Iterable[DisclosedEntry], named: set[int]) -> list[Line]:
    """As everybody reads them; `named`: entries whose giver agreed to be named."""
    return [Line(row.entry, row.words, public_giver(row.entry, named)) for row in rows]


def public_giver(entry: Entry, named: set[int]) -> str:
    if entry.giver is None:
        return ""
    return entry.giver.name if entry.pk in named else masked_giver()


def masked_giver() -> str:
    """A unit that did not agree to be named with its gift (P-24)."""
    return _("a unit that gives unnamed")


@dataclass(frozen=True)
class Sums:
    """Of the funds of a village, in yuan."""

    promised: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    cash: Decimal = Decimal(0)
    goods: Decimal = Decimal(0)
    goods_left: Decimal = Decimal(0)

    @property
    def has_goods(self) -> bool:
        return bool(self.goods)


def sums_of(funds: Iterable[Fund]) -> Sums:
    """`received`, `spent`: with what came from and went to other funds."""
    rows = [snapshot(fund) for fund in funds]
    return Sums(**{name: sum((row[name] for row in rows), Decimal(0)) for name in Sums.__dataclass_fields__})


def snapshot(fund: Fund) -> dict[str, Decimal]:
    return {
        "promised": fund.pledge,
        "received": fund.receipt + fund.transfer_in,
        "spent": fund.spending + fund.transfer_out + fund.refund,
        "cash": fund.cash,
        "goods": fund.goods,
        "goods_left": fund.goods_left,
    }


def public_name(fund: Fund) -> str:
    """Without the unit: whether it is named with its gift is for the unit to say (P-24)."""
    return f"{fund.get_kind_display()}（编号{fund.pk}）"


def funds_of(village: Organisation) -> QuerySet[Fund]:
    return Fund.objects.filter(holder=village).order_by("pk")
