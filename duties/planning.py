"""Which duties should exist on a day: planned as sets, however often, in a constant number of statements.

The lines of the schemes with their periods (`windows`) are joined with their subjects in the database; what is new is
inserted, what changed is changed, what no longer follows lapses. A duty that was waived stays as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from psycopg2.extras import execute_values

from duties.roomy import ROOMY
from duties.subjects import OWNERS, PLANNED, SAME, SHOULD_BE
from duties.windows import Window, windows_of_round, windows_of_scheme
from members.models import FloatingRecord
from pairing.models import Round, SchemeVersion
from pairing.models.scheme_change import CHANGES
from pairing.states import RoundState

MANY = 10_000  # new rows, after which the database looks at the table anew rather than wait for its own turn
LOOKING_BACK = timedelta(days=366)  # for members away from home, who take part in no round


@dataclass(frozen=True)
class Planned:
    """How many duties were added, changed and given up."""

    added: int = 0
    changed: int = 0
    lapsed: int = 0


def plan(on: date, *, pairings: Collection[int] | None = None, round: int | None = None) -> Planned:
    """All open rounds and all floating members; or just these pairings, or one round, by primary key."""
    all_of_it = pairings is None and round is None
    found = _windows_of_rounds(on, round) + (_windows_of_schemes(on) if all_of_it else [])
    of_some = None if pairings is None else list(pairings)
    with transaction.atomic(), connection.cursor() as cursor:
        should_be(cursor, found, on, of_some)
        cursor.execute(DIFFERENCE, {"on": on, "pairings": of_some, "round": round})
        cursor.execute(CHANGE)
        changed = cursor.rowcount
        cursor.execute(LAPSE)
        lapsed = cursor.rowcount
        cursor.execute(ADD, {"on": on})
        added = cursor.rowcount
        analyse = "; ANALYZE duties_duty" if added > MANY else ""
        cursor.execute(f"DROP TABLE duty_window, duty_planned, duty_difference{analyse}")
    return Planned(added, changed, lapsed)


def should_be(cursor: Any, windows: list[Window], on: date, pairings: list[int] | None = None) -> None:
    """What should be owed on that day, in the temporary table `duty_planned`; whoever asked drops it."""
    cursor.execute(f"{ROOMY} {WINDOWS}")
    if windows:
        rows = [window.row for window in windows]
        execute_values(cursor.cursor, "INSERT INTO duty_window VALUES %s", rows, page_size=len(rows))
    cursor.execute(f"{SHOULD_BE}; ANALYZE duty_planned", {"on": on, "since": on - LOOKING_BACK, "pairings": pairings})


def _windows_of_rounds(on: date, one: int | None) -> list[Window]:
    rounds = Round.objects.filter(state=RoundState.OPEN, starts_on__lte=on).order_by("pk")
    rounds = rounds if one is None else rounds.filter(pk=one)
    read = rounds.select_related("scheme_version").prefetch_related("milestones", CHANGES)
    return [window for round in read for window in windows_of_round(round, on)]


def _windows_of_schemes(on: date) -> list[Window]:
    used = FloatingRecord.objects.order_by().values("scheme_version")
    versions = SchemeVersion.objects.filter(pk__in=used).order_by("pk")
    return [window for version in versions for window in windows_of_scheme(version, on - LOOKING_BACK, on)]


WINDOWS = """
CREATE TEMPORARY TABLE duty_window (
    scheme_version_id bigint, round_id bigint, subject text, obligation text, period text, days_from text,
    first_day date, last_day date, days int, after_days int, months int, least int, pro_rata boolean,
    village_class text, not_class text, unit_level text, rank text, participants text, pair_kind text, counted text,
    by_unit boolean, by_village boolean, since date, until date, is_new boolean
) ON COMMIT DROP
"""
OF_PLAN = ("scheme_version_id", "starts_on", "due_on", "least", *OWNERS)  # what may change of a duty
CHANGING = ", ".join(f"d.{each}" for each in (*OF_PLAN, "state"))
PLANNED_AS = ", ".join(f"p.{each}" for each in OF_PLAN) + ", 'open'"
# Compared once, before anything is written: a table would be gone through while it grows.
DIFFERENCE = f"""
CREATE TEMPORARY TABLE duty_difference ON COMMIT DROP AS
SELECT d.id, p.obligation IS NULL AS lapses, p.*
FROM (
    SELECT * FROM duties_duty WHERE (%(pairings)s::bigint[] IS NULL OR pairing_id = ANY (%(pairings)s))
        AND (%(round)s::bigint IS NULL OR round_id = %(round)s)
) d
FULL JOIN duty_planned p ON {SAME}
WHERE CASE
    WHEN d.id IS NULL THEN true
    WHEN p.obligation IS NULL THEN d.state = 'open' AND d.starts_on <= %(on)s
        AND (d.round_id IS NULL OR d.round_id IN (SELECT id FROM pairing_round WHERE state = 'open'))
    ELSE d.state <> 'waived' AND ({CHANGING}) IS DISTINCT FROM ({PLANNED_AS})
END
"""  # noqa: S608 - our own words
CHANGE = f"""
UPDATE duties_duty d SET ({", ".join((*OF_PLAN, "state"))}) = ({PLANNED_AS})
FROM duty_difference p WHERE p.id = d.id AND NOT p.lapses
"""  # noqa: S608 - our own words
LAPSE = "UPDATE duties_duty d SET state = 'lapsed' FROM duty_difference p WHERE p.id = d.id AND p.lapses"
ADD = f"""
INSERT INTO duties_duty (
    scheme_version_id, round_id, obligation, period, {", ".join(PLANNED)},
    starts_on, due_on, least, state, planned_on, done, waiting
)
SELECT scheme_version_id, round_id, obligation, period, {", ".join(PLANNED)},
    starts_on, due_on, least, 'open', %(on)s, 0, 0
FROM duty_difference WHERE id IS NULL
ON CONFLICT DO NOTHING
"""  # noqa: S608 - our own words
