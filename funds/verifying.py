"""Whether the ledgers still say what was entered: the chains, the sums, goods and vouchers, and the ends kept outside.

Everything is compared in the database, in a constant number of statements over all rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import localized_date
from core.money import yuan
from funds import heads
from funds.chain import UNLINKED, hash_of, links
from funds.kinds import EntryKind
from funds.models import Entry, Fund

MOST_TOLD = 1000
LOSS = "acknowledged"
LAST = "ledger-verdict-and-losses"
Chosen = list[int] | None  # the funds that are looked at; none: all

# `{of}`, `{inside}`: the conditions on the funds that are looked at, and on what belongs to their entries.
# Hashing takes most of the time and no order: apart from the links, the database does it in several processes, where it
# expects few rows - of this comparison it does.
ALTERED = f"""
    SELECT e.fund_id, e.number FROM funds_entry e WHERE e.fund_id {{of}} AND (e.hash = {hash_of("e")})::integer = 0
    ORDER BY e.fund_id, e.number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
CHAINS = f"""
    SELECT fund_id, number, before FROM ({links("e.fund_id {of}")}) c
    WHERE {UNLINKED} ORDER BY fund_id, number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
ADDED_UP = ", ".join(
    f"sum(CASE WHEN corrects_id IS NULL THEN amount ELSE -amount END) FILTER (WHERE kind = '{kind}') AS {kind}"
    for kind in EntryKind
)
SUMS = f"""
    SELECT f.id, f.last_number, COALESCE(s.number, 0) FROM funds_fund f LEFT JOIN (
        SELECT fund_id, max(number) AS number, {ADDED_UP} FROM funds_entry WHERE fund_id {{of}} GROUP BY fund_id
    ) s ON s.fund_id = f.id LEFT JOIN funds_entry e ON e.fund_id = f.id AND e.number = s.number
    WHERE f.id {{of}} AND (f.last_number <> COALESCE(s.number, 0) OR f.head <> COALESCE(e.hash, '')
        OR {" OR ".join(f"f.{kind} <> COALESCE(s.{kind}, 0)" for kind in EntryKind)})
    ORDER BY f.id LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
PARTS = f"""
    SELECT e.fund_id, e.number FROM funds_entry e LEFT JOIN (
        SELECT entry_id, string_agg(quantity::text || 'x' || value::text, ';' ORDER BY position) AS goods
        FROM funds_goodsline WHERE {{inside}} GROUP BY entry_id
    ) l ON l.entry_id = e.id LEFT JOIN (
        SELECT entry_id, string_agg(sha256, ',' ORDER BY position) AS vouchers
        FROM funds_voucher v JOIN office_storedfile s ON s.id = v.file_id WHERE {{inside}} GROUP BY entry_id
    ) v ON v.entry_id = e.id
    WHERE e.fund_id {{of}}
        AND (e.goods <> COALESCE(l.goods, '') OR array_to_string(e.vouchers, ',') <> COALESCE(v.vouchers, ''))
    ORDER BY e.fund_id, e.number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
UNKNOWN = """
    NOT EXISTS (SELECT 1 FROM funds_acknowledgedloss a WHERE a.fund_key = h.fund AND h.hash = ANY(a.hashes))
"""
OUTSIDE = f"""
    SELECT h.fund, min(h.number) FILTER (WHERE e.id IS NOT NULL), min(h.number) FILTER (WHERE e.id IS NULL),
        max(h.number) FILTER (WHERE e.id IS NULL), max(h.number)
    FROM heads h LEFT JOIN funds_entry e ON e.fund_id = h.fund AND e.number = h.number
    WHERE e.hash IS DISTINCT FROM h.hash AND {UNKNOWN} GROUP BY h.fund ORDER BY h.fund LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
