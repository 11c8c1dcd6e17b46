"""What counts for members away from home: their papers, reports and deeds, and what the two places do for them."""

from pairing.schemes.duty_words import Counted

# Reports to the origin are named by their half-year, not by the day they came (SF-33).
HALF_YEAR_REPORTS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN members_halfyearreport r ON r.record_id = d.floating_id AND r.year = EXTRACT(year FROM d.starts_on)
    AND r.half = CASE WHEN EXTRACT(month FROM d.starts_on) < 7 THEN 1 ELSE 2 END
WHERE d.counted = 'half_year_report'
GROUP BY d.id
"""
FLOATING_DEEDS = """
SELECT d.id AS duty_id, COUNT(*) FILTER (WHERE g.confirmed_at IS NOT NULL) AS done,
    COUNT(*) FILTER (WHERE g.confirmed_at IS NULL) AS waiting
FROM duty d JOIN members_floatingdeed g ON g.record_id = d.floating_id AND g."on" BETWEEN d.starts_on AND d.due_on
WHERE d.counted = 'floating_deed'
GROUP BY d.id
"""


def paper(counted: str, condition: str) -> str:
    """What the record of the member itself tells of."""
    return f"""
SELECT d.id AS duty_id, 1 AS done, 0 AS waiting
FROM duty d JOIN members_floatingrecord f ON f.id = d.floating_id
WHERE d.counted = '{counted}' AND {condition}
"""  # noqa: S608 - our own words


# Whenever they were in touch in these days, whichever of the two began (XC-12).
CONTACTS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d JOIN members_floatingcontact c ON c.record_id = d.floating_id AND c."on" BETWEEN d.starts_on AND d.due_on
WHERE d.counted = 'contact'
GROUP BY d.id
"""
# One letter a year for each member; sent by 30 June at the latest (SF-36).
GREETING_LETTERS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d JOIN members_greetingletter l ON l.record_id = d.floating_id AND l.year = EXTRACT(year FROM d.due_on)
    AND l.sent_on <= d.due_on
WHERE d.counted = 'greeting_letter'
GROUP BY d.id
"""
# Held in that lunar month, by the village or by a place above it, such as its township (SF-37).
FORUMS = """
SELECT d.id AS duty_id, COUNT(*) AS done, 0 AS waiting
FROM duty d
JOIN organisations_organisation village ON village.id = d.organisation_id
JOIN members_floatingforum held ON held.held_on BETWEEN d.starts_on AND d.due_on
JOIN organisations_organisation place ON place.id = held.place_id AND starts_with(village.path, place.path)
WHERE d.counted = 'floating_forum'
GROUP BY d.id
"""
FLOATING: dict[str, tuple[str, ...]] = {
    Counted.HALF_YEAR_REPORT: (HALF_YEAR_REPORTS,),
    Counted.FLOATING_DEED: (FLOATING_DEEDS,),
    Counted.CERTIFICATE: (paper(Counted.CERTIFICATE, "f.certificate_number <> ''"),),
    Counted.FLOATING_AGREEMENT: (paper(Counted.FLOATING_AGREEMENT, "f.agreement_signed_on IS NOT NULL"),),
    Counted.FLOATING_TRAINING: (paper(Counted.FLOATING_TRAINING, "f.trained_on IS NOT NULL"),),
    Counted.REPORT_IN: (paper(Counted.REPORT_IN, "f.reported_in_on IS NOT NULL"),),
    Counted.CONTACT: (CONTACTS,),
    Counted.GREETING_LETTER: (GREETING_LETTERS,),
    Counted.FLOATING_FORUM: (FORUMS,),
}
