"""Whether the chains of a few funds are whole, cheap enough for a public page: hashed anew, in two statements."""

from collections.abc import Iterable

from django.db import connection

from funds.chain import BROKEN_LINK, links
from funds.models import DisclosedFund

BROKEN = f"""
SELECT f.id FROM funds_fund f LEFT JOIN ({links("e.fund_id = ANY(%(funds)s)")}) c ON c.fund_id = f.id
WHERE f.id = ANY(%(funds)s)
GROUP BY f.id, f.last_number, f.head
HAVING count(c.number) <> f.last_number OR COALESCE(bool_or({BROKEN_LINK}), false)
    OR f.head <> COALESCE(max(c.hash) FILTER (WHERE c.number = f.last_number), '')
"""  # noqa: S608 - our own words


def broken(funds: Iterable[int]) -> set[int]:
    """Those of the funds whose entries were altered or are missing, or no longer lead to a head once published."""
    keys = list(funds)
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"funds": keys})
        found = {key for (key,) in cursor.fetchall()}
        cursor.execute(UNKNOWN_HEADS, {"funds": keys})
        return found | {key for (key,) in cursor.fetchall()}


# Heads that posters have printed and that the ledger no longer has.
UNKNOWN_HEADS = f"""
SELECT DISTINCT d.fund_id FROM {DisclosedFund._meta.db_table} d
LEFT JOIN funds_entry e ON e.fund_id = d.fund_id AND e.number = d.number
WHERE d.fund_id = ANY(%(funds)s) AND e.hash IS DISTINCT FROM d.head
"""  # noqa: S608 - our own words
