"""Which duties should exist on a day: planned as sets, however often, in a constant number of statements.

The lines of the schemes with their periods (`windows`) are joined with their subjects in the database; what is new is
inserted, what changed is changed, what no longer follows lapses. A duty that was waived stays as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from psycopg2.extras import execute_values

from duties.windows import Window, windows_of_round, windows_of_scheme
from members.models import FloatingRecord
from pairing.models import Round, SchemeVersion
from pairing.states import RoundState

MANY = 10_000  # new rows, after which the database looks at the table anew rather than wait for its own turn
LOOKING_BACK = timedelta(days=366)  # for members away from home, who take part in no round


@dataclass(frozen=True)
class Planned:
    """How many duties were added, changed and given up."""

    added: int = 0
    changed: int = 0
    lapsed: int = 0


def plan(on: date, *, pairings: Collection[int] | None = None) -> Planned:
    """All open rounds and all floating members; or just these pairings, by primary key."""
    found = _windows_of_rounds(on) + ([] if pairings is not None else _windows_of_schemes(on))
    of_some = None if pairings is None else list(pairings)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WINDOWS)
        if found:
            rows = [window.row for window in found]
            execute_values(cursor.cursor, "INSERT INTO duty_window VALUES %s", rows, page_size=len(rows))
        cursor.execute(SHOULD_BE, {"on": on, "pairings": of_some})
        cursor.execute("ANALYZE duty_planned")
        cursor.execute(CHANGE.format(same=SAME))
        changed = cursor.rowcount
        cursor.execute(ADD.format(same=SAME), {"on": on})
        added = cursor.rowcount
        cursor.execute(LAPSE.format(same=SAME), {"on": on, "pairings": of_some})
        lapsed = cursor.rowcount
        cursor.execute("DROP TABLE duty_window, duty_planned")
        if added > MANY:
            cursor.execute("ANALYZE duties_duty")
    return Planned(added, changed, lapsed)


def _windows_of_rounds(on: date) -> list[Window]:
    rounds = Round.objects.filter(state=RoundState.OPEN, starts_on__lte=on).order_by("pk")
    read = rounds.select_related("scheme_version").prefetch_related("milestones")
    return [window for round in read for window in windows_of_round(round, on)]


def _windows_of_schemes(on: date) -> list[Window]:
    used = FloatingRecord.objects.order_by().values("scheme_version")
    versions = SchemeVersion.objects.filter(pk__in=used).order_by("pk")
    return [window for version in versions for window in windows_of_scheme(version, on - LOOKING_BACK, on)]


WINDOWS = """
CREATE TEMPORARY TABLE duty_window (
    scheme_version_id bigint, round_id bigint, subject text, obligation text, period text, days_from text,
    first_day date, last_day date, least int, pro_rata boolean, village_class text, not_class text, unit_level text,
    by_unit boolean, by_village boolean
) ON COMMIT DROP
"""
# `begins` and `ends`: from which day to which a subject stands. Of a period it owes what both have in common.
SHOULD_BE = """
CREATE TEMPORARY TABLE duty_planned ON COMMIT DROP AS
WITH of_pairing AS (
    SELECT w.*, p.id AS pairing_id, p.signed_on AS begins, COALESCE(p.ended_on, p.ends_on, r.ends_on) AS ends
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_pairing p ON p.round_id = r.id AND p.level = 'unit_village'
        AND (p.state IN ('signed', 'ended') OR p.state = 'negotiating' AND w.days_from = 'milestone')
    JOIN organisations_organisation unit ON unit.id = p.unit_id
    JOIN organisations_organisation village ON village.id = p.village_id
    WHERE w.subject = 'pairing'
        AND (w.village_class = '' OR w.village_class = ANY (village.classes))
        AND (w.not_class = '' OR NOT w.not_class = ANY (village.classes))
        AND (w.unit_level = '' OR w.unit_level = unit.level)
        AND (%(pairings)s::bigint[] IS NULL OR p.id = ANY (%(pairings)s))
), of_agreement_year AS (
    SELECT p.*, number, (begins + make_interval(years => number - 1))::date AS year_begins,
        (begins + make_interval(years => number))::date - 1 AS year_ends
    FROM of_pairing p, generate_series(1, 10) number
    WHERE days_from = 'agreement_year'
), of_unit AS (
    SELECT w.*, line.organisation_id
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id AND line.side = 'unit'
    JOIN organisations_organisation unit ON unit.id = line.organisation_id
    WHERE w.subject = 'unit' AND (w.unit_level = '' OR w.unit_level = unit.level) AND %(pairings)s::bigint[] IS NULL
), of_floating AS (
    SELECT w.*, f.id AS floating_id, f.leaves_on AS begins, COALESCE(f.ended_on, 'infinity') AS ends
    FROM duty_window w
    JOIN members_floatingrecord f ON f.scheme_version_id = w.scheme_version_id
    WHERE w.subject = 'floating' AND w.round_id IS NULL AND f.state <> 'registered'
), owed (
    scheme_version_id, round_id, obligation, period, by_unit, by_village, pairing_id, organisation_id, floating_id,
    starts_on, due_on, least, share
) AS (
    SELECT scheme_version_id, round_id, obligation, period, by_unit, by_village, pairing_id, NULL::bigint, NULL::bigint,
        first_day, last_day, least, 1.0
    FROM of_pairing WHERE days_from = 'milestone'
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, period, by_unit, by_village, pairing_id, NULL, NULL,
        GREATEST(first_day, begins), LEAST(last_day, ends), least,
        CASE WHEN pro_rata THEN (LEAST(last_day, ends) - GREATEST(first_day, begins) + 1.0) / (last_day - first_day + 1)
            ELSE 1 END
    FROM of_pairing WHERE days_from = 'period' AND begins <= last_day AND ends >= first_day
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, period, by_unit, by_village, pairing_id, NULL, NULL,
        begins, ends, least, 1
    FROM of_pairing WHERE days_from = 'term' AND begins <= %(on)s
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, 'A' || number, by_unit, by_village, pairing_id, NULL, NULL,
        year_begins, LEAST(year_ends, ends), least,
        CASE WHEN pro_rata THEN (LEAST(year_ends, ends) - year_begins + 1.0) / (year_ends - year_begins + 1) ELSE 1 END
    FROM of_agreement_year WHERE year_begins <= LEAST(%(on)s, ends)
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, period, true, false, NULL, organisation_id, NULL,
        first_day, last_day, least, 1
    FROM of_unit
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, period, false, false, NULL, NULL, floating_id,
        GREATEST(first_day, begins), LEAST(last_day, ends), least,
        CASE WHEN pro_rata THEN (LEAST(last_day, ends) - GREATEST(first_day, begins) + 1.0) / (last_day - first_day + 1)
            ELSE 1 END
    FROM of_floating WHERE begins <= LEAST(last_day, %(on)s) AND ends >= first_day
)
SELECT scheme_version_id, round_id, obligation, period, by_unit, by_village, pairing_id, organisation_id, floating_id,
    starts_on, due_on, ROUND(least * share)::int AS least
