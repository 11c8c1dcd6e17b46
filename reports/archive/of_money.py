"""The aid money of the year: the ledger, its vouchers for whoever opens them, what the village published."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from core.listing import written_rows
from funds.listings.ledger import EntryTable
from funds.models import DisclosedFund, Disclosure, DisclosurePicture, Entry, Fund, LateVoucher, Voucher
from funds.publishing import poster
from funds.publishing.village import lines_of_each
from funds.querysets.ledger import VOUCHERS
from funds.reading import is_reversed
from reports.archive.asked import Asked, Paper, Part
from reports.archive.sheets import workbook


def ledgers(asked: Asked) -> Iterator[Part | Paper]:
    funds = {
        fund.pk: fund
        for fund in Fund.objects.visible_to(asked.user).filter(pairing__in=asked.pairings).select_related("holder")
    }
    papers = [
        Prefetch(name, model.objects.select_related("file").order_by("pk"))
        for name, model in (("papers", Voucher), ("late_papers", LateVoucher))
    ]
    rows = Entry.objects.filter(fund__in=funds, on__year=asked.year).annotate(was_reversed=is_reversed())
    rows = rows.select_related("giver", "entered_by", "project").prefetch_related(*papers)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in rows.order_by("fund__pairing", "number"):
        found[entry.fund_id].append(entry)
    for pk, entries in found.items():
        yield from ledger_of(asked, funds[pk], entries)


def ledger_of(asked: Asked, fund: Any, entries: list[Any]) -> Iterator[Part]:
    title, pairing, by = f"{asked.year}年帮扶资金台账", fund.pairing_id, fund.holder.name
    content = workbook(title, *written_rows(EntryTable(entries), entries))
    yield Part(pairing, "ledger", title, asked.last, by, content, ".xlsx")
    if not any(asked.user.can(VOUCHERS, place) for place in (fund.holder, *asked.units[pairing])):
        return
    for entry in entries:
        for number, paper in enumerate([*entry.papers.all(), *entry.late_papers.all()], 1):
            name = f"第{entry.number}笔{entry.get_kind_display()}凭证{number}"
            yield Part(pairing, "voucher", name, entry.on, by, paper.file)


def disclosures(asked: Asked) -> Iterator[Part | Paper]:
    """As everybody reads them, with the photos of the board."""
    rows = Disclosure.objects.filter(village__in=asked.villages, ends_on__year=asked.year).public()
    pictures = Prefetch("pictures", DisclosurePicture.objects.select_related("file").order_by("pk"))
    funds = Prefetch("funds", DisclosedFund.objects.select_related("fund"))
    rows = list(rows.select_related("village").prefetch_related(pictures, funds).order_by("village", "ends_on", "pk"))
    lines = lines_of_each([row.pk for row in rows])
    for pk, pairing in asked.pairings.items():
        for row in rows:
            if row.village_id == pairing.village_id:
                yield from disclosure_of(asked, pk, row, lines.get(row.pk, []))


def disclosure_of(asked: Asked, pairing: int, row: Any, lines: list) -> Iterator[Part | Paper]:
    title, by = f"村务公开：{row}", row.village.name
    content = poster.content_with(row, list(row.funds.all()), lines, asked.absolute)
    part = Part(pairing, "disclosure", title, row.public_from, by)
    yield Paper(part, poster.POSTER, content, row.village, {poster.CODE: poster.code_png(content["address"])})
    for number, picture in enumerate(row.pictures.all(), 1):
        name = f"{title}{picture.get_kind_display()}{number}"
        yield Part(pairing, "disclosure_picture", name, row.public_from, by, picture.file)
