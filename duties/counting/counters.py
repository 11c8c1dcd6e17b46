"""One small grouped query for each kind of record that counts.

Each reads `duty`: id, pairing_id, organisation_id, floating_id, round_id, starts_on, due_on (the last day of the period
that counts), and of its rule natures, roles, method, plan. `done` counts what the other side confirmed, `waiting` what
still waits for it. At least means ≥, so a record may count for several duties: a trip shared by a leader and a
department is one for both (domain §6.3).
"""

from duties.counting.aid import AID
from duties.counting.floating import FLOATING
from duties.counting.people import PEOPLE
from duties.counting.rounds import ROUNDS
from duties.occasions import listed
from pairing.schemes.duty_words import BY_FILING, Counted
from visits.states import RECORDED

# All who took part together (SH-44, AH-09 to AH-14, QX-07 to QX-12).
ACTIVITIES = """
SELECT d.id AS duty_id, COUNT(DISTINCT a.id) FILTER (WHERE a.state = 'confirmed') AS done,
    COUNT(DISTINCT a.id) FILTER (WHERE a.state = 'submitted' AND a.corrects_id IS NULL) AS waiting
FROM duty d CROSS JOIN unnest(d.natures) AS wanted (nature)
JOIN visits_activity a ON a.pairing_id = d.pairing_id AND a.nature = wanted.nature
    AND a."on" BETWEEN d.starts_on AND d.due_on
WHERE d.counted = 'activity' AND d.method = 'together'
    AND (cardinality(d.roles) = 0 OR EXISTS (
        SELECT 1 FROM visits_participant who WHERE who.activity_id = a.id AND who.role = ANY (d.roles)
    ))
GROUP BY d.id
"""
# Each role for itself: as many as the role that has fewest (SH-45).
ACTIVITIES_OF_EACH = """
SELECT duty_id, MIN(done), MIN(waiting) FROM (
    SELECT d.id AS duty_id, needed.role, COUNT(DISTINCT a.id) FILTER (WHERE a.state = 'confirmed') AS done,
        COUNT(DISTINCT a.id) FILTER (WHERE a.state = 'submitted' AND a.corrects_id IS NULL) AS waiting
    FROM duty d CROSS JOIN unnest(d.roles) AS needed (role)
    LEFT JOIN (visits_activity a JOIN visits_participant who ON who.activity_id = a.id)
        ON a.pairing_id = d.pairing_id AND a."on" BETWEEN d.starts_on AND d.due_on AND a.nature = ANY (d.natures)
        AND who.role = needed.role
    WHERE d.counted = 'activity' AND d.method = 'each'
    GROUP BY d.id, needed.role
) of_role GROUP BY duty_id
"""
# How many headings of the scheme have an activity (XC-01); `heading` leads from the code of a kind to its heading.
HEADINGS = """
SELECT d.id AS duty_id, COUNT(DISTINCT heading.heading) FILTER (WHERE a.state = 'confirmed') AS done,
    COUNT(DISTINCT heading.heading) FILTER (WHERE a.state = 'submitted' AND a.corrects_id IS NULL) AS waiting
FROM duty d
JOIN visits_activity a ON a.pairing_id = d.pairing_id AND a."on" BETWEEN d.starts_on AND d.due_on
JOIN heading ON heading.scheme_version_id = d.scheme_version_id AND heading.kind = a.kind
WHERE d.counted = 'activity' AND d.method = 'classes'
GROUP BY d.id
"""
# Of what one side recorded, how much the other confirmed: then it stands in the archives of both (TN-25).
SHARED_RECORDS = f"""
SELECT d.id AS duty_id, 100 * COUNT(*) FILTER (WHERE a.state = 'confirmed') / COUNT(*) AS done,
    100 * COUNT(*) FILTER (WHERE a.state = 'submitted') / COUNT(*) AS waiting
FROM duty d
JOIN visits_activity a ON a.pairing_id = d.pairing_id AND a."on" BETWEEN d.starts_on AND d.due_on
    AND a.state IN ({listed(RECORDED)})
WHERE d.counted = 'shared_record'
GROUP BY d.id
"""  # noqa: S608 - our own words
# Plans of one year where they have one; those of the whole term count in each year (SH-43, AH-10).
PLANS = """
SELECT d.id AS duty_id, COUNT(DISTINCT COALESCE(p.year, 0)) FILTER (WHERE p.state = 'confirmed') AS done,
    COUNT(DISTINCT COALESCE(p.year, 0)) FILTER (WHERE p.state = 'proposed') AS waiting
FROM duty d
JOIN pairing_plan p ON p.pairing_id = d.pairing_id AND p.kind = d.plan
    AND (p.year IS NULL OR p.year BETWEEN EXTRACT(year FROM d.starts_on) AND EXTRACT(year FROM d.due_on))
WHERE d.counted = 'plan'
GROUP BY d.id
"""
# Entered in the plans that each keeps elsewhere: a reference of the year (TN-22).
PLAN_REFERENCES = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN pairing_planreference p ON p.pairing_id = d.pairing_id AND p.kind = d.plan
    AND p.year BETWEEN EXTRACT(year FROM d.starts_on) AND EXTRACT(year FROM d.due_on)
