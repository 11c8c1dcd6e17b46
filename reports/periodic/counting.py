"""Counting the figures of periodic reports: of all that are drafted, of one that is read, and the rows behind a figure.

`subject` and `reach` are described in `sources`; while all are drafted they are temporary tables, else parts of the one
statement. `above`: organisations at and below a unit. `reporting`: the lines of the schemes that are met by a report.
"""

import json
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import connection

from core.money import Exact
from duties.occasions import listed
from organisations.kinds import COMMITTEES
from pairing.models import Round, SchemeVersion
from pairing.schemes.duty_words import Counted, Desk
from pairing.states import PairingState, PartnerState
from reports.models import PeriodicReport
from reports.periodic.contents import CONTENTS
from reports.periodic.sources import SOURCES, STEP
from reports.states import REPORTS_IN

REPORTING = """
    SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb) AS r (
        scheme_version_id bigint, obligation text, line text, after_days int
    )
"""
SUBJECT = """
    SELECT d.id, r.line, d.member_id, COALESCE(m.name, '') AS name, m.user_id, m.organisation_id AS roster_id,
        d.organisation_id, d.round_id, d.scheme_version_id, d.obligation, d.period, d.starts_on,
        d.due_on - r.after_days AS ends_on, d.due_on, COALESCE(d.unit_id, d.organisation_id) AS unit_id, own.path,
        d.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS begins,
        (d.due_on - r.after_days + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS ends, report.id AS report_id
    FROM reporting r
    JOIN duties_duty d ON d.scheme_version_id = r.scheme_version_id AND d.obligation = r.obligation
    LEFT JOIN members_member m ON m.id = d.member_id
    LEFT JOIN organisations_organisation own ON own.id = d.organisation_id
    LEFT JOIN reports_periodicreport report ON report.duty_id = d.id
    WHERE {which}
"""
LIVED = f"""p.level = 'unit_village' AND p.state IN ('{PairingState.SIGNED}', '{PairingState.ENDED}')
    AND p.round_id = s.round_id AND p.signed_on <= s.ends_on
    AND COALESCE(p.ended_on, p.ends_on, 'infinity') >= s.starts_on"""
REACH = f"""
    SELECT s.id AS subject_id, p.id AS pairing_id, p.unit_id, p.village_id
    FROM subject s JOIN pairing_pairing p ON p.unit_id = s.unit_id AND {LIVED}
    WHERE s.line <> '{Desk.ORGANISATION_DEPARTMENT}'
    UNION
    SELECT s.id, p.id, s.unit_id, p.village_id
    FROM subject s JOIN pairing_pairingpartner partner ON partner.unit_id = s.unit_id
        AND partner.state IN ('{PartnerState.JOINED}', '{PartnerState.LEFT}')
    JOIN pairing_pairing p ON p.id = partner.pairing_id AND {LIVED}
    WHERE s.line <> '{Desk.ORGANISATION_DEPARTMENT}'
    UNION
    SELECT s.id, p.id, p.unit_id, p.village_id
    FROM pairing_pairing p
    CROSS JOIN LATERAL (
        SELECT left(o.path, length) AS path
        FROM organisations_organisation o, generate_series({STEP}, length(o.path), {STEP}) length
        WHERE o.id IN (p.unit_id, p.village_id)
    ) place
    JOIN subject s ON s.path = place.path AND s.line = '{Desk.ORGANISATION_DEPARTMENT}' AND {LIVED}
    WHERE p.round_id IN (SELECT round_id FROM subject WHERE line = '{Desk.ORGANISATION_DEPARTMENT}')
"""  # noqa: S608 - our own words
ABOVE = """
    SELECT low.id AS organisation_id, unit.id AS unit_id
    FROM (
        SELECT DISTINCT reach.unit_id FROM reach JOIN subject s ON s.id = reach.subject_id AND s.member_id IS NULL
    ) known
    JOIN organisations_organisation unit ON unit.id = known.unit_id
    JOIN organisations_organisation low ON low.path ~>=~ unit.path AND low.path ~<~ (unit.path || '~')
"""
PARTS = f"""WITH reporting AS MATERIALIZED ({REPORTING}), subject AS MATERIALIZED ({SUBJECT}),
    reach AS MATERIALIZED ({REACH}), above AS MATERIALIZED ({ABOVE})"""
