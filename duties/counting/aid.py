"""What counts of aid: projects that the village accepted, what it received, and what is told of money and goods."""

from duties.occasions import listed
from funds.querysets.disclosure import DISCLOSABLE
from pairing.schemes.duty_words import Counted

MOST = 2_000_000_000  # yuan, as much as the column holds

# By the day on which it was finished; a pooled project counts for each pairing that gives a share (SH-39, SH-47).
PROJECTS = """
SELECT d.id AS duty_id, COUNT(DISTINCT p.id) FILTER (WHERE p.state = 'accepted') AS done,
    COUNT(DISTINCT p.id) FILTER (WHERE p.state = 'finished') AS waiting
FROM duty d
JOIN (
    SELECT id AS project_id, pairing_id FROM funds_project WHERE pairing_id IS NOT NULL
    UNION ALL SELECT project_id, pairing_id FROM funds_projectshare
) given ON given.pairing_id = d.pairing_id
JOIN funds_project p ON p.id = given.project_id AND p.state IN ('accepted', 'finished')
    AND p.finished_on BETWEEN d.starts_on AND d.due_on
WHERE d.counted = 'project'
GROUP BY d.id
"""
# In whole yuan: what the village received, by all units of the pairing together; what was sent and not confirmed yet
# waits. Co-ordinated money and investments never count (SH-14, SH-46), nor what was reversed.
MONEY = f"""
SELECT d.id AS duty_id,
    LEAST(FLOOR(COALESCE(SUM(e.amount) FILTER (WHERE e.kind IN ('receipt', 'goods')), 0)), {MOST})::bigint AS done,
    LEAST(FLOOR(COALESCE(SUM(e.amount) FILTER (WHERE e.kind IN ('sent', 'goods_sent')), 0)), {MOST})::bigint AS waiting
FROM duty d
JOIN funds_fund f ON f.pairing_id = d.pairing_id
JOIN funds_entry e ON e.fund_id = f.id AND e."on" BETWEEN d.starts_on AND d.due_on AND e.corrects_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.corrects_id = e.id)
    AND (e.kind IN ('receipt', 'goods') OR e.kind IN ('sent', 'goods_sent') AND e.answers_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM funds_entry a WHERE a.answers_id = e.id
            AND NOT EXISTS (SELECT 1 FROM funds_entry r WHERE r.corrects_id = a.id)
    ))
WHERE d.counted = 'money'
GROUP BY d.id
"""  # noqa: S608 - our own words
# Of all that was received and spent in these days, and of what was reversed: how much was published (SH-53). What was
# published stands for fifteen days at least and is never changed (`disclosure_fifteen_days`); a shorter time does not
# count.
DISCLOSURES = f"""
SELECT d.id AS duty_id, 100 * COUNT(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM funds_disclosedentry line JOIN funds_disclosure p ON p.id = line.disclosure_id
        WHERE line.entry_id = e.id AND p.state = 'published'
    )) / COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN funds_fund f ON f.pairing_id = d.pairing_id
JOIN funds_entry e ON e.fund_id = f.id AND e."on" BETWEEN d.starts_on AND d.due_on
    AND e.kind IN ({listed(DISCLOSABLE)})
WHERE d.counted = 'disclosure'
GROUP BY d.id
"""  # noqa: S608 - our own words
# By the last day that it tells of, not by the day it was sent (SH-54); what was only asked for is none yet.
FEEDBACK = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN funds_feedback told ON told.pairing_id = d.pairing_id AND told.ends_on BETWEEN d.starts_on AND d.due_on
    AND told.sent_at IS NOT NULL
WHERE d.counted = 'feedback'
GROUP BY d.id
"""
AID: dict[str, tuple[str, ...]] = {
    Counted.PROJECT: (PROJECTS,),
    Counted.MONEY: (MONEY,),
    Counted.DISCLOSURE: (DISCLOSURES,),
    Counted.FEEDBACK: (FEEDBACK,),
}