FROM owed WHERE starts_on <= due_on AND ROUND(least * share) > 0
"""
SAME = """
    d.obligation = p.obligation AND d.period = p.period AND COALESCE(d.round_id, 0) = COALESCE(p.round_id, 0)
    AND COALESCE(d.pairing_id, 0) = COALESCE(p.pairing_id, 0)
    AND COALESCE(d.organisation_id, 0) = COALESCE(p.organisation_id, 0)
    AND COALESCE(d.floating_id, 0) = COALESCE(p.floating_id, 0)
"""
CHANGE = """
UPDATE duties_duty d
SET scheme_version_id = p.scheme_version_id, starts_on = p.starts_on, due_on = p.due_on, least = p.least,
    owed_by_unit = p.by_unit, owed_by_village = p.by_village, state = 'open'
FROM duty_planned p
WHERE {same} AND d.state <> 'waived'
    AND (d.scheme_version_id, d.starts_on, d.due_on, d.least, d.owed_by_unit, d.owed_by_village, d.state)
        IS DISTINCT FROM (p.scheme_version_id, p.starts_on, p.due_on, p.least, p.by_unit, p.by_village, 'open')
"""
ADD = """
INSERT INTO duties_duty (
    scheme_version_id, round_id, obligation, period, pairing_id, organisation_id, floating_id, owed_by_unit,
    owed_by_village, starts_on, due_on, least, state, planned_on, done, waiting
)
SELECT scheme_version_id, round_id, obligation, period, pairing_id, organisation_id, floating_id, by_unit,
    by_village, starts_on, due_on, least, 'open', %(on)s, 0, 0
FROM duty_planned p
WHERE NOT EXISTS (SELECT 1 FROM duties_duty d WHERE {same})
ON CONFLICT DO NOTHING
"""
LAPSE = """
UPDATE duties_duty d SET state = 'lapsed'
WHERE d.state = 'open' AND d.starts_on <= %(on)s
    AND (%(pairings)s::bigint[] IS NULL OR d.pairing_id = ANY (%(pairings)s))
    AND (d.round_id IS NULL OR d.round_id IN (SELECT id FROM pairing_round WHERE state = 'open'))
    AND NOT EXISTS (SELECT 1 FROM duty_planned p WHERE {same})
"""
