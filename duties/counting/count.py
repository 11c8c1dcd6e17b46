"""Counting: for the duties of a page, and for all of them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from psycopg2.extras import Json

from duties.counting.counters import COUNTERS
from duties.models import Duty
from duties.roomy import ROOMY
from pairing.models import SchemeVersion
from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import Counted


@dataclass(frozen=True)
class Progress:
    """`done`: confirmed; `waiting`: for the other side."""

    done: int = 0
    waiting: int = 0


def progress(duties: Iterable[Duty]) -> dict[int, Progress]:
    """Of these duties, by primary key, as the records stand now. Two statements, however many they are."""
    keys = [duty.pk for duty in duties]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        sql, parameters = _counted("d.id = ANY (%(duties)s)")
        cursor.execute(sql, {**parameters, "duties": keys})
        return {pk: Progress(done, waiting) for pk, done, waiting in cursor.fetchall()}


def with_progress(duties: Collection[Duty]) -> Collection[Duty]:
    """The same duties, `done` and `waiting` as of now; nothing is written."""
    found = progress(duties)
    for duty in duties:
        own = found.get(duty.pk, Progress())
        duty.done, duty.waiting = own.done, own.waiting
    return duties


def count_all(at: datetime) -> int:
    """Keeps the progress of every open duty that changed since it was counted last. Returns how many changed."""
    sql, parameters = _counted("d.state = 'open'")
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"{ROOMY} {KEEP.format(counted=sql)}", {**parameters, "at": at})
        return cursor.rowcount


KEEP = """
UPDATE duties_duty kept SET done = now.done, waiting = now.waiting, counted_at = %(at)s
FROM (
    SELECT d.id, COALESCE(c.done, 0) AS done, COALESCE(c.waiting, 0) AS waiting
    FROM duties_duty d LEFT JOIN ({counted}) c ON c.duty_id = d.id
    WHERE d.state = 'open'
) now
WHERE kept.id = now.id AND (kept.done, kept.waiting) IS DISTINCT FROM (now.done::int, now.waiting::int)
"""
COUNTED = """
WITH rule (
    scheme_version_id, obligation, counted, method, plan, pair_kind, after_days, natures, roles
) AS MATERIALIZED (
    SELECT r.scheme_version_id, r.obligation, r.counted, r.method, r.plan, r.pair_kind, r.after_days,
        ARRAY(SELECT jsonb_array_elements_text(r.natures)), ARRAY(SELECT jsonb_array_elements_text(r.roles))
    FROM jsonb_to_recordset(%(rules)s::jsonb) AS r (
        scheme_version_id bigint, obligation text, counted text, method text, plan text, pair_kind text, after_days int,
        natures jsonb, roles jsonb
    )
), heading AS (
    SELECT * FROM jsonb_to_recordset(%(headings)s::jsonb) AS h (scheme_version_id bigint, kind text, heading text)
), duty AS (
    SELECT d.id, d.pairing_id, d.organisation_id, d.floating_id, d.household_id, d.member_id, d.person_pair_id,
        d.unit_id, d.village_id, d.round_id, d.scheme_version_id, d.starts_on, d.due_on - rule.after_days AS due_on,
        rule.counted, rule.method, rule.plan, rule.pair_kind, rule.natures, rule.roles
    FROM {duties} d
    JOIN rule ON rule.scheme_version_id = d.scheme_version_id AND rule.obligation = d.obligation
    WHERE {which}
)
{counters}
"""


def _counted(which: str) -> tuple[str, dict]:
    """The statement that counts the duties `which`, and what it is given: the rules of all schemes in use."""
    versions = list(SchemeVersion.objects.filter(pk__in=Duty.objects.order_by().values("scheme_version")))
    return counting(versions, "duties_duty", which)


def counting(versions: Collection[SchemeVersion], duties: str, which: str) -> tuple[str, dict]:
    """The same for a table of duties under these schemes; it has the columns of `Duty` that say what is counted."""
    rules = [(version, rule) for version in versions for rule in version.rules.obligations]
    used = dict.fromkeys(rule.counted for _version, rule in rules) or dict.fromkeys([Counted.SIGNING])
    counters = " UNION ALL ".join(f"({counter})" for kind in used for counter in COUNTERS[kind])
    headings = [
        {"scheme_version_id": version.pk, "kind": kind.key, "heading": kind.group}
        for version in versions
        for kind in version.rules.activity_kinds
        if kind.group
    ]
    parameters = {"rules": Json([_row(version, rule) for version, rule in rules]), "headings": Json(headings)}
    return COUNTED.format(duties=duties, which=which, counters=counters), parameters


def _row(version: SchemeVersion, rule: Obligation) -> dict:
    return {
        "scheme_version_id": version.pk,
        "obligation": rule.key,
        "counted": rule.counted,
        "method": rule.method,
        "plan": rule.plan or "",
        "pair_kind": rule.pair_kind or "",
        "after_days": rule.after_days,
        "natures": rule.natures,
        "roles": rule.roles,
    }
