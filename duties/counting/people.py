"""What counts for households in need, cadres, members and the pairs between persons."""

from pairing.schemes.duty_words import Counted

# Only a helper who is still there helps; `duty` carries the kind of pairs that its line names (QX-10, QX-16).
HELPERS_OF_HOUSEHOLDS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN members_personpair pp ON pp.target_household_id = d.household_id AND pp.kind = d.pair_kind AND pp.state = 'active'
LEFT JOIN members_member helper ON helper.id = pp.helper_member_id
LEFT JOIN members_household able ON able.id = pp.helper_household_id
WHERE d.counted = 'person_pair' AND helper.left_on IS NULL AND able.left_on IS NULL
GROUP BY d.id
"""
HOUSEHOLDS_OF_CADRES = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN members_personpair pp ON pp.helper_member_id = d.member_id AND pp.kind = d.pair_kind AND pp.state = 'active'
JOIN members_household h ON h.id = pp.target_household_id AND h.left_on IS NULL
WHERE d.counted = 'person_pair'
GROUP BY d.id
"""


def helped(counted: str, target: str) -> str:
    """One needy member and one needy villager, each for itself (TN-03); `target` is a table of people."""
    return f"""
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN members_personpair pp ON pp.helper_member_id = d.member_id AND pp.kind = d.pair_kind AND pp.state = 'active'
JOIN members_{target} helped ON helped.id = pp.target_{target}_id AND helped.left_on IS NULL
WHERE d.counted = '{counted}'
GROUP BY d.id
"""  # noqa: S608 - our own words


# Each change of a plan is a new version of it; a pair has one (TN-16).
HARDSHIP_PLANS = """
SELECT d.id AS duty_id, 1 AS done, 0 AS waiting
FROM duty d
WHERE d.counted = 'hardship_plan' AND EXISTS (SELECT 1 FROM members_hardshipplan p WHERE p.pair_id = d.person_pair_id)
"""
# A visit is complete once what it had to ask is answered (XY-08).
HOUSEHOLD_VISITS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN visits_householdvisit v ON v.target_household_id = d.household_id AND v."on" BETWEEN d.starts_on AND d.due_on
    AND v.took_place AND v.withdrawn_at IS NULL AND v.asks <@ v.answered
WHERE d.counted = 'household_visit'
GROUP BY d.id
"""
# What a visit found names the household; solved it is by a closed issue, or by an activity that both sides confirmed.
SOLVED_DIFFICULTIES = """
SELECT d.id AS duty_id, COUNT(DISTINCT f.id) AS done, 0 AS waiting
FROM duty d
JOIN visits_householdvisit v ON v.target_household_id = d.household_id AND v.withdrawn_at IS NULL
JOIN visits_finding f ON f.visit_id = v.id
JOIN visits_findinganswer answer ON answer.finding_id = f.id
LEFT JOIN pairing_issue i ON i.id = answer.issue_id
LEFT JOIN visits_activity a ON a.id = answer.activity_id AND a.state = 'confirmed' AND a.nature = 'solved_difficulty'
WHERE d.counted = 'solved_difficulty'
    AND ((i.closed_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN d.starts_on AND d.due_on
        OR a."on" BETWEEN d.starts_on AND d.due_on)
GROUP BY d.id
"""
# Of the days on which a member was in a village - at a door, or named in an activity of the own unit - those with an
# entry in their diary; where nobody went, nothing is missing (XY-20).
DIARIES = """
SELECT duty_id, COALESCE(100 * COUNT(*) FILTER (WHERE written) / NULLIF(COUNT("on"), 0), 100), 0
FROM (
    SELECT DISTINCT d.id AS duty_id, trip."on", EXISTS (
        SELECT 1 FROM visits_diary diary JOIN visits_diaryentry entry ON entry.diary_id = diary.id
        WHERE diary.member_id = d.member_id AND entry."on" = trip."on"
    ) AS written
    FROM duty d
    JOIN members_member m ON m.id = d.member_id
    LEFT JOIN LATERAL (
        SELECT v."on" FROM visits_householdvisit v
        WHERE v.recorded_by_id = m.user_id AND v.took_place AND v.withdrawn_at IS NULL
            AND v."on" BETWEEN d.starts_on AND d.due_on
        UNION
        SELECT a."on" FROM visits_activity a JOIN visits_participant who ON who.activity_id = a.id
        WHERE a.unit_id = d.unit_id AND who.name = m.name AND a.state IN ('submitted', 'confirmed')
            AND a."on" BETWEEN d.starts_on AND d.due_on
    ) trip ON true
    WHERE d.counted = 'diary'
) trips GROUP BY duty_id
"""
PEOPLE: dict[str, tuple[str, ...]] = {
    Counted.PERSON_PAIR: (HELPERS_OF_HOUSEHOLDS, HOUSEHOLDS_OF_CADRES),
    Counted.NEEDY_MEMBER: (helped(Counted.NEEDY_MEMBER, "member"),),
    Counted.NEEDY_VILLAGER: (helped(Counted.NEEDY_VILLAGER, "person"),),
    Counted.HARDSHIP_PLAN: (HARDSHIP_PLANS,),
    Counted.HOUSEHOLD_VISIT: (HOUSEHOLD_VISITS,),
    Counted.DIARY: (DIARIES,),
    Counted.SOLVED_DIFFICULTY: (SOLVED_DIFFICULTIES,),
}