NEAREST = f"""(
    SELECT o.id FROM organisations_organisation o
    WHERE o.kind IN ({listed(COMMITTEES)}) AND o.path = ANY (ARRAY(
        SELECT left(s.path, length) FROM generate_series({STEP}, length(s.path) - {STEP}, {STEP}) length
    ))
    ORDER BY length(o.path) DESC LIMIT 1
)"""  # noqa: S608 - our own words
DESK = f"""CASE s.line WHEN '{Desk.OWN_ORGANISATION}' THEN s.roster_id
    WHEN '{Desk.SUPERIOR_COMMITTEE}' THEN COALESCE({NEAREST}, round.organiser_id) ELSE round.organiser_id END"""


def summed(key: str) -> str:
    """Number and denominator of one figure for each subject whose report has it; by its parts as well."""
    source = SOURCES[key]
    lines = [line for line, contents in CONTENTS.items() if key in contents.figures]
    columns = "subject_id, part, n, of" if source.summed else "subject_id, part, row_id, n, of"
    rows = f"({source.summed or source.sql}) AS source ({columns}) JOIN subject s ON s.id = source.subject_id"
    which = f"WHERE s.line IN ({listed(lines)})"
    whole = f"SELECT subject_id, '{key}' AS key, SUM(n) AS n, SUM(of) AS of FROM {rows} {which} GROUP BY subject_id"  # noqa: S608
    if source.parts is None:
        return whole
    return f"""
        SELECT subject_id, CASE GROUPING(part) WHEN 1 THEN '{key}' ELSE '{key}.' || part END AS key,
            SUM(n) AS n, SUM(of) AS of
        FROM {rows} {which} GROUP BY GROUPING SETS ((subject_id), (subject_id, part))
    """  # noqa: S608 - our own words


FIGURE = "jsonb_build_object('n', n, 'of', of)"
WRITTEN = """to_json(key) || ':{"n":' || n || ',"of":' || of || '}'"""  # for less than as it would be built
FIGURES = f"""
    SELECT subject_id, ('{{' || string_agg({WRITTEN}, ',') || '}}')::jsonb AS figures
    FROM ({" UNION ALL ".join(summed(key) for key in SOURCES)}) each_figure GROUP BY subject_id
"""  # noqa: S608 - our own words
MERGED_KEYS = " OR ".join(
    f"s.line = '{line}' AND each.key IN ({listed(contents.merged)})"
    for line, contents in CONTENTS.items()
    if contents.merged
)
# The reports of the level below: of the members of a unit, of the organisations that report to a committee. Two equal
# joins rather than one by cases, which the database could only try each with each.
BELOW = f"""
    SELECT s.id AS subject_id, s.line, child.id, child.figures, child.state IN ({listed(REPORTS_IN)}) AS is_in
    FROM subject s
    JOIN duties_duty owed ON owed.unit_id = s.organisation_id AND owed.round_id = s.round_id
    JOIN reports_periodicreport child ON child.duty_id = owed.id AND child.line = '{Desk.OWN_ORGANISATION}'
        AND child.ends_on BETWEEN s.starts_on AND s.ends_on
    WHERE s.line = '{Desk.SUPERIOR_COMMITTEE}' AND (owed.state = 'open' OR child.state IN ({listed(REPORTS_IN)}))
    UNION ALL
    SELECT s.id, s.line, child.id, child.figures, child.state IN ({listed(REPORTS_IN)})
    FROM subject s
    JOIN reports_periodicreport child ON child.desk_id = s.organisation_id AND child.round_id = s.round_id
        AND child.line = '{Desk.SUPERIOR_COMMITTEE}' AND child.ends_on BETWEEN s.starts_on AND s.ends_on
    JOIN duties_duty owed ON owed.id = child.duty_id
    WHERE s.line = '{Desk.ORGANISATION_DEPARTMENT}' AND (owed.state = 'open' OR child.state IN ({listed(REPORTS_IN)}))
"""  # noqa: S608 - our own words
# Gone through once and put together by grouping: joined, the sums would be made anew for each report.
MERGED = f"""
    WITH below AS MATERIALIZED ({BELOW}), summed AS (
        SELECT s.subject_id, each.key, SUM((each.value ->> 'n')::numeric) AS n,
            SUM((each.value ->> 'of')::numeric) AS of
        FROM below s CROSS JOIN LATERAL jsonb_each(s.figures) each
        WHERE s.is_in AND ({MERGED_KEYS}) GROUP BY s.subject_id, each.key
    )
    SELECT subject_id, jsonb_build_object(
            'in', SUM(is_in), 'of', SUM(owed),
            'figures', COALESCE(jsonb_object_agg(key, {FIGURE}) FILTER (WHERE key <> ''), '{{}}'::jsonb)
        ) AS merged
    FROM (
        SELECT id AS subject_id, '' AS key, 0 AS is_in, 0 AS owed, 0 AS n, 0 AS of
        FROM subject WHERE member_id IS NULL
        UNION ALL
        SELECT subject_id, '', COUNT(*) FILTER (WHERE is_in), COUNT(*), 0, 0 FROM below GROUP BY subject_id
        UNION ALL
        SELECT subject_id, key, 0, 0, n, of FROM summed
    ) part GROUP BY subject_id
"""  # noqa: S608 - our own words
Figures = dict[str, dict[str, Any]]


