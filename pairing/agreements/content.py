"""What an agreement says, as data: what its hash is taken over, and what a page and the Word file print."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

from pairing.models import Agreement, Commitment


@dataclass(frozen=True)
class Promise:
    """One commitment without its row. `amount` in yuan a year."""

    kind: str
    title: str
    amount: Decimal | None = None
    times_a_year: int | None = None


@dataclass(frozen=True)
class Terms:
    """Everything of an agreement that the two sides negotiate."""

    starts_on: date
    ends_on: date
    leader_in_charge: str = ""
    responsible_dept: str = ""
    terms: str = ""
    commitments: list[Promise] = field(default_factory=list)


SCALARS = ("starts_on", "ends_on", "leader_in_charge", "responsible_dept", "terms")


def promises_of(commitments: Iterable[Commitment]) -> list[Promise]:
    return [Promise(row.kind, row.title, row.amount, row.times_a_year) for row in commitments]


def terms_of(agreement: Agreement) -> Terms:
    """The terms as they are stored."""
    scalars = {name: getattr(agreement, name) for name in SCALARS}
    return Terms(**scalars, commitments=promises_of(agreement.commitments.all()))


def canonical(agreement: Agreement) -> str:
    """One text for one content, whatever the order of keys. The leader's name stays outside: a person's data
    can be erased, what was agreed can't."""
    content = {
        "pairing": agreement.pairing_id,
        "number": agreement.number,
        "unit": agreement.unit_name,
        "village": agreement.village_name,
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "responsible_dept": agreement.responsible_dept,
        "terms": agreement.terms,
        "commitments": [
            [row.kind, row.title, None if row.amount is None else f"{row.amount:.2f}", row.times_a_year]
            for row in agreement.commitments.all()
        ],
    }
    if agreement.partners:  # a text of one unit keeps the hash that it was signed with before there were partners
        content["partners"] = [
            [each["unit"], each["name"], each["share"], each["contribution"]] for each in agreement.partners
        ]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(agreement: Agreement) -> str:
    """SHA-256 over `canonical`, in hexadecimal digits: what a signature is given over."""
    return sha256(canonical(agreement).encode()).hexdigest()


def is_as_signed(agreement: Agreement) -> bool:
    """Whether every signature was given over exactly what is stored now."""
    now = content_hash(agreement)
    return all(signature.content_hash == now for signature in agreement.signatures.all())
