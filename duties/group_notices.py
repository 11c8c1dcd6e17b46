"""What the robots of groups say of duties: how many units and villages are behind, and never who."""

from datetime import date, datetime

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_noop

from core.dates import chinese_date
from office.outbox.groups import tell_groups
from organisations.kinds import DESKS
from organisations.models import Organisation

KIND = "duties behind"
BEHIND = gettext_noop("%(units)s units and %(villages)s villages are behind with duties (%(day)s)")


def tell_of_late(today: date, at: datetime) -> int:
    """On days on which somebody was reminded of something late: for each group what its organisation's area is behind
    in. One statement, and two to write; returns how many groups are told."""
    with connection.cursor() as cursor:
        given = {"today": today, "desks": [str(kind) for kind in DESKS], "step": Organisation.steplen}
        cursor.execute(BEHIND_BELOW, given)
        rows = cursor.fetchall()
    day = chinese_date(today)
    told = {group: {"units": units, "villages": villages, "day": day} for group, units, villages in rows}
    return tell_groups(told, kind=KIND, subject=BEHIND, url=reverse("home"), key=f"duties-behind:{today}", at=at)


BEHIND_BELOW = """
WITH late AS MATERIALIZED (
    SELECT owner, bool_or(is_unit) AS is_unit, bool_or(is_new) AS is_new
    FROM duties_duty d
    CROSS JOIN LATERAL (VALUES (d.unit_id, true), (d.village_id, false)) AS side (owner, is_unit)
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT 1 FROM duties_reminder r
        WHERE r.duty_id = d.id AND r.organisation_id = side.owner AND r.digest_on = %(today)s AND r.sent_by_id IS NULL
    ) AS is_new) AS reminded
    WHERE owner IS NOT NULL AND d.state = 'open' AND d.done < d.least AND d.due_on < %(today)s
        AND (d.round_id IS NULL OR d.round_id IN (SELECT id FROM pairing_round WHERE state = 'open'))
        AND EXISTS (SELECT 1 FROM office_groupchannel WHERE off_at IS NULL)
    GROUP BY owner
), above AS (
    SELECT late.*, left(o.path, size) AS path
    FROM late JOIN organisations_organisation o ON o.id = late.owner
    CROSS JOIN generate_series(%(step)s, length(o.path), %(step)s) AS size
)
SELECT c.id, count(*) FILTER (WHERE is_unit), count(*) FILTER (WHERE NOT is_unit)
FROM office_groupchannel c JOIN organisations_organisation o ON o.id = c.organisation_id
JOIN above ON above.path = CASE
    WHEN o.kind = ANY (%(desks)s) AND length(o.path) > %(step)s THEN left(o.path, -%(step)s) ELSE o.path
END
WHERE c.off_at IS NULL
GROUP BY c.id
HAVING bool_or(is_new)
"""