# What somebody may acknowledge, whole; and what was acknowledged and still is not there.
LOST = f"""
    SELECT h.fund, array_agg(h.number ORDER BY h.number, h.hash), array_agg(h.hash ORDER BY h.number, h.hash)
    FROM (SELECT DISTINCT fund, number, hash FROM heads) h
    LEFT JOIN funds_entry e ON e.fund_id = h.fund AND e.number = h.number
    WHERE e.hash IS DISTINCT FROM h.hash AND {UNKNOWN} GROUP BY h.fund ORDER BY h.fund
"""  # noqa: S608 - our own words
ACKNOWLEDGED = f"""
    SELECT a.fund_key, min(l.number), max(l.number), a.acknowledged_at FROM funds_acknowledgedloss a
    CROSS JOIN LATERAL unnest(a.numbers, a.hashes) AS l(number, hash)
    LEFT JOIN funds_entry e ON e.fund_id = a.fund_key AND e.number = l.number
    WHERE a.fund_key {{of}} AND e.hash IS DISTINCT FROM l.hash
    GROUP BY a.id ORDER BY a.fund_key, a.id LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
# Of lines that somebody has kept: a mail, a poster; of a poster the beginning of the hash.
DIFFERING = f"""
    SELECT h.fund, h.number, e.id IS NULL
    FROM unnest(%(kept)s::bigint[], %(numbers)s::integer[], %(hashes)s::text[]) AS h(fund, number, hash)
    LEFT JOIN funds_entry e ON e.fund_id = h.fund AND e.number = h.number
    WHERE (e.id IS NULL OR NOT starts_with(e.hash, h.hash)) AND NOT EXISTS (
        SELECT 1 FROM funds_acknowledgedloss a, unnest(a.hashes) AS lost
        WHERE a.fund_key = h.fund AND starts_with(lost, h.hash)
    ) ORDER BY h.fund, h.number LIMIT {MOST_TOLD}
"""  # noqa: S608 - our own words
# Of the funds that are chosen: the lines of the file, and what posters have printed.
PRINTED = """
    WITH heads AS (
        SELECT * FROM unnest(%(kept)s::bigint[], %(numbers)s::integer[], %(hashes)s::text[]) AS h(fund, number, hash)
        UNION ALL SELECT fund_id, number, head FROM funds_disclosedfund WHERE fund_id {of} AND head <> ''
    )