WHERE d.counted = 'plan'
GROUP BY d.id
"""
# The letter of the year, once both have signed it (QX-05).
LETTERS = """
SELECT d.id AS duty_id, COUNT(DISTINCT l.year) FILTER (WHERE l.state = 'signed') AS done,
    COUNT(DISTINCT l.year) FILTER (WHERE l.state = 'drawn') AS waiting
FROM duty d
JOIN pairing_responsibilityletter l ON l.pairing_id = d.pairing_id
    AND l.year BETWEEN EXTRACT(year FROM d.starts_on) AND EXTRACT(year FROM d.due_on)
WHERE d.counted = 'letter'
GROUP BY d.id
"""
# What the side that owes it has promised for the year, before everybody (AH-23).
COMMITMENTS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN pairing_publiccommitment c ON c.pairing_id = d.pairing_id AND c.published_at IS NOT NULL
    AND c.year BETWEEN EXTRACT(year FROM d.starts_on) AND EXTRACT(year FROM d.due_on)
    AND (c.side = 'unit' AND d.unit_id IS NOT NULL OR c.side = 'village' AND d.village_id IS NOT NULL)
WHERE d.counted = 'commitment'
GROUP BY d.id
"""
INTENTIONS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN pairing_pairing p ON p.round_id = d.round_id AND p.unit_id = d.organisation_id
    AND p.state IN ('negotiating', 'signed')
WHERE d.counted = 'intention'
GROUP BY d.id
"""
SIGNINGS = """
SELECT d.id AS duty_id, 1 AS done, 0 AS waiting
FROM duty d JOIN pairing_pairing p ON p.id = d.pairing_id AND p.signed_on IS NOT NULL
WHERE d.counted = 'signing'
"""
# A unit of the directory has as many as it signed (TN-01).
SIGNINGS_OF_UNITS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN pairing_pairing p ON p.round_id = d.round_id AND p.unit_id = d.organisation_id AND p.signed_on IS NOT NULL
WHERE d.counted = 'signing'
GROUP BY d.id
"""
# Handed in and not given back (AH-22, TN-26 to TN-29, YD-10).
FILINGS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d JOIN duties_filing f ON f.duty_id = d.id AND f.withdrawn_at IS NULL
WHERE d.counted = '{kind}'
GROUP BY d.id
"""
COUNTERS: dict[str, tuple[str, ...]] = {
    Counted.ACTIVITY: (ACTIVITIES, ACTIVITIES_OF_EACH, HEADINGS),
    Counted.SHARED_RECORD: (SHARED_RECORDS,),
    Counted.PLAN: (PLANS, PLAN_REFERENCES),
    Counted.LETTER: (LETTERS,),
    Counted.COMMITMENT: (COMMITMENTS,),
    Counted.INTENTION: (INTENTIONS,),
    Counted.SIGNING: (SIGNINGS, SIGNINGS_OF_UNITS),
    **{kind: (FILINGS.format(kind=kind.value),) for kind in BY_FILING},
    **AID,
    **FLOATING,
    **PEOPLE,
    **ROUNDS,
}
