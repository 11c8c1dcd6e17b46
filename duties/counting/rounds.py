"""What counts for the organiser of a round: how much of the directory is covered, in whole numbers of one hundred.

As the coverage of a round has it (`pairing/figures/coverage.py`): a pairing covers from the day it was reached.
"""

from pairing.schemes.duty_words import Counted


def coverage(counted: str, condition: str, unit: str = "line.organisation_id") -> str:
    """`condition` says which lines of the newest directory have to be covered; `unit` what is counted of them."""
    return f"""
SELECT d.id AS duty_id, 100 * COUNT(DISTINCT {unit}) FILTER (WHERE p.id IS NOT NULL) / COUNT(DISTINCT {unit}) AS done,
    0 AS waiting
FROM duty d
JOIN pairing_round r ON r.id = d.round_id
JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id AND {condition}
LEFT JOIN pairing_pairing p ON p.round_id = r.id AND p.state IN ('negotiating', 'signed')
    AND line.organisation_id = CASE line.side WHEN 'village' THEN p.village_id ELSE p.unit_id END
WHERE d.counted = '{counted}'
GROUP BY d.id
"""  # noqa: S608 - our own words


# Of all pairings of the round before that were signed (基数, SH-18); more than all counts as all.
BASE_NUMBERS = """
SELECT d.id AS duty_id, LEAST(100, COALESCE(100 * now.number / NULLIF(base.number, 0), 100)) AS done, 0 AS waiting
FROM duty d
JOIN pairing_round r ON r.id = d.round_id
CROSS JOIN LATERAL (
    SELECT COUNT(*) AS number FROM pairing_pairing p WHERE p.round_id = r.id AND p.state IN ('negotiating', 'signed')
) now
CROSS JOIN LATERAL (
    SELECT COUNT(*) AS number FROM pairing_pairing p WHERE p.round_id = r.previous_id AND p.state IN ('signed', 'ended')
) base
WHERE d.counted = 'base_number'
"""
# Of the members of the villages of the newest directory those who have a helper (QX-03); nobody on a roster: none.
MEMBERS = """
SELECT d.id AS duty_id, COALESCE(100 * COUNT(helped.id) / NULLIF(COUNT(*), 0), 0) AS done, 0 AS waiting
FROM duty d
JOIN pairing_round r ON r.id = d.round_id
JOIN pairing_directoryentry line ON line.directory_id = r.newest_directory_id
    AND line.side = 'village' AND line.kind = 'village'
JOIN members_member m ON m.organisation_id = line.organisation_id AND m.left_on IS NULL
LEFT JOIN LATERAL (
    SELECT pair.id FROM members_personpair pair
    WHERE pair.target_member_id = m.id AND pair.round_id = r.id AND pair.state = 'active' LIMIT 1
) helped ON true
WHERE d.counted = 'member_coverage'
GROUP BY d.id
"""
ROUNDS: dict[str, tuple[str, ...]] = {
    Counted.PLACE_COVERAGE: (
        coverage(Counted.PLACE_COVERAGE, "line.side = 'village' AND line.kind IN ('township', 'village')"),
    ),
    Counted.VILLAGE_COVERAGE: (coverage(Counted.VILLAGE_COVERAGE, "line.side = 'village' AND line.kind = 'village'"),),
    Counted.KIND_COVERAGE: (coverage(Counted.KIND_COVERAGE, "line.side = 'unit'", "line.kind"),),
    Counted.MEMBER_COVERAGE: (MEMBERS,),
    Counted.BASE_NUMBER: (BASE_NUMBERS,),
}
