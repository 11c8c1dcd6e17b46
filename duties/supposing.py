"""What would be owed if: under another version of the scheme, or with another number. Nothing is written.

Planned by the same statements as what is owed (`duties.planning`), into temporary tables that are dropped again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from core.periods import words_of
from duties.counting.count import counting
from duties.planning import should_be
from duties.subjects import SAME
from duties.windows import windows_of_round
from pairing.models import Round, SchemeChange, SchemeVersion
from pairing.models.scheme_change import in_force
from pairing.schemes.duties import Obligation

AHEAD = timedelta(days=364)  # a whole year: so far is looked, and never beyond the end of the round
EXAMPLES = 8  # of each line
MOST = 200  # named on the page of one supposed number


@dataclass
class Effect:
    """On one line of the scheme, until `Difference.until`: numbers of duties. `overdue`: over already, and not met."""

    rule: Obligation
    appears: int = 0
    vanishes: int = 0
    changes: int = 0
    overdue: int = 0
    examples: list["Example"] = field(default_factory=list)


@dataclass(frozen=True)
class Example:
    what: str
    subject: str
    period: str
    due_on: date
    least_before: int | None
    least_after: int | None
    is_overdue: bool

    @property
    def period_words(self) -> str:
        return words_of(self.period)


@dataclass(frozen=True)
class Difference:
    effects: list[Effect]
    until: date

    def total(self, what: str) -> int:
        return sum(getattr(effect, what) for effect in self.effects)


def difference(round: Round, version: SchemeVersion, from_day: date, today: date) -> Difference:
    """What would change in this round if the version were in force from that day on: duties that begin until a year
    after it. A constant number of statements."""
    until = min(round.ends_on, max(from_day, today) + AHEAD)
    decided = SchemeChange(round=round, before=round.scheme_version, version=version, from_day=from_day)
    now, then = in_force(round), in_force(round, decided)
    with nothing_written() as cursor:
        should_be(cursor, windows_of_round(round, until, now), until)
        cursor.execute(KEEP_AS_BEFORE)
        should_be(cursor, windows_of_round(round, until, then), until)
        sql, parameters = counting([held.version for held in then], "duty_planned", "d.due_on < %(today)s")
        otherwise = counted_otherwise([held.version for held in now], version)
        compare = f"{NUMBERED}; {COMPARE.format(counted=sql)}; {TOTALS}"
        cursor.execute(compare, {**parameters, "today": today, "otherwise": otherwise})
        totals = cursor.fetchall()
        cursor.execute(SOME, {"examples": EXAMPLES})
        rows = cursor.fetchall()
    rules = {rule.key: rule for held in (*now, *then) for rule in held.version.rules.obligations}
    effects = {code: Effect(rules[code], *numbers) for code, *numbers in totals}
    for code, *values in rows:
        effects[code].examples.append(Example(*values))
    return Difference([effects[code] for code in rules if code in effects], until)


def counted_otherwise(versions: list[SchemeVersion], version: SchemeVersion) -> list[str]:
    """The lines that another kind of record would meet than under the versions before."""
    before = {rule.key: _counted_as(rule) for each in versions for rule in each.rules.obligations}
    return [rule.key for rule in version.rules.obligations if before.get(rule.key) != _counted_as(rule)]


def _counted_as(rule: Obligation) -> tuple:
    return (rule.counted, rule.method, rule.plan, rule.pair_kind, tuple(rule.natures), tuple(rule.roles))


@contextmanager
def nothing_written() -> Iterator[Any]:
    """A cursor for temporary tables; whatever happens within is rolled back, they with it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            yield cursor
        transaction.set_rollback(True)


