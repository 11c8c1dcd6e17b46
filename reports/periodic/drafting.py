"""Drafting reports from the records once their period is over: all at once, in a constant number of statements.

What exists and was not handed in is counted anew; words are never touched.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from duties.models import Duty
from duties.roomy import ROOMY
from pairing.models import Round
from pairing.states import RoundState
from reports.models import PeriodicReport
from reports.periodic.counting import (
    ABOVE,
    DESK,
    FIGURES,
    MERGED,
    REACH,
    REPORTING,
    SUBJECT,
    counted_now,
    of_these,
    rules_of,
    versions_of,
)

MANY = 10_000  # new rows, after which the database looks at the table anew rather than wait for its own turn
# How many rows lie between days the database can't foresee. Expecting few, it would look each of hundreds of thousands
# up by itself; all are gone through once instead.
AT_ONCE = "SET LOCAL enable_nestloop = off; SET LOCAL enable_sort = off; SET LOCAL jit = off;"
TABLES = ("reporting", "subject", "reach", "above", "counted")


@dataclass(frozen=True)
class Drafted:
    """How many reports were added, how many others were counted anew and had changed."""

    added: int = 0
    changed: int = 0


def draft_all(on: date, at: datetime, *, round: Round | None = None) -> Drafted:
    """Of all open rounds, or of one: what is owed for periods that ended before that day."""
    rounds = Round.objects.filter(state=RoundState.OPEN)
    rounds = rounds if round is None else rounds.filter(pk=round.pk)
    rules, keys = rules_of(versions_of(rounds)), list(rounds.order_by().values_list("pk", flat=True))
    if rules == "[]":
        return Drafted()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{ROOMY} {AT_ONCE} {PREPARE}", {"rules": rules, "rounds": keys, "on": on})
        cursor.execute(KEEP, {"at": at})
        changed = cursor.rowcount
        cursor.execute(ADD, {"at": at})
        added = cursor.rowcount
        cursor.execute(f"{KNOWN}; ANALYZE reports_periodicreport" if added > MANY else KNOWN)
        cursor.execute(ROLL_UP)
        cursor.execute(f"DROP TABLE {', '.join(TABLES)}")
    return Drafted(added, changed)


def draft_one(duty: Duty, at: datetime) -> PeriodicReport:
    """On demand; whoever calls holds the lock of the duty."""
    with connection.cursor() as cursor:
        rules = rules_of([duty.scheme_version])
        cursor.execute(ADD_ONE, {"rules": rules, "duties": [duty.pk], "at": at})
    return PeriodicReport.objects.with_parts().get(duty=duty)


def draft_again(report: PeriodicReport, at: datetime) -> None:
    """One, with the figures of now; whoever calls holds its lock."""
    report.figures, report.merged = counted_now([report]).get(report.pk, (report.figures, report.merged))
    report.drafted_at = at
    report.save(update_fields=["figures", "merged", "drafted_at"])


WHICH = """d.round_id = ANY (%(rounds)s) AND d.state = 'open' AND d.due_on - r.after_days < %(on)s
    AND (report.id IS NULL OR report.state IN ('drafted', 'returned'))"""
PREPARE = f"""
CREATE TEMPORARY TABLE reporting ON COMMIT DROP AS {REPORTING};
ANALYZE reporting;
CREATE TEMPORARY TABLE subject ON COMMIT DROP AS {SUBJECT.format(which=WHICH)};
ANALYZE subject;
CREATE TEMPORARY TABLE reach ON COMMIT DROP AS {REACH};
ANALYZE reach;
CREATE TEMPORARY TABLE above ON COMMIT DROP AS {ABOVE};
ANALYZE above;
CREATE TEMPORARY TABLE counted ON COMMIT DROP AS {FIGURES};
ANALYZE counted
"""
KEEP = """
UPDATE reports_periodicreport kept SET figures = COALESCE(c.figures, '{}'::jsonb), drafted_at = %(at)s
FROM subject s LEFT JOIN counted c ON c.subject_id = s.id
WHERE kept.id = s.report_id AND kept.figures IS DISTINCT FROM COALESCE(c.figures, '{}'::jsonb)
"""
INTO = """INSERT INTO reports_periodicreport (
    duty_id, round_id, line, obligation, period, starts_on, ends_on, due_on, member_id, organisation_id, desk_id, state,
    figures, merged, drafted_at
)"""
ADD_ONE = f"""{INTO}
{of_these()}
SELECT s.id, s.round_id, s.line, s.obligation, s.period, s.starts_on, s.ends_on, s.due_on, s.member_id,
    s.organisation_id, {DESK}, 'drafted', COALESCE(c.figures, '{{}}'::jsonb), COALESCE(m.merged, '{{}}'::jsonb), %(at)s
FROM subject s JOIN pairing_round round ON round.id = s.round_id
LEFT JOIN ({FIGURES}) c ON c.subject_id = s.id LEFT JOIN ({MERGED}) m ON m.subject_id = s.id
"""  # noqa: S608 - our own words
ADD = f"""
{INTO}
SELECT s.id, s.round_id, s.line, s.obligation, s.period, s.starts_on, s.ends_on, s.due_on, s.member_id,
    s.organisation_id, {DESK}, 'drafted', COALESCE(c.figures, '{{}}'::jsonb), '{{}}'::jsonb, %(at)s
FROM subject s JOIN pairing_round round ON round.id = s.round_id LEFT JOIN counted c ON c.subject_id = s.id
WHERE s.report_id IS NULL
ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own words
ROLL_UP = f"""
UPDATE reports_periodicreport kept SET merged = m.merged
FROM subject s JOIN ({MERGED}) m ON m.subject_id = s.id
WHERE kept.id = s.report_id AND kept.merged IS DISTINCT FROM m.merged
"""  # noqa: S608 - our own words
KNOWN = "UPDATE subject SET report_id = r.id FROM reports_periodicreport r WHERE r.duty_id = subject.id"
