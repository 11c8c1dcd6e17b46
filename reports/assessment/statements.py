"""The statements that reckon an assessment: as many for twenty thousand as for one.

Each is given the same parameters: the assessment, its days, and the items of its rules as rows. Nothing is looped over
here; a kind of item that counts another record adds its query to `COUNTED`.
"""

from funds.querysets.disclosure import DISCLOSABLE

MOST_SHOWN = 20  # activities kept as evidence for a line; all of them count
NAMES = ", ".join(f"'{each}'" for each in DISCLOSABLE)
# Those whose pairing stood in the days of the assessment.
STOOD = """
    SELECT p.id, p.unit_id, p.village_id, village.path AS village_path
    FROM pairing_pairing p JOIN organisations_organisation village ON village.id = p.village_id
    WHERE p.round_id = %(round)s AND p.level = 'unit_village' AND p.state IN ('signed', 'ended')
        AND p.signed_on <= %(last)s AND (p.ended_on IS NULL OR p.ended_on >= %(first)s)
"""
SUBJECTS = f"""
WITH stood AS ({STOOD}), wanted AS (
    SELECT DISTINCT 'unit' AS side, unit_id AS organisation_id, NULL::bigint AS pairing_id FROM stood
    UNION ALL SELECT DISTINCT 'village', village_id, NULL::bigint FROM stood
    UNION ALL SELECT DISTINCT 'township', t.id, NULL::bigint
        FROM stood JOIN organisations_organisation t ON t.path = left(stood.village_path, t.depth * %(step)s)
            AND t.kind IN ('township', 'subdistrict')
    UNION ALL SELECT 'pairing', NULL::bigint, id FROM stood
)
INSERT INTO reports_assessed
    (assessment_id, side, organisation_id, pairing_id, points, "full", bonus, is_thin, is_vetoed, grade, is_frozen)
SELECT %(assessment)s, side, organisation_id, pairing_id, 0, 0, 0, false, false, '', false
FROM wanted WHERE side = ANY (%(sides)s)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own words
ITEMS = """
item AS MATERIALIZED (
    SELECT i.key, i.kind, i.rule, i."full", i.off, i.wanted,
        ARRAY(SELECT jsonb_array_elements_text(i.sides)) AS sides,
        ARRAY(SELECT jsonb_array_elements_text(i.obligations)) AS obligations,
        ARRAY(SELECT jsonb_array_elements_text(i.natures)) AS natures
    FROM jsonb_to_recordset(%(items)s::jsonb) AS i (
        key text, kind text, rule text, "full" numeric, off numeric, wanted int, sides jsonb, obligations jsonb,
        natures jsonb
    )
), subject AS MATERIALIZED (
    SELECT id, side, organisation_id, pairing_id FROM reports_assessed WHERE assessment_id = %(assessment)s
), asked AS MATERIALIZED (
    SELECT subject.id, subject.side, subject.organisation_id, subject.pairing_id, item.key, item.kind, item.rule,
        item."full", item.off, item.wanted, item.obligations, item.natures
    FROM subject JOIN item ON subject.side = ANY (item.sides)
)
"""
# What fell due in these days; of what falls due later only what is met already: nobody loses points before the day.
DUTIES = """
due AS MATERIALIZED (
    SELECT d.id, d.obligation, d.period, d.due_on, d.done, d.least, d.pairing_id, d.unit_id, d.village_id
    FROM duties_duty d
    WHERE d.round_id = %(round)s AND d.state = 'open' AND d.starts_on <= %(last)s
        AND (d.due_on BETWEEN %(first)s AND %(last)s OR d.due_on > %(last)s AND d.done >= d.least)
), owed AS (
    SELECT s.id AS assessed_id, due.* FROM due JOIN subject s ON s.side = 'unit' AND s.organisation_id = due.unit_id
    UNION ALL
    SELECT s.id, due.* FROM due JOIN subject s ON s.side = 'village' AND s.organisation_id = due.village_id
    UNION ALL
    SELECT s.id, due.* FROM due JOIN subject s ON s.side = 'pairing' AND s.pairing_id = due.pairing_id
), by_duties AS (
    SELECT owed.assessed_id, item.key, COUNT(*) AS owed, COUNT(*) FILTER (WHERE owed.done >= owed.least) AS met,
        SUM(CASE WHEN owed.done >= owed.least THEN 0 WHEN owed.obligation = ANY (%(amounts)s) THEN 1
            ELSE owed.least - owed.done END) AS missing,
        AVG(LEAST(1, owed.done::numeric / owed.least)) AS share,
        jsonb_agg(jsonb_build_object('duty', owed.id, 'obligation', owed.obligation, 'period', owed.period,
            'due', owed.due_on, 'done', owed.done, 'least', owed.least) ORDER BY owed.due_on, owed.id) AS evidence
    FROM owed JOIN item ON item.rule IN ('per_missing', 'ratio')
        AND (cardinality(item.obligations) = 0 OR owed.obligation = ANY (item.obligations))
    GROUP BY 1, 2
)
"""
ACTIVITIES = f"""
stood AS MATERIALIZED ({STOOD}), of_pairing AS (
    SELECT subject.id AS assessed_id, stood.id AS pairing_id
    FROM subject JOIN stood ON subject.side = 'unit' AND stood.unit_id = subject.organisation_id
    UNION ALL
    SELECT subject.id, stood.id
    FROM subject JOIN stood ON subject.side = 'village' AND stood.village_id = subject.organisation_id
    UNION ALL
    SELECT subject.id, stood.id FROM subject JOIN stood ON subject.side = 'pairing' AND stood.id = subject.pairing_id
), took_place AS (
    SELECT asked.id AS assessed_id, asked.key, a.id, a.name, a."on",
        row_number() OVER (PARTITION BY asked.id, asked.key ORDER BY a."on" DESC, a.id DESC) AS number
    FROM asked JOIN of_pairing ON of_pairing.assessed_id = asked.id
    JOIN visits_activity a ON a.pairing_id = of_pairing.pairing_id AND a.state = 'confirmed'
        AND a."on" BETWEEN %(first)s AND %(last)s
        AND (cardinality(asked.natures) = 0 OR a.nature = ANY (asked.natures))
    WHERE asked.rule = 'activities'
), by_activities AS (
    SELECT assessed_id, key, COUNT(*) AS met,
        jsonb_agg(jsonb_build_object('activity', id, 'name', name, 'on', "on") ORDER BY "on" DESC, id DESC)
            FILTER (WHERE number <= {MOST_SHOWN}) AS evidence
    FROM took_place GROUP BY 1, 2
)
"""  # noqa: S608 - our own words
MONEY = f"""
by_money AS (
    SELECT asked.id AS assessed_id, asked.key, COUNT(*) AS owed, COUNT(*) FILTER (WHERE EXISTS (
            SELECT 1 FROM funds_disclosedentry line JOIN funds_disclosure told ON told.id = line.disclosure_id
            WHERE line.entry_id = e.id AND told.state = 'published'
        )) AS met
    FROM asked JOIN of_pairing ON of_pairing.assessed_id = asked.id
    JOIN funds_fund f ON f.pairing_id = of_pairing.pairing_id
    JOIN funds_entry e ON e.fund_id = f.id AND e."on" BETWEEN %(first)s AND %(last)s AND e.kind IN ({NAMES})
    WHERE asked.rule = 'published'
    GROUP BY 1, 2
)
"""  # noqa: S608 - our own words
RATES = """
rate AS (
    SELECT organisation, rate FROM jsonb_to_recordset(%(rates)s::jsonb) AS r (organisation bigint, rate numeric)
)
"""
LINES = f"""
WITH {ITEMS}, {DUTIES}, {ACTIVITIES}, {MONEY}, {RATES}, reckoned AS (
    SELECT asked.id, asked.key, asked."full", asked.kind, asked.rule, asked.off, asked.wanted,
        COALESCE(by_duties.owed, by_money.owed, 0) AS owed,
        COALESCE(by_duties.met, by_activities.met, by_money.met, 0) AS met, COALESCE(by_duties.missing, 0) AS missing,
        by_duties.share, rate.rate, COALESCE(by_duties.evidence, by_activities.evidence, '[]'::jsonb) AS evidence
    FROM asked
    LEFT JOIN by_duties ON by_duties.assessed_id = asked.id AND by_duties.key = asked.key
    LEFT JOIN by_activities ON by_activities.assessed_id = asked.id AND by_activities.key = asked.key
    LEFT JOIN by_money ON by_money.assessed_id = asked.id AND by_money.key = asked.key
    LEFT JOIN rate ON asked.rule = 'satisfaction' AND rate.organisation = asked.organisation_id
)
INSERT INTO reports_scoreline
    (assessed_id, item, "full", applies, owed, met, missing, computed, adjusted, points, evidence, is_frozen)
