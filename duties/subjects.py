"""What should be owed on a day, as one statement: the windows of the schemes joined with their subjects.

Each subject stands from `begins` to `ends`, both included; of a window it owes what both have in common. A further kind
of subject adds its query to `SUBJECTS`: the columns of the window, the keys of `KEYS`, `begins` and `ends`.
"""

from duties.occasions import HAS_OCCASION, listed
from organisations.kinds import COMMITTEES
from organisations.models import Organisation

STEP = Organisation.steplen
KEYS = ("pairing_id", "organisation_id", "floating_id", "household_id", "member_id", "person_pair_id")
OWNERS = ("unit_id", "village_id", "committee_id")
PLANNED = (*KEYS, *OWNERS)


def columns(
    key: str, value: str, unit: str = "NULL::bigint", village: str = "NULL::bigint", committee: str = "NULL::bigint"
) -> str:
    """The keys of a subject, `value` for its own, nothing for the others; and who owes it, as the scheme says."""
    keys = [f"{value if each == key else 'NULL::bigint'} AS {each}" for each in KEYS]
    return ", ".join(
        [
            *keys,
            f"CASE WHEN by_unit THEN {unit} END AS unit_id",
            f"CASE WHEN by_village THEN {village} END AS village_id",
            f"{committee} AS committee_id",
        ]
    )


HELPING_UNIT = """COALESCE((
    SELECT MIN(pp.unit_id) FROM members_personpair pp
    WHERE pp.target_household_id = h.id AND pp.state = 'active' AND pp.kind <> 'chain'
), paired.unit_id)"""
OF_PAIRING = f"""
    SELECT w.*, {columns("pairing_id", "p.id", "p.unit_id", "p.village_id")}, p.signed_on AS begins,
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
    SELECT w.*, {columns("organisation_id", "unit.id", "unit.id")}, r.starts_on, r.ends_on
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id AND line.side = 'unit'
    JOIN organisations_organisation unit ON unit.id = line.organisation_id
    WHERE w.subject = 'unit' AND (w.unit_level = '' OR w.unit_level = unit.level) AND %(pairings)s::bigint[] IS NULL
"""  # noqa: S608 - our own words
# A village of the directory from which somebody is away in the days of the window.
OF_VILLAGE = f"""
    SELECT w.*, {columns("organisation_id", "village.id", village="village.id")}, r.starts_on, r.ends_on
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
# Households in need of the villages of the round; who helps one answers for it, else the unit paired with the village.
# The roster says who is in need, not since when: they owe from the signature on.
OF_HOUSEHOLD = f"""
    SELECT w.*, {columns("household_id", "h.id", HELPING_UNIT, "h.village_id")}, paired.begins, paired.ends
    FROM duty_window w
    JOIN paired ON paired.round_id = w.round_id
    JOIN members_household h ON h.village_id = paired.village_id AND h.is_needy AND h.left_on IS NULL
    WHERE w.subject = 'household'
"""  # noqa: S608 - our own words
# Members of a paired unit and of what belongs to it: those with the rank of a quota, or those whom the scheme asks.
OF_MEMBER = f"""
    SELECT w.*, {columns("member_id", "m.id", "paired_unit.unit_id")}, paired_unit.begins, paired_unit.ends
    FROM duty_window w
    JOIN paired_unit ON paired_unit.round_id = w.round_id
    JOIN members_member m ON m.organisation_id = paired_unit.organisation_id AND m.left_on IS NULL
    WHERE w.subject = 'cadre' AND m.rank = w.rank
        OR w.subject = 'member' AND CASE w.participants WHEN 'able' THEN 'able_to_help' = ANY (m.marks)
            WHEN 'in_service' THEN m.rank <> '' OR 'in_service' = ANY (m.marks) ELSE true END
"""  # noqa: S608 - our own words
# Pairs in which a person or a household is helped, from their first day on.
OF_PERSON_PAIR = f"""
    SELECT w.*, {columns("person_pair_id", "pp.id", "pp.unit_id", "pp.village_id")}, pp.since,
        COALESCE(pp.until, r.ends_on)
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN members_personpair pp ON pp.round_id = r.id AND pp.target_organisation_id IS NULL
        AND pp.kind = w.pair_kind
    WHERE w.subject = 'person_pair' AND %(pairings)s::bigint[] IS NULL
"""  # noqa: S608 - our own words
# The organiser itself; a number of the round before is owed only where there was one (SH-18).
OF_ORGANISER = f"""
    SELECT w.*, {columns("organisation_id", "r.organiser_id")}, r.starts_on, r.ends_on
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    WHERE w.subject = 'organiser' AND (w.counted <> 'base_number' OR r.previous_id IS NOT NULL)
        AND %(pairings)s::bigint[] IS NULL
