"""What should be owed on a day, as one statement: the windows of the schemes joined with their subjects.

Each subject stands from `begins` to `ends`, both included; of a window it owes what both have in common. A further kind
of subject adds its query to `SUBJECTS`: the columns of the window, the keys of `KEYS`, `begins` and `ends`.
"""

KEYS = ("pairing_id", "organisation_id", "floating_id")


def columns(key: str, value: str) -> str:
    """The keys of a subject: `value` for its own, nothing for the others."""
    return ", ".join(f"{value if each == key else 'NULL::bigint'} AS {each}" for each in KEYS)


OF_PAIRING = f"""
    SELECT w.*, {columns("pairing_id", "p.id")}, p.signed_on AS begins,
        COALESCE(p.ended_on, p.ends_on, r.ends_on) AS ends
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
"""  # noqa: S608 - our own words
OF_UNIT = f"""
    SELECT w.*, {columns("organisation_id", "line.organisation_id")}, r.starts_on, r.ends_on
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id AND line.side = 'unit'
    JOIN organisations_organisation unit ON unit.id = line.organisation_id
    WHERE w.subject = 'unit' AND (w.unit_level = '' OR w.unit_level = unit.level) AND %(pairings)s::bigint[] IS NULL
"""  # noqa: S608 - our own words
# A village of the directory from which somebody is away in the days of the window.
OF_VILLAGE = f"""
    SELECT w.*, {columns("organisation_id", "village.id")}, r.starts_on, r.ends_on
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id AND line.side = 'village'
        AND line.kind = 'village'
    JOIN organisations_organisation village ON village.id = line.organisation_id
    WHERE w.subject = 'village' AND %(pairings)s::bigint[] IS NULL AND EXISTS (
        SELECT 1 FROM members_floatingrecord f
        WHERE f.origin_id = village.id AND f.state <> 'registered' AND f.leaves_on <= w.last_day
            AND COALESCE(f.ended_on, 'infinity') >= w.first_day
    )
"""  # noqa: S608 - our own words
# Before they leave, members owe from the day of their entry on; whoever stays at home after all owes nothing.
OF_FLOATING = f"""
    SELECT w.*, {columns("floating_id", "f.id")},
        CASE w.days_from WHEN 'leaving' THEN LEAST((f.registered_at AT TIME ZONE 'Asia/Shanghai')::date, f.leaves_on)
            ELSE f.leaves_on END,
        CASE w.days_from WHEN 'leaving' THEN f.leaves_on
            WHEN 'arrival' THEN LEAST(f.leaves_on + w.days, COALESCE(f.ended_on, 'infinity'))
            ELSE COALESCE(f.ended_on, 'infinity') END
    FROM duty_window w
    JOIN members_floatingrecord f ON f.scheme_version_id = w.scheme_version_id
    WHERE w.subject = 'floating' AND w.round_id IS NULL AND (w.days_from = 'leaving' OR f.state <> 'registered')
        AND COALESCE(f.ended_on, 'infinity') >= f.leaves_on
"""  # noqa: S608 - our own words
SUBJECTS = (OF_PAIRING, OF_UNIT, OF_VILLAGE, OF_FLOATING)
SHOULD_BE = f"""
CREATE TEMPORARY TABLE duty_planned ON COMMIT DROP AS
WITH subject AS MATERIALIZED (
    {" UNION ALL ".join(SUBJECTS)}
), repeated AS (
    SELECT s.*, number, (begins + make_interval(months => months * (number - 1)))::date AS from_day,
        (begins + make_interval(months => months * number))::date - 1 AS to_day
    FROM subject s, LATERAL age(LEAST(ends, %(on)s), begins) AS lived,
        generate_series(1, (EXTRACT(year FROM lived) * 12 + EXTRACT(month FROM lived))::int / months + 2) number
    WHERE days_from = 'interval'
), owed AS (
    SELECT scheme_version_id, round_id, obligation, by_unit, by_village, {", ".join(KEYS)}, least, pro_rata, period,
        CASE days_from WHEN 'milestone' THEN first_day WHEN 'period' THEN GREATEST(first_day, begins) ELSE begins END
            AS starts_on,
        CASE days_from WHEN 'milestone' THEN last_day WHEN 'period' THEN LEAST(last_day, ends) ELSE ends END AS due_on,
        last_day - first_day + 1.0 AS whole
    FROM subject WHERE days_from <> 'interval'
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, by_unit, by_village, {", ".join(KEYS)}, least, pro_rata,
        period || number, from_day, LEAST(to_day, ends), to_day - from_day + 1.0
    FROM repeated
), numbered AS (
    SELECT *, ROUND(least * CASE WHEN pro_rata THEN (due_on - starts_on + 1) / whole ELSE 1 END)::int AS number
    FROM owed WHERE starts_on <= LEAST(due_on, %(on)s) AND (round_id IS NOT NULL OR due_on >= %(since)s)
)
SELECT scheme_version_id, round_id, obligation, period, by_unit, by_village, {", ".join(KEYS)}, starts_on, due_on,
    number AS least
FROM numbered WHERE number > 0
"""  # noqa: S608 - our own words
SAME = " AND ".join(
    [
        "d.obligation = p.obligation",
        "d.period = p.period",
        *(f"COALESCE(d.{each}, 0) = COALESCE(p.{each}, 0)" for each in ("round_id", *KEYS)),
    ]
)