SELECT id, key, "full",
    CASE rule WHEN 'satisfaction' THEN rate IS NOT NULL WHEN 'linked' THEN false
        WHEN 'activities' THEN true WHEN 'manual' THEN true ELSE owed > 0 END,
    owed, met, missing,
    ROUND(COALESCE(CASE
        WHEN kind = 'veto' THEN -missing
        WHEN rule = 'per_missing' THEN "full" - off * missing
        WHEN rule = 'ratio' THEN "full" * share
        WHEN rule = 'activities' THEN "full" * LEAST(1, met::numeric / wanted)
        WHEN rule = 'published' THEN "full" * met / NULLIF(owed, 0)
        WHEN rule = 'satisfaction' THEN "full" * rate / 100
        WHEN rule = 'manual' AND kind = 'scored' THEN "full"
    END, 0), 2), 0, 0, evidence, false
FROM reckoned
ON CONFLICT (assessed_id, item) DO UPDATE SET "full" = EXCLUDED."full", applies = EXCLUDED.applies,
    owed = EXCLUDED.owed, met = EXCLUDED.met, missing = EXCLUDED.missing, computed = EXCLUDED.computed,
    evidence = EXCLUDED.evidence
"""  # noqa: S608 - our own words
# XC-02: how the villages came off, for those who work for them.
LINKED = f"""
WITH {ITEMS}, stood AS ({STOOD}), of_village AS (
    SELECT a.organisation_id AS village_id, a.id, a.score, a.grade FROM reports_assessed a
    WHERE a.assessment_id = %(assessment)s AND a.side = 'village' AND a.score IS NOT NULL
), served AS (
    SELECT DISTINCT subject.id AS assessed_id, of_village.*
    FROM subject JOIN stood ON subject.side = 'unit' AND stood.unit_id = subject.organisation_id
    JOIN of_village ON of_village.village_id = stood.village_id
    UNION
    SELECT subject.id, of_village.*
    FROM subject JOIN organisations_organisation t ON subject.side = 'township' AND t.id = subject.organisation_id
    JOIN stood ON stood.village_path LIKE t.path || '%%' JOIN of_village ON of_village.village_id = stood.village_id
), linked AS (
    SELECT assessed_id, AVG(score) AS score, COUNT(*) AS number,
        jsonb_agg(jsonb_build_object('assessed', id, 'village', village_id, 'score', score) ORDER BY id) AS evidence
    FROM served GROUP BY 1
)
UPDATE reports_scoreline l SET applies = true, owed = linked.number, met = linked.number,
    computed = ROUND(l."full" * linked.score / 100, 2), evidence = linked.evidence