"""  # noqa: S608 - our own words
# The nearest committee above each unit and each village of the directory; whoever organises the round reports to nobody
# in it (TN-28, TN-29).
OF_COMMITTEE = f"""
    SELECT DISTINCT w.*, {columns("organisation_id", "committee.id", committee="committee.id")}, r.starts_on, r.ends_on
    FROM duty_window w
    JOIN pairing_round r ON r.id = w.round_id
    JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id
    JOIN organisations_organisation own ON own.id = line.organisation_id
    CROSS JOIN LATERAL (
        SELECT o.id FROM organisations_organisation o
        WHERE o.kind IN ({listed(COMMITTEES)}) AND o.path = ANY (ARRAY(
            SELECT left(own.path, length) FROM generate_series({STEP}, length(own.path) - {STEP}, {STEP}) length
        ))
        ORDER BY length(o.path) DESC LIMIT 1
    ) committee
    WHERE w.subject = 'committee' AND (w.counted <> 'report' OR committee.id <> r.organiser_id)
        AND %(pairings)s::bigint[] IS NULL
"""  # noqa: S608 - our own words
SUBJECTS = (
    OF_PAIRING,
    OF_UNIT,
    OF_VILLAGE,
    OF_FLOATING,
    OF_HOUSEHOLD,
    OF_MEMBER,
    OF_PERSON_PAIR,
    OF_COMMITTEE,
    OF_ORGANISER,
)
SHOULD_BE = f"""
CREATE TEMPORARY TABLE duty_planned ON COMMIT DROP AS
WITH paired AS (
    SELECT p.round_id, p.village_id, MIN(p.unit_id) AS unit_id, MIN(p.signed_on) AS begins,
        MAX(COALESCE(p.ended_on, p.ends_on, r.ends_on)) AS ends
    FROM pairing_pairing p JOIN pairing_round r ON r.id = p.round_id
    WHERE p.level = 'unit_village' AND p.state IN ('signed', 'ended') AND %(pairings)s::bigint[] IS NULL
        AND p.round_id IN (SELECT round_id FROM duty_window WHERE subject = 'household')
    GROUP BY p.round_id, p.village_id
), above AS (
    SELECT o.id, left(o.path, length) AS path
    FROM organisations_organisation o, generate_series({STEP}, length(o.path), {STEP}) length
    WHERE o.id IN (SELECT organisation_id FROM members_member)
), paired_unit AS (
    SELECT p.round_id, above.id AS organisation_id, MIN(p.unit_id) AS unit_id, MIN(p.signed_on) AS begins,
        MAX(COALESCE(p.ended_on, p.ends_on, r.ends_on)) AS ends
    FROM pairing_pairing p JOIN pairing_round r ON r.id = p.round_id
    JOIN organisations_organisation unit ON unit.id = p.unit_id
    JOIN above ON above.path = unit.path
    WHERE p.level = 'unit_village' AND p.state IN ('signed', 'ended') AND %(pairings)s::bigint[] IS NULL
        AND p.round_id IN (SELECT round_id FROM duty_window WHERE subject IN ('cadre', 'member'))
    GROUP BY p.round_id, above.id
), subject AS MATERIALIZED (
    {" UNION ALL ".join(SUBJECTS)}
), repeated AS (
    SELECT s.*, number, (begins + make_interval(months => months * (number - 1)))::date AS from_day,
        (begins + make_interval(months => months * number))::date - 1 AS to_day
    FROM subject s, LATERAL age(LEAST(ends, %(on)s), begins) AS lived,
        generate_series(1, (EXTRACT(year FROM lived) * 12 + EXTRACT(month FROM lived))::int / months + 2) number
    WHERE days_from = 'interval'
), owed AS (
    SELECT scheme_version_id, round_id, obligation, {", ".join(PLANNED)}, least, pro_rata, period, since, until,
        GREATEST(
            CASE days_from WHEN 'milestone' THEN first_day WHEN 'period' THEN GREATEST(first_day, begins) ELSE begins
                END, CASE WHEN is_new AND days_from IN ('milestone', 'term') THEN since END
        ) AS starts_on,
        CASE days_from WHEN 'milestone' THEN last_day WHEN 'period' THEN LEAST(last_day, ends) ELSE ends END AS due_on,
        last_day - first_day + 1.0 AS whole, counted, after_days
    FROM subject WHERE days_from <> 'interval'
    UNION ALL
    SELECT scheme_version_id, round_id, obligation, {", ".join(PLANNED)}, least, pro_rata,
        period || number, since, until, from_day, LEAST(to_day, ends), to_day - from_day + 1.0,
        counted, after_days
    FROM repeated
), numbered AS (
    SELECT *, ROUND(least * CASE WHEN pro_rata THEN (due_on - starts_on + 1) / whole ELSE 1 END)::int AS number
    FROM owed WHERE starts_on <= LEAST(due_on, %(on)s) AND starts_on BETWEEN since AND until
        AND (round_id IS NOT NULL OR due_on >= %(since)s) AND {HAS_OCCASION}
)
SELECT scheme_version_id, round_id, obligation, period, {", ".join(PLANNED)}, starts_on,
    due_on + after_days AS due_on, number AS least
FROM numbered WHERE number > 0
"""  # noqa: S608 - our own words
SAME = " AND ".join(
    [
        "d.obligation = p.obligation",
        "d.period = p.period",
        *(f"COALESCE(d.{each}, 0) = COALESCE(p.{each}, 0)" for each in ("round_id", *KEYS)),
    ]
)
