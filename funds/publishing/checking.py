"""Anybody checks a ledger: what is printed on a poster leads to its chain, which is hashed anew and compared with the
ends kept outside the database. Nothing of persons, and nothing that is not published, is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.names import normal
from funds import heads, verifying
from funds.heads import HEAD_SHOWN
from funds.models import DisclosedFund, Fund
from funds.publishing.filling import funds_of, public_name
from organisations.models import Organisation

OF_VILLAGE = re.compile(r"open/villages/(\d{1,15})\b")
HEAD = re.compile(rf"[0-9a-f]{{{HEAD_SHOWN},64}}")
OF_FUND = re.compile(r"\d{1,9}")
MOST_TOLD = 10  # findings of one fund that are shown


@dataclass(frozen=True)
class Asked:
    """What somebody typed: which funds it means, and of a printed head the fund's entry at which it stood.

    `claims`: the line says itself of which entry it is, so that it is held against that entry whatever is known here.
    """

    funds: list[int]
    number: int = 0
    head: str = ""
    claims: bool = False


@dataclass
class Checked:
    """One ledger and what was found. `noted_to`: up to which entry its end was written outside, and when."""

    fund: Fund | None
    name: str
    asked: int = 0
    sentences: list[str] = field(default_factory=list)
    noted_to: int = 0
    noted_at: datetime | None = None

    @property
    def is_whole(self) -> bool:
        return not self.sentences

    @property
    def last(self) -> int:
        return self.fund.last_number if self.fund else 0

    @property
    def since_asked(self) -> int:
        """Entries that came after the head that was asked for."""
        return self.last - self.asked

    @property
    def not_noted(self) -> int:
        return self.last - self.noted_to


def asked_for(text: str) -> Asked | None:
    """The end of a chain as printed or mailed, the number of a fund, the address of a village's page; None: unknown."""
    typed = normal(text)
    if village := OF_VILLAGE.search(typed):
        return of_village(Organisation(pk=int(village[1])))
    for key, entry, start in heads.printed_in(typed):
        if heads.of_funds([key]) or Fund.objects.filter(pk=key).exists():
            return Asked([key], entry, start, claims=True)
    if head := HEAD.search(typed) or HEAD.search(re.sub(r"[\s-]", "", typed)):
        return of_head(head[0])
    number = OF_FUND.search(typed)
    return of_funds(Fund.objects.filter(pk=int(number[0]))) if number else None


def of_village(village: Organisation) -> Asked | None:
    return of_funds(funds_of(village))


def of_funds(funds: Iterable[Fund]) -> Asked | None:
    keys = [fund.pk for fund in funds]
    return Asked(keys) if keys else None


def of_head(start: str) -> Asked | None:
    """From the file outside, which knows each that ever was; what it lost is looked up on posters and in the ledger."""
    noted = heads.beginning_with(start)
    if noted is not None:
        return Asked([noted.fund], noted.number, noted.hash)
    printed = DisclosedFund.objects.filter(head__startswith=start).order_by().values_list("fund", "number", "head")
    now = Fund.objects.filter(head__startswith=start).order_by().values_list("pk", "last_number", "head")
    found = next(iter(printed.union(now)[:1]), None)
    return Asked([found[0]], *found[1:]) if found else None


def check(asked: Asked) -> list[Checked]:
    """Each ledger that was asked for, in a fixed number of statements."""
    noted = heads.of_funds(asked.funds)
    findings = verifying.of_funds(asked.funds, noted)
    if asked.claims:
        findings += verifying.differing([(asked.funds[0], asked.number, asked.head)])
    known = Fund.objects.filter(pk__in=asked.funds).select_related("holder").only(
        "kind", "last_number", "head", "holder__name", "holder__kind"
    ).in_bulk()  # fmt: skip
    checked = []
    for key in asked.funds:
        fund = known.get(key)
        name = public_name(fund) if fund else verifying.name_of_gone(key)
        told = [verifying.sentence(one, name) for one in findings if one.fund == key]
        one = Checked(fund, name, asked.number, told[:MOST_TOLD])
        newest = max((line for line in noted if line.fund == key), key=lambda line: line.number, default=None)
        if newest is not None:
            one.noted_to, one.noted_at = newest.number, newest.moment
        checked.append(one)
    return checked