FROM linked, item
WHERE l.assessed_id = linked.assessed_id AND l.item = item.key AND item.rule = 'linked'
"""  # noqa: S608 - our own words
# By the weights of those who gave points; whose points are missing, count nothing, and the others the more.
SETTLE = """
WITH bound AS (
    SELECT * FROM jsonb_to_recordset(%(items)s::jsonb) AS i (key text, kind text, floor numeric, cap numeric)
), adjusted AS (
    SELECT adj.line_id, SUM(adj.points) AS points FROM reports_scoreadjustment adj
    JOIN reports_scoreline l ON l.id = adj.line_id JOIN reports_assessed s ON s.id = l.assessed_id
    WHERE s.assessment_id = %(assessment)s AND (%(only)s::bigint IS NULL OR s.id = %(only)s) GROUP BY 1
), newest AS (
    SELECT DISTINCT ON (g.line_id, g.giver_id) g.line_id, g.is_own, g.points FROM reports_givenscore g
    JOIN reports_scoreline l ON l.id = g.line_id JOIN reports_assessed s ON s.id = l.assessed_id
    WHERE s.assessment_id = %(assessment)s AND (%(only)s::bigint IS NULL OR s.id = %(only)s)
    ORDER BY g.line_id, g.giver_id, g.id DESC
), given AS (
    SELECT line_id, ROUND(AVG(points) FILTER (WHERE is_own), 2) AS own,
        ROUND(AVG(points) FILTER (WHERE NOT is_own), 2) AS other
    FROM newest GROUP BY 1
), now AS (
    SELECT l.id, bound.kind, COALESCE(adjusted.points, 0) AS adjusted, given.own, given.other,
        CASE WHEN bound.kind = 'veto' THEN l.computed + COALESCE(adjusted.points, 0)
            ELSE GREATEST(bound.floor, LEAST(bound.cap, l.computed + COALESCE(adjusted.points, 0))) END AS organiser
    FROM reports_scoreline l JOIN reports_assessed s ON s.id = l.assessed_id JOIN bound ON bound.key = l.item
    LEFT JOIN adjusted ON adjusted.line_id = l.id LEFT JOIN given ON given.line_id = l.id
    WHERE s.assessment_id = %(assessment)s AND (%(only)s::bigint IS NULL OR s.id = %(only)s)
)
UPDATE reports_scoreline l SET adjusted = now.adjusted, own = now.own, other = now.other,
    points = CASE WHEN now.kind <> 'scored' THEN now.organiser ELSE ROUND(
        (COALESCE(now.own * %(own)s, 0) + COALESCE(now.other * %(other)s, 0) + now.organiser * %(organiser)s)
        / NULLIF(CASE WHEN now.own IS NULL THEN 0 ELSE %(own)s END
            + CASE WHEN now.other IS NULL THEN 0 ELSE %(other)s END + %(organiser)s, 0), 2) END
