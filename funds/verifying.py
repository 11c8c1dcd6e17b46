"""Whether the ledgers still say what was entered: the chains, the sums, goods and vouchers, and the ends kept outside.

Everything is compared in the database, in a constant number of statements over all rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import localized_date
from core.money import yuan
from funds import heads
from funds.chain import BROKEN_LINK, links
from funds.kinds import EntryKind
from funds.models import Entry, Fund

MOST_TOLD = 1000
LAST = "ledger-verdict"

CHAINS = f"""
    SELECT fund_id, number, before, altered FROM ({links()}) c
    WHERE {BROKEN_LINK} ORDER BY fund_id, number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
ADDED_UP = ", ".join(
    f"sum(CASE WHEN corrects_id IS NULL THEN amount ELSE -amount END) FILTER (WHERE kind = '{kind}') AS {kind}"
    for kind in EntryKind
)
SUMS = f"""
    SELECT f.id, f.last_number, COALESCE(s.number, 0) FROM funds_fund f LEFT JOIN (
        SELECT fund_id, max(number) AS number, {ADDED_UP} FROM funds_entry GROUP BY fund_id
    ) s ON s.fund_id = f.id LEFT JOIN funds_entry e ON e.fund_id = f.id AND e.number = s.number
    WHERE f.last_number <> COALESCE(s.number, 0) OR f.head <> COALESCE(e.hash, '')
        OR {" OR ".join(f"f.{kind} <> COALESCE(s.{kind}, 0)" for kind in EntryKind)}
    ORDER BY f.id LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
PARTS = f"""
    SELECT e.fund_id, e.number FROM funds_entry e LEFT JOIN (
        SELECT entry_id, string_agg(quantity::text || 'x' || value::text, ';' ORDER BY position) AS goods
        FROM funds_goodsline GROUP BY entry_id
    ) l ON l.entry_id = e.id LEFT JOIN (
        SELECT entry_id, string_agg(sha256, ',' ORDER BY position) AS vouchers
        FROM funds_voucher v JOIN office_storedfile s ON s.id = v.file_id GROUP BY entry_id
    ) v ON v.entry_id = e.id
    WHERE e.goods <> COALESCE(l.goods, '') OR array_to_string(e.vouchers, ',') <> COALESCE(v.vouchers, '')
    ORDER BY e.fund_id, e.number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
