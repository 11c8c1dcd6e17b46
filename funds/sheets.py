"""The deduction sheet of a unit (SH-50): its gifts as the ledger has them, and the sheet as rows of a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funds.deduction import RELIEF_YEARS, Bar, Gift, TaxYear
from funds.kinds import TAX_ELIGIBLE, Channel, EntryKind
from funds.models import Entry
from organisations.models import Organisation, User

GIFTS = (EntryKind.RECEIPT, EntryKind.GOODS)
BARS = {
    Bar.CHANNEL: gettext_lazy("handed straight to the village, not deducted"),
    Bar.RECEIPT: gettext_lazy("no number of a receipt, not deducted"),
}


@dataclass(frozen=True)
class GiftLine:
    """One gift of the ledger: what was received, by the channel and the receipt of whichever side entered them."""

    entry: Entry
    is_relief: bool = False

    @property
    def gift(self) -> Gift:
        entry, sent = self.entry, self.sent
        channel = self.channel
        return Gift(
            on=sent.on if sent else entry.on,
            amount=entry.amount,
            is_eligible_channel=channel in TAX_ELIGIBLE,
            receipt_number=entry.receipt_number or (sent.receipt_number if sent else ""),
            is_relief=self.is_relief,
            name=entry.fund.name,
        )

    @property
    def sent(self) -> Entry | None:
        """What the unit entered of it: before the other side, or after it."""
        return self.entry.answers or next(iter(self.entry.answered_by.all()), None)

    @property
    def channel(self) -> str:
        """An eligible one that either side named; else the one of the receiving side."""
        named = [self.entry.channel, self.sent.channel if self.sent else ""]
        return next((each for each in named if each in TAX_ELIGIBLE), named[0])

    @property
    def channel_name(self) -> str:
        return str(Channel(self.channel).label) if self.channel else "—"

    @property
    def may_be_relief(self) -> bool:
        return self.gift.bar is None and self.gift.on.year in RELIEF_YEARS

    @property
    def bar_words(self) -> str:
        bar = self.gift.bar
        return str(BARS[bar]) if bar else ""


def gifts_of(user: User, unit: Organisation, until: int) -> list[GiftLine]:
    """What the unit gave up to the end of the year and the other side received, oldest first. Two statements."""
    rows = Entry.objects.visible_to(user).standing().filter(giver=unit, kind__in=GIFTS)
    answers = Prefetch("answered_by", queryset=Entry.objects.standing())
    lines = [GiftLine(entry) for entry in rows.select_related("answers", "fund").prefetch_related(answers)]
    return sorted(
        (line for line in lines if line.gift.on.year <= until), key=lambda line: (line.gift.on, line.entry.pk)
    )


def header() -> list[str]:
    return [
        _("Tax year"), _("Accounting profit (yuan)"), _("12 per cent of it"), _("Given"), _("Not deductible"),
        _("Deducted in full"), _("Deducted within the limit"), _("Of the gifts of the years"), _("Deducted in all"),
        _("Carried on"), _("Lost"),
    ]  # fmt: skip


def rows_of(years: list[TaxYear]) -> Iterator[list[int | Decimal | str]]:
    for line in years:
        yield [
            line.year, line.profit, line.limit, line.given, line.barred, line.in_full, line.within_limit,
            used_words(line), line.deducted, line.carried_on, line.lost,
        ]  # fmt: skip


def used_words(line: TaxYear) -> str:
    """Of which years, the oldest first: 「2021：50,000.00；2022：…」"""
    return "；".join(f"{used.year}：{used.amount:,.2f}" for used in line.used)


def book_rows(years: list[TaxYear], lines: list[GiftLine]) -> Iterator[list]:
    """The sheet, what it is worth, and below it each gift with its channel and receipt; all of one width."""
    titles = [_("Day"), _("Amount (yuan)"), _("Channel"), _("Receipt"), _("Fund"), _("Remark")]
    below: list[list] = [[_("For reference only. The tax authority decides.")], titles]
    for line in lines:
        gift = line.gift
        below.append([gift.on, gift.amount, line.channel_name, gift.receipt_number, gift.name, line.bar_words])
    width = len(header())
    for row in [*rows_of(years), *below]:
        yield [*row, *[None] * (width - len(row))]