def rules_of(versions: Iterable[SchemeVersion]) -> str:
    """The lines that are met by a report, as JSON."""
    found = [
        {
            "scheme_version_id": version.pk,
            "obligation": rule.key,
            "line": rule.reports_to,
            "after_days": rule.after_days,
        }
        for version in versions
        for rule in version.rules.obligations
        if rule.counted == Counted.REPORT
    ]
    return json.dumps(found)


def versions_of(rounds: Any) -> list[SchemeVersion]:
    """All that these rounds go or went by. One statement."""
    first = rounds.order_by().values("scheme_version")
    then = rounds.order_by().filter(scheme_changes__isnull=False).values("scheme_changes__version")
    return list(SchemeVersion.objects.filter(pk__in=first.union(then)))


def given(reports: Collection[PeriodicReport]) -> dict:
    """What the statements on single reports are given: the rules of their rounds. One statement."""
    versions = versions_of(Round.objects.filter(pk__in={report.round_id for report in reports}))
    return {"rules": rules_of(versions), "duties": [report.duty_id for report in reports]}


def of_these() -> str:
    return PARTS.format(which="d.id = ANY (%(duties)s)")


def counted_now(reports: Collection[PeriodicReport]) -> dict[int, tuple[Figures, Figures]]:
    """Figures and sums from below as the records stand now, by the key of the report. Two statements."""
    if not reports:
        return {}
    sql = f"""{of_these()}
        SELECT s.report_id, COALESCE(f.figures, '{{}}'::jsonb)::text, COALESCE(m.merged, '{{}}'::jsonb)::text
        FROM subject s LEFT JOIN ({FIGURES}) f ON f.subject_id = s.id LEFT JOIN ({MERGED}) m ON m.subject_id = s.id
    """  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(sql, given(reports))
        return {pk: (exactly(figures), exactly(merged)) for pk, figures, merged in cursor.fetchall()}


def exactly(text: str) -> Figures:
    return json.loads(text, cls=Exact)


def rows_behind(report: PeriodicReport, key: str, part: str = "") -> dict[int, tuple[Decimal, Decimal]]:
    """Of each record behind a figure, by its key: what it adds to the number and to the denominator. Two statements."""
    narrowed = "WHERE part = %(part)s" if part else ""
    sql = f"""{of_these()}
        SELECT row_id, SUM(n), SUM(of) FROM ({SOURCES[key].sql}) AS source (subject_id, part, row_id, n, of)
        {narrowed} GROUP BY row_id
    """  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        cursor.execute(sql, given([report]) | {"part": part})
        return {pk: (n, of) for pk, n, of in cursor.fetchall()}