OUTSIDE = f"""
    SELECT h.fund, min(h.number) FILTER (WHERE e.id IS NOT NULL), min(h.number) FILTER (WHERE e.id IS NULL),
        max(h.number) FILTER (WHERE e.id IS NULL), max(h.number)
    FROM heads h LEFT JOIN funds_entry e ON e.fund_id = h.fund AND e.number = h.number
    WHERE e.hash IS DISTINCT FROM h.hash GROUP BY h.fund ORDER BY h.fund LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Finding:
    """What does not agree, of which fund, from which entry on; `number` 0: of the fund as a whole."""

    fund: int
    number: int
    what: str
    more: tuple = ()


@dataclass
class Verdict:
    """What was looked at and what was found, in sentences. `waiting`: funds whose end no line outside knows yet."""

    at: datetime
    entries: int = 0
    funds: int = 0
    waiting: int = 0
    sentences: list[str] = field(default_factory=list)
    of_fund: dict[int, list[str]] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.sentences


def verify(at: datetime) -> Verdict:
    """Over all ledgers. Reads; changes nothing."""
    with transaction.atomic():
        findings = [*chains(), *sums(), *parts()]
        verdict = Verdict(at, Entry.objects.count(), Fund.objects.filter(last_number__gt=0).count())
        if not heads.path().exists() and verdict.entries:
            findings.append(Finding(0, 0, "no file"))
        try:
            with transaction.atomic():
                heads.load()
                findings += outside()
                verdict.waiting = len(heads.not_noted())
        except DatabaseError:
            findings.append(Finding(0, 0, "bad file"))
        tell(verdict, findings)
    return verdict


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def chains() -> Iterator[Finding]:
    """Where an entry is not what was hashed, a number is missing, or the entry before is another one."""
    for fund, number, before, altered in rows(CHAINS):
        if altered:
            yield Finding(fund, number, "altered")
        elif number != before + 1:
            yield Finding(fund, before + 1, "gap", (number - 1,))
        else:
            yield Finding(fund, number, "loose")


def sums() -> Iterator[Finding]:
    for fund, noted, last in rows(SUMS):
        yield Finding(fund, last + 1, "cut", (noted,)) if noted > last else Finding(fund, 0, "sums")


def parts() -> Iterator[Finding]:
    for fund, number in rows(PARTS):
        yield Finding(fund, number, "parts")


def outside() -> Iterator[Finding]:
    for fund, other, missing, last, newest in rows(OUTSIDE):
        if other is not None:
            yield Finding(fund, other, "other outside", (newest,))
        if missing is not None:
            yield Finding(fund, missing, "missing", (last,))


SENTENCES = {
    "altered": gettext_lazy("%(entry)s is not as it was entered: it was altered in the database."),
    "loose": gettext_lazy("%(entry)s does not follow on the entry before it: the chain was altered there."),
    "gap": gettext_lazy("“%(fund)s”: entries no. %(number)s to %(last)s are missing."),
    "cut": gettext_lazy("“%(fund)s”: entries no. %(number)s to %(last)s are missing at the end."),
    "sums": gettext_lazy("“%(fund)s”: its sums are not those of its entries."),
    "parts": gettext_lazy("%(entry)s: its goods or vouchers are not those with which it was entered."),
    "other outside": gettext_lazy(
        "%(entry)s is not what was noted outside the database: it was altered, and the chain computed anew from it on."
    ),
    "missing": gettext_lazy(
        "“%(fund)s”: noted outside the database up to no. %(last)s, here no. %(number)s to %(last)s are missing: "
        "a back-up was restored, or they were removed."
    ),
    "no file": gettext_lazy("The file with the ends of the chains kept outside the database is not there."),
    "bad file": gettext_lazy("The file with the ends of the chains kept outside the database can't be read."),
}


def tell(verdict: Verdict, findings: list[Finding]) -> None:
    """As sentences, with the names of funds and what the entries say today."""
    funds = dict(Fund.objects.filter(pk__in={each.fund for each in findings}).values_list("pk", "name"))
    asked = [(each.fund, each.number) for each in findings]
    entries = described({fund for fund, _number in asked}, {number for _fund, number in asked})
    by_fund: dict[int, list[str]] = defaultdict(list)
    for each in findings:
        name = funds.get(each.fund) or _("Fund no. %(number)s, which is not here any more") % {"number": each.fund}
        entry = entries.get((each.fund, each.number), "")
        words: dict[str, Any] = {"fund": name, "number": each.number, "last": each.more[0] if each.more else ""}
        words["entry"] = _("“%(fund)s”, entry no. %(number)s%(entry)s") % (words | {"entry": entry})
        by_fund[each.fund].append(str(SENTENCES[each.what]) % words)
    verdict.of_fund = dict(by_fund)
    verdict.sentences = [sentence for fund in by_fund for sentence in by_fund[fund]]


def described(funds: set[int], numbers: set[int]) -> dict[tuple[int, int], str]:
    found = Entry.objects.filter(fund__in=funds, number__in=numbers)
    return {
        (entry.fund_id, entry.number): _(" (%(day)s, %(kind)s, %(amount)s)")
        % {"day": localized_date(entry.on), "kind": entry.get_kind_display(), "amount": yuan(entry.amount)}
        for entry in found
    }


def remember(verdict: Verdict) -> None:
    """For the pages: nobody who opens one has all ledgers read again."""
    cache.set(LAST, verdict, None)


def last_verdict() -> Verdict | None:
    return cache.get(LAST)
