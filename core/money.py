"""Amounts of money: Decimal yuan with two places, never floating point."""

import json
from decimal import ROUND_HALF_UP, Decimal

import cn2an

CENT = Decimal("0.01")
WAN = Decimal(10_000)


def rounded(amount: Decimal) -> Decimal:
    """To the cent, halves upwards."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """¥20,000.00"""
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{rounded(abs(amount)):,.2f}"


def wan(amount: Decimal) -> str:
    """Units of ten thousand yuan with two places, for dense tables: 2.30"""
    return f"{rounded(amount / WAN):,.2f}"


def in_words(amount: Decimal) -> str:
    """人民币贰万元整 - as agreements and receipts print it (domain P-27)."""
    words = cn2an.an2cn(str(rounded(amount)), "rmb")
    return f"人民币{words}"


class Exact(json.JSONDecoder):
    """Amounts of money that are kept as JSON come back as they were written."""

    def __init__(self, **options):
        super().__init__(parse_float=Decimal, **options)
