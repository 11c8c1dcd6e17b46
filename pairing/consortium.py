"""The units of a pairing with their shares: the lead, and the partners who joined (组合式帮扶, SH-13).

Figures count a pairing once, for its lead (docs/decisions/pairing-lead.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pairing.models import Agreement, Pairing, PairingPartner
from pairing.models.consortium import WHOLE

LEAST_SHARE = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """One unit of a consortium as an agreement prints it."""

    name: str
    share: Decimal
    contribution: str = ""
    is_lead: bool = False


def lead_share(shares: Iterable[Decimal]) -> Decimal:
    """What the partners leave to the lead."""
    return WHOLE - sum(shares, Decimal(0))


def printed_partners(pairing: Pairing) -> list[dict]:
    """The partners who joined, as data to be printed: named as they are called today."""
    joined = PairingPartner.objects.joined().filter(pairing=pairing).select_related("unit").order_by("pk")
    return [
        {"unit": each.unit_id, "name": each.unit.name, "share": f"{each.share:.2f}", "contribution": each.contribution}
        for each in joined
    ]


def parts_of(agreement: Agreement) -> list[Part]:
    """The lead and its partners as this text prints them; empty where one unit stands alone."""
    partners = [Part(each["name"], Decimal(each["share"]), each["contribution"]) for each in agreement.partners]
    if not partners:
        return []
    lead = Part(agreement.unit_name, lead_share(each.share for each in partners), is_lead=True)
    return [lead, *partners]


def even_shares(partners: int) -> Decimal:
    """Equal parts for so many partners; what division leaves over is the lead's."""
    return (Decimal(WHOLE) / (partners + 1)).quantize(LEAST_SHARE, rounding="ROUND_DOWN")