FROM now WHERE now.id = l.id
"""
TOTALS = """
WITH kind AS (
    SELECT * FROM jsonb_to_recordset(%(items)s::jsonb) AS i (key text, kind text)
), grade AS (
    SELECT * FROM jsonb_to_recordset(%(grades)s::jsonb) AS g (name text, least numeric)
), summed AS (
    SELECT s.id, s.side, s.organisation_id, s.pairing_id,
        COALESCE(SUM(l.points) FILTER (WHERE kind.kind = 'scored' AND l.applies), 0) AS points,
        COALESCE(SUM(l."full") FILTER (WHERE kind.kind = 'scored' AND l.applies), 0) AS "full",
        COALESCE(SUM(l."full") FILTER (WHERE kind.kind = 'scored'), 0) AS of_full,
        LEAST(%(bonus_cap)s, COALESCE(SUM(l.points) FILTER (WHERE kind.kind = 'bonus' AND l.applies), 0)) AS bonus,
        COALESCE(bool_or(kind.kind = 'veto' AND l.points < 0), false) AS is_vetoed
    FROM reports_assessed s LEFT JOIN reports_scoreline l ON l.assessed_id = s.id LEFT JOIN kind ON kind.key = l.item
    WHERE s.assessment_id = %(assessment)s AND (%(only)s::bigint IS NULL OR s.id = %(only)s)
    GROUP BY s.id
), scored AS (
    SELECT summed.*, earlier.score AS before,
        ROUND(summed.points * 100 / NULLIF(summed."full", 0) + summed.bonus, 2) AS alone
    FROM summed LEFT JOIN reports_assessed earlier ON earlier.assessment_id = %(earlier)s
        AND earlier.side = summed.side AND NOT earlier.is_thin
        AND (earlier.organisation_id = summed.organisation_id OR earlier.pairing_id = summed.pairing_id)
), whole AS (
    SELECT scored.*, "full" * 100 < of_full * %(least_share)s AS is_thin,
        CASE WHEN before IS NULL OR alone IS NULL THEN alone
        ELSE ROUND((before * %(earlier_weight)s + alone * (100 - %(earlier_weight)s)) / 100, 2) END AS score
    FROM scored
)
UPDATE reports_assessed s SET points = whole.points, "full" = whole."full", bonus = whole.bonus,
    is_vetoed = whole.is_vetoed, is_thin = whole.is_thin, score = whole.score, place = NULL,
    grade = COALESCE((
        SELECT g.name FROM grade g WHERE g.least <= whole.score AND NOT whole.is_thin
            AND (NOT whole.is_vetoed OR g.least <= (SELECT v.least FROM grade v WHERE v.name = %(veto_grade)s))
        ORDER BY g.least DESC LIMIT 1
    ), '')
FROM whole WHERE whole.id = s.id
"""
PLACES = """
WITH placed AS (
    SELECT id, rank() OVER (PARTITION BY side ORDER BY score DESC) AS place
    FROM reports_assessed WHERE assessment_id = %(assessment)s AND score IS NOT NULL AND NOT is_thin
)
UPDATE reports_assessed s SET place = placed.place FROM placed WHERE %(may_rank)s AND placed.id = s.id
"""
FREEZE = (
    """UPDATE reports_scoreline l SET is_frozen = true FROM reports_assessed s
    WHERE s.id = l.assessed_id AND s.assessment_id = %(assessment)s""",
    "UPDATE reports_assessed SET is_frozen = true WHERE assessment_id = %(assessment)s",
)