"""


@dataclass(frozen=True)
class Finding:
    """What does not agree, of which fund, from which entry on; `number` 0: of the fund as a whole."""

    fund: int
    number: int
    what: str
    more: tuple = ()


@dataclass
class Verdict:
    """What was looked at and what was found, in sentences. `waiting`: funds whose end no line outside knows yet.

    `has_losses`: the file outside knows entries that are missing here, as after a back-up was restored.
    `acknowledged`: what is lost and somebody has taken note of; it is told, and nothing that has it is sound.
    """

    at: datetime
    entries: int = 0
    funds: int = 0
    waiting: int = 0
    has_losses: bool = False
    sentences: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    of_fund: dict[int, list[str]] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not self.sentences and not self.acknowledged


def verify(at: datetime, kept: Iterable[heads.Head] = ()) -> Verdict:
    """Over all ledgers. Reads; changes nothing. `kept`: lines of a mail or a poster that are compared as well."""
    with transaction.atomic():
        findings = [*chains(), *sums(), *parts(), *differing(kept)]
        verdict = Verdict(at, Entry.objects.count(), Fund.objects.filter(last_number__gt=0).count())
        if not heads.path().exists() and verdict.entries:
            findings.append(Finding(0, 0, "no file"))
        try:
            with transaction.atomic():
                heads.load()
                findings += outside(rows(OUTSIDE))
                verdict.waiting = len(heads.not_noted())
        except DatabaseError:
            findings.append(Finding(0, 0, "bad file"))
        verdict.has_losses = any(one.what in ("missing", "other outside") for one in findings)
        tell(verdict, [*findings, *acknowledged()])
    return verdict


def rows(statement: str, funds: Chosen = None, **values: list) -> list[tuple]:
    """`statement` over all funds, or over those that are chosen."""
    of = "IS NOT NULL" if funds is None else "= ANY(%(funds)s)"
    inside = "true" if funds is None else f"entry_id IN (SELECT id FROM funds_entry WHERE fund_id {of})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement.format(of=of, inside=inside), {"funds": funds, **values})
        return cursor.fetchall()


def of_funds(funds: list[int], noted: list[heads.Noted]) -> list[Finding]:
    """Of a few funds, in six statements; `noted`: what the file outside has of them. Posters count as outside too."""
    lines = {"kept": [one.fund for one in noted], "numbers": [one.number for one in noted]}
    found = rows(PRINTED + OUTSIDE, funds, hashes=[one.hash for one in noted], **lines)
    return [*chains(funds), *sums(funds), *parts(funds), *outside(found), *acknowledged(funds)]


def chains(funds: Chosen = None) -> Iterator[Finding]:
    """Where an entry is not what was hashed, a number is missing, or the entry before is another one."""
    altered = dict.fromkeys(rows(ALTERED, funds))
    for fund, number in altered:
        yield Finding(fund, number, "altered")
    for fund, number, before in rows(CHAINS, funds):
        if (fund, number) in altered:
            continue
        if number != before + 1:
            yield Finding(fund, before + 1, "gap", (number - 1,))
        else:
            yield Finding(fund, number, "loose")


def sums(funds: Chosen = None) -> Iterator[Finding]:
    for fund, noted, last in rows(SUMS, funds):
        yield Finding(fund, last + 1, "cut", (noted,)) if noted > last else Finding(fund, 0, "sums")


def parts(funds: Chosen = None) -> Iterator[Finding]:
    for fund, number in rows(PARTS, funds):
        yield Finding(fund, number, "parts")


def outside(found: list[tuple]) -> Iterator[Finding]:
    for fund, other, missing, last, newest in found:
        if other is not None:
            yield Finding(fund, other, "other outside", (newest,))
        if missing is not None:
            yield Finding(fund, missing, "missing", (last,))


def differing(kept: Iterable[heads.Head]) -> Iterator[Finding]:
    """In one statement, however many lines."""
    lines = list(kept)
    if not lines:
        return
    funds, numbers, hashes = (list(part) for part in zip(*lines, strict=True))
    for fund, number, is_gone in rows(DIFFERING, kept=funds, numbers=numbers, hashes=hashes):
        yield Finding(fund, number, "line gone" if is_gone else "other line")


def acknowledged(funds: Chosen = None) -> Iterator[Finding]:
    for fund, first, last, moment in rows(ACKNOWLEDGED, funds):
        yield Finding(fund, first, LOSS, (last, moment))


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
    "other line": gettext_lazy(
        "%(entry)s is not the one of the line that was kept: it was altered after the line was printed or mailed."
    ),
    "line gone": gettext_lazy("“%(fund)s”: entry no. %(number)s, of which a line was kept, is missing here."),
    LOSS: gettext_lazy(
        "“%(fund)s”: entries no. %(number)s to %(last)s, as noted outside the database, are lost; "
        "this was acknowledged on %(day)s."
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
    for each in sorted(findings, key=lambda one: one.fund):
        name = funds.get(each.fund) or name_of_gone(each.fund)
        told = sentence(each, name, entries.get((each.fund, each.number), ""))
        by_fund[each.fund].append(told)
        (verdict.acknowledged if each.what == LOSS else verdict.sentences).append(told)
    verdict.of_fund = dict(by_fund)


def name_of_gone(fund: int) -> str:
    return _("Fund no. %(number)s, which is not here any more") % {"number": fund}


def sentence(finding: Finding, fund: str, entry: str = "") -> str:
    """What was found, with the name of the fund and, of an entry, what it says today."""
    words: dict[str, Any] = {"fund": fund, "number": finding.number, "last": finding.more[0] if finding.more else ""}
    if finding.what == LOSS:
        words["day"] = localized_date(timezone.localdate(finding.more[1]))
    words["entry"] = _("“%(fund)s”, entry no. %(number)s%(entry)s") % (words | {"entry": entry})
    return str(SENTENCES[finding.what]) % words


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
