"""Published lines as open data: the same columns in CSV and JSON, at addresses that stay, with a licence of use."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from funds.models import DisclosedEntry
from funds.publishing.filling import funds_of, public_name, published_lines, snapshot
from funds.publishing.round import with_published
from funds.publishing.states import DisclosureState
from funds.publishing.village import named_among
from organisations.models import Organisation
from pairing.models import Round

# Stated on the page and in the data: anybody may use it, naming where it comes from.
LICENCE = "本数据可以免费使用、复制、分析和再传播，使用时请注明来源和获取日期，不得用于识别个人。"
COLUMNS = {
    "fund": "资金账",
    "number": "序号",
    "on": "日期",
    "kind": "类别",
    "amount": "金额（元）",
    "use": "用途",
    "goods": "物资",
    "words": "说明",
    "giver": "出资单位",
    "vouchers": "凭证份数",
    "published_on": "公布日期",
    "hash": "校验码",
}

ROUND_COLUMNS = {
    "village": "村",
    "fund": "资金账",
    "promised": "承诺（元）",
    "received": "到账（元）",
    "spent": "支出（元）",
    "cash": "结余（元）",
    "goods": "物资折价（元）",
    "goods_left": "物资结存（元）",
    "entries": "应公开笔数",
    "published": "已公开笔数",
    "head": "校验码",
}
GIFT_COLUMNS = {
    "village": "村",
    "on": "日期",
    "kind": "类别",
    "amount": "金额（元）",
    "used": "已使用（元）",
    "left": "未使用（元）",
    "published": "是否已在村公开",
}


@dataclass(frozen=True)
class Table:
    """As CSV its rows alone; as JSON with the licence and what they are of. `key`: what the rows are called there."""

    name: str
    columns: dict[str, str]
    rows: Iterable[dict[str, Any]]
    key: str
    about: Callable[[], dict[str, Any]]

    @property
    def content(self) -> dict[str, Any]:
        return {"licence": LICENCE, **self.about(), self.key: list(self.rows)}


def plain(amount: Decimal) -> str:
    return f"{amount:.2f}"


def rows_of(village: Organisation) -> Iterator[dict[str, Any]]:
    """Each published entry once, as the newest version has it."""
    rows = (
        DisclosedEntry.objects.filter(disclosure__village=village, disclosure__state=DisclosureState.PUBLISHED)
        .select_related("entry__giver", "entry__fund", "disclosure")
        .defer("entry__giver__contact_name", "entry__giver__contact_phone", "disclosure__reviewer")
        .prefetch_related("entry__lines")
        .order_by("entry__fund_id", "entry__number", "-disclosure__published_at", "-disclosure")
        .distinct("entry__fund_id", "entry__number")
    )
    found = list(rows)
    lines = published_lines(found, named_among([row.entry_id for row in found]))
    for row, line in zip(found, lines, strict=True):
        entry = line.entry
        values = (
            public_name(entry.fund), entry.number, entry.on.isoformat(), entry.get_kind_display(), plain(line.amount),
            entry.get_use_display(), line.things, line.words, line.giver, len(entry.vouchers),
            row.disclosure.public_from.isoformat() if row.disclosure.public_from else "", entry.hash,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def of_village(village: Organisation) -> Table:
    """Every published line of the village."""

    def about() -> dict[str, Any]:
        funds = [
            {"name": public_name(fund), "entries": fund.last_number, "head": fund.head}
            | {name: plain(amount) for name, amount in snapshot(fund).items()}
            for fund in funds_of(village)
        ]
        return {"village": village.name, "funds": funds}

    return Table(f"village-{village.pk}", COLUMNS, rows_of(village), "entries", about)


def rows_of_round(round: Round) -> Iterator[dict[str, Any]]:
    """The ledger of each pairing of the round."""
    for fund in with_published(round).select_related("holder").order_by("holder__path", "pk").iterator():
        sums = {name: plain(amount) for name, amount in snapshot(fund).items()}
        values = {"village": fund.holder.name, "fund": public_name(fund), "head": fund.head} | sums
        values |= {"entries": fund.to_publish, "published": fund.published}
        yield {name: values[name] for name in ROUND_COLUMNS}


def of_round(round: Round) -> Table:
    rows = rows_of_round(round)
    return Table(f"round-{round.pk}", ROUND_COLUMNS, rows, "villages", lambda: {"round": round.name})


def rows_of_gifts(gifts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Gifts with which a unit agreed to be named, with their whereabouts."""
    for gift in gifts:
        sums = (plain(gift.amount), plain(gift.used), plain(gift.left))
        told = "是" if gift.is_published else "否"
        values = (gift.fund.holder.name, gift.on.isoformat(), gift.get_kind_display(), *sums, told)
        yield dict(zip(GIFT_COLUMNS, values, strict=True))


def of_gifts(unit: Organisation, gifts: Iterable[Any]) -> Table:
    return Table(f"unit-{unit.pk}", GIFT_COLUMNS, rows_of_gifts(gifts), "gifts", lambda: {"unit": unit.name})