KEEP_AS_BEFORE = "ALTER TABLE duty_planned RENAME TO duty_before; DROP TABLE duty_window"
NUMBERED = "ALTER TABLE duty_planned ADD COLUMN id bigserial"
# Of people only who answers for them is named.
COMPARE = f"""
CREATE TEMPORARY TABLE duty_difference ON COMMIT DROP AS
WITH counted AS ({{counted}}), both_plans AS (
    SELECT COALESCE(p.obligation, d.obligation) AS obligation, COALESCE(p.period, d.period) AS period,
        COALESCE(p.pairing_id, d.pairing_id) AS pairing_id,
        COALESCE(p.unit_id, d.unit_id, p.village_id, d.village_id, p.organisation_id, d.organisation_id)
            AS owner_id,
        COALESCE(p.due_on, d.due_on) AS due_on, d.least AS least_before, p.least AS least_after,
        CASE WHEN d.obligation IS NULL THEN 'appears' WHEN p.obligation IS NULL THEN 'vanishes' ELSE 'changes' END
            AS what,
        p.due_on < %(today)s AND p.least > COALESCE(counted.done, 0)
            AND (d.least IS NULL OR d.least <= COALESCE(counted.done, 0) OR d.due_on >= %(today)s) AS is_overdue
    FROM duty_before d FULL JOIN duty_planned p ON {SAME}
    LEFT JOIN counted ON counted.duty_id = p.id
    WHERE d.obligation IS NULL OR p.obligation IS NULL
        OR (d.starts_on, d.due_on, d.least, d.unit_id, d.village_id)
            IS DISTINCT FROM (p.starts_on, p.due_on, p.least, p.unit_id, p.village_id)
        OR d.scheme_version_id <> p.scheme_version_id AND p.obligation = ANY (%(otherwise)s)
)
SELECT obligation, period, pairing_id, owner_id, due_on, least_before, least_after, what,
    COALESCE(is_overdue, false) AS is_overdue
FROM both_plans
"""  # noqa: S608 - our own words
TOTALS = """
SELECT obligation, COUNT(*) FILTER (WHERE what = 'appears'), COUNT(*) FILTER (WHERE what = 'vanishes'),
    COUNT(*) FILTER (WHERE what = 'changes'), COUNT(*) FILTER (WHERE is_overdue)
FROM duty_difference GROUP BY obligation
"""
# Those that would be overdue first.
SOME = """
WITH ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY obligation ORDER BY is_overdue DESC, due_on, what, pairing_id, owner_id
    ) AS place
    FROM duty_difference
)
SELECT obligation, what, COALESCE(unit.name || ' — ' || village.name, own.name), period, due_on, least_before,
    least_after, is_overdue
FROM ranked
LEFT JOIN pairing_pairing p ON p.id = ranked.pairing_id
LEFT JOIN organisations_organisation unit ON unit.id = p.unit_id
LEFT JOIN organisations_organisation village ON village.id = p.village_id
LEFT JOIN organisations_organisation own ON own.id = ranked.owner_id
WHERE place <= %(examples)s ORDER BY place
"""


@dataclass(frozen=True)
class Supposed:
    """Of one duty that is owed, with another number: how far it is, as counted last."""

    pk: int
    subject: str
    period: str
    due_on: date
    done: int
    least: int
    supposed: int

    @property
    def period_words(self) -> str:
        return words_of(self.period)

    @property
    def is_new(self) -> bool:
        """Met by the number that holds, not by the supposed one."""
        return self.done >= self.least


@dataclass(frozen=True)
class Supposition:
    """Numbers of duties of one line that have begun. `late`: over and not met; `short`: their period still runs."""

    owed: int
    late_now: int
    late_then: int
    short_now: int
    short_then: int
    rows: list[Supposed]

    @property
    def share(self) -> int:
        """In percent of all, of those that would be behind."""
        return self.behind_then * 100 // self.owed if self.owed else 0

    @property
    def behind_now(self) -> int:
        return self.late_now + self.short_now

    @property
    def behind_then(self) -> int:
        return self.late_then + self.short_then


def suppose(round: Round, obligation: str, least: int, today: date) -> Supposition:
    """Who would be behind if at least so many were owed, part periods reckoned in. A constant number of statements."""
    windows = [replace(each, least=least) for each in windows_of_round(round, today) if each.obligation == obligation]
    with nothing_written() as cursor:
        should_be(cursor, windows, today)
        cursor.execute(SUPPOSED, {"today": today, "most": MOST})
        rows = cursor.fetchall()
    owed, late_now, late_then, short_now, short_then, *_nobody = rows[0]
    named = [Supposed(*row[5:]) for row in rows if row[5] is not None]
    return Supposition(owed, late_now, late_then, short_now, short_then, named)


# The numbers stand in each row, in one without a duty where nobody is behind. Those that would be behind only then come
# first, worst before the rest.
SUPPOSED = f"""
WITH compared AS (
    SELECT d.*, p.least AS supposed FROM duties_duty d JOIN duty_planned p ON {SAME} WHERE d.state = 'open'
), numbers AS (
    SELECT COUNT(*), COUNT(*) FILTER (WHERE due_on < %(today)s AND done < least),
        COUNT(*) FILTER (WHERE due_on < %(today)s AND done < supposed),
        COUNT(*) FILTER (WHERE due_on >= %(today)s AND done < least),
        COUNT(*) FILTER (WHERE due_on >= %(today)s AND done < supposed)
    FROM compared
), named AS (
    SELECT * FROM compared WHERE done < supposed ORDER BY done < least, due_on, id LIMIT %(most)s
)
SELECT numbers.*, d.id, COALESCE(unit.name || ' — ' || village.name, own.name), d.period, d.due_on, d.done, d.least,
    d.supposed
FROM numbers LEFT JOIN named d ON true
LEFT JOIN pairing_pairing pair ON pair.id = d.pairing_id
LEFT JOIN organisations_organisation unit ON unit.id = pair.unit_id
LEFT JOIN organisations_organisation village ON village.id = pair.village_id
LEFT JOIN organisations_organisation own ON own.id = COALESCE(d.unit_id, d.village_id, d.organisation_id)
ORDER BY d.done < d.least, d.due_on, d.id
"""  # noqa: S608 - our own words
