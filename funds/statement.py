"""The yearly statement of a giver on paper: each gift of the year, what was used of it, whether it was published."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from core.money import in_words, yuan
from funds.publishing.filling import public_name
from funds.publishing.poster import HEAD_SHOWN
from office import documents
from office.documents import TemplateKind
from organisations.models import Organisation

STATEMENT = TemplateKind(
    key="gift_statement",
    name=_("Yearly statement for a giver"),
    fields={
        "unit": _("name of the unit"),
        "title": _("title of the statement, with the year"),
        "made_on": _("the day"),
        "sums": _("how much was given, used, left, published"),
        "lines[].day": _("the day"),
        "lines[].what": _("village, kind of gift, number of the receipt"),
        "lines[].amount": _("amount (yuan)"),
        "lines[].used": _("used of it (yuan)"),
        "lines[].left": _("left of it (yuan)"),
        "lines[].published": _("whether it was published in the village"),
        "heads[]": _("the end of the chain of one fund"),
        "address": _("address of the page on which anybody checks a ledger"),
    },
    default=Path(__file__).parent / "templates_word" / "statement.docx",
)


def content_of(gifts: list[Any], year: int, today: date, absolute: Callable[[str], str]) -> dict[str, Any]:
    """`gifts`: entries of the year with their whereabouts, at least one. `absolute` makes a full address of a path."""
    funds = {gift.fund_id: gift.fund for gift in gifts}
    return {
        "unit": "、".join({gift.giver.name: None for gift in gifts}),
        "title": f"{year}年捐赠资金物资使用情况",
        "made_on": chinese_date(today),
        "sums": sums_in_words(gifts, year),
        "lines": [line_of(gift) for gift in sorted(gifts, key=lambda gift: (gift.on, gift.pk))],
        "heads": [f"{public_name(one)}　第{one.last_number}笔　{one.head[:HEAD_SHOWN]}" for one in funds.values()],
        "address": absolute(reverse("open_check")),
    }


def line_of(gift: Any) -> dict[str, str]:
    receipt = f"（票据号{gift.receipt_number}）" if gift.receipt_number else ""
    return {
        "day": chinese_date(gift.on),
        "what": f"{gift.fund.holder.name}　{gift.get_kind_display()}{receipt}",
        "amount": plain(gift.amount),
        "used": plain(gift.used),
        "left": plain(gift.left),
        "published": ("是" if gift.is_published else "否") if gift.fund.holder.is_village else "—",
    }


def plain(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def sums_in_words(gifts: list[Any], year: int) -> str:
    given, used = (sum((getattr(gift, name) for gift in gifts), Decimal(0)) for name in ("amount", "used"))
    told = sum((gift.amount for gift in gifts if gift.is_published), Decimal(0))
    return (
        f"{year}年，你单位捐赠{len(gifts)}笔，经受赠方确认到账（含物资折价）{yuan(given)}（{in_words(given)}），"
        f"已使用{yuan(used)}，未使用{yuan(given - used)}；其中{yuan(told)}已在村内公开。"
    )


def document(content: dict[str, Any], unit: Organisation) -> bytes:
    """As a .docx, from the template in force for the unit."""
    return documents.render(STATEMENT, content, place=unit)
