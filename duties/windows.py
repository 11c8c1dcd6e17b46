"""The windows of a scheme on a day: each line of what it obliges to, with each of its periods that has begun."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from core.periods import (
    AGREEMENT_YEAR,
    TURN,
    Period,
    before_july,
    half_years,
    lunar_twelfth_months,
    months,
    quarters,
    years,
)
from pairing.models import Round, SchemeVersion
from pairing.models.scheme_change import InForce, in_force
from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import PARTIAL, Frequency, PartPeriod, Subject
from pairing.schemes.floating import FloatingRules
from pairing.schemes.persons import PersonRules
from pairing.states import Side

CALENDAR: dict[str, Callable[[date, date], Iterator[Period]]] = {
    Frequency.MONTH: months,
    Frequency.QUARTER: quarters,
    Frequency.HALF_YEAR: half_years,
    Frequency.YEAR: years,
    Frequency.LUNAR_TWELFTH: lunar_twelfth_months,
}
MILESTONE, PERIOD, INTERVAL = "milestone", "period", "interval"
# Periods that follow from each subject: how their days are found, and how their keys begin.
OWN_DAYS: dict[str, tuple[str, str]] = {
    Frequency.TERM: ("term", ""),
    Frequency.AGREEMENT_YEAR: (INTERVAL, AGREEMENT_YEAR),
    Frequency.REGULARLY: (INTERVAL, TURN),
    Frequency.BEFORE_LEAVING: ("leaving", ""),
    Frequency.AFTER_ARRIVAL: ("arrival", ""),
}
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Window:
    """A line of the scheme and a period, as a row that the database joins with the subjects.

    `days_from`: MILESTONE and PERIOD have their days; others follow from each subject: `days` after its first day, or
    again and again, `months` long, INTERVAL. What counts in a period is due `after_days` later. `rank`: of cadres, who
    each owe as many as the quota of their rank says.
    `since`, `until`: of the version in force; what begins on another day is owed under another version. `is_new`: the
    version before did not have the line, so that what began already and comes but once is owed from `since` on.
    `pro_rata`: of a period that a subject lives through in part, a part is owed.
    """

    scheme_version: int
    round: int | None
    subject: str
    obligation: str
    period: str
    days_from: str
    first_day: date | None
    last_day: date | None
    days: int | None
    after_days: int
    months: int | None
    least: int
    pro_rata: bool
    village_class: str
    not_class: str
    unit_level: str
    rank: str
    participants: str
    pair_kind: str
    counted: str
    by_unit: bool
    by_village: bool
    since: date = date.min
    until: date = date.max
    is_new: bool = False

    @property
    def row(self) -> tuple:
        return astuple(self)


def windows_of_round(round: Round, on: date, versions: Sequence[InForce] | None = None) -> list[Window]:
    """All that have begun by `on`; those of a date of the round from its first day. `versions`: those of the round, or
    others that are merely supposed."""
    found: list[Window] = []
    known: set[str] = set()
    for held in in_force(round) if versions is None else versions:
        rules = held.version.rules
        since, until = held.since or date.min, held.until or date.max
        for rule in rules.obligations:
            is_new = held.since is not None and rule.key not in known
            for period, days_from in _periods(rule, rules.floating, round, on):
                window = _window(rule, held.version, round.pk, period, days_from)
                window = replace(window, since=since, until=until, is_new=is_new)
                found += _by_rank(rule, rules.persons, window)
        known = {rule.key for rule in rules.obligations}
    return found


def windows_of_scheme(version: SchemeVersion, since: date, on: date) -> list[Window]:
    """Of a scheme by itself, for those who take part in no round: floating members."""
    rules = version.rules
    return [
        _window(rule, version, None, period, days_from)
        for rule in rules.obligations
        if rule.subject == Subject.FLOATING
        for period, days_from in _own_or_of_calendar(rule, rules.floating, since, on)
    ]


def _periods(rule: Obligation, floating: FloatingRules, round: Round, on: date) -> Iterator[tuple[Period | None, str]]:
    if rule.subject == Subject.FLOATING:
        return
    if rule.frequency == Frequency.MILESTONE:
        if deadline := round.deadline(rule.milestone):
            yield Period(min(round.starts_on, deadline.last_day), deadline.last_day, ""), MILESTONE
    else:
        yield from _own_or_of_calendar(rule, floating, round.starts_on, min(on, round.ends_on))


def _own_or_of_calendar(
    rule: Obligation, floating: FloatingRules, since: date, on: date
) -> Iterator[tuple[Period | None, str]]:
    if rule.frequency in OWN_DAYS:
        yield None, OWN_DAYS[rule.frequency][0]
    elif rule.frequency == Frequency.BEFORE_JULY:
        for period in before_july(since, on, floating.letter_days):
            yield period, PERIOD
    else:
        for period in CALENDAR[rule.frequency](since, on):
            yield period, PERIOD


def _window(
    rule: Obligation, version: SchemeVersion, round: int | None, period: Period | None, days_from: str
) -> Window:
    return Window(
        scheme_version=version.pk,
        round=round,
        subject=rule.subject,
        obligation=rule.key,
        period=period.key if period else OWN_DAYS[rule.frequency][1],
        days_from=days_from,
        first_day=period.first_day if period else None,
        last_day=period.last_day if period else None,
        days=rule.days,
        after_days=rule.after_days,
        months=_months(rule, version.rules.floating),
        least=rule.least,
        pro_rata=rule.part_period == PartPeriod.PRO_RATA and rule.frequency in PARTIAL,
        village_class=rule.village_class or "",
        not_class=rule.not_class or "",
        unit_level=rule.unit_level or "",
        rank="",
        participants=version.rules.persons.participants,
        pair_kind=rule.pair_kind or "",
        counted=rule.counted,
        by_unit=Side.UNIT in rule.sides and rule.subject != Subject.ORGANISER,
        by_village=Side.VILLAGE in rule.sides and rule.subject != Subject.ORGANISER,
    )


def _by_rank(rule: Obligation, persons: PersonRules, window: Window) -> Iterator[Window]:
    """「4321」: a window for each rank that has a quota (QX-10)."""
    if rule.subject != Subject.CADRE:
        yield window
        return
    for rank, number in persons.quota(rule.pair_kind or "").items():
        yield replace(window, rank=rank, least=number)


def _months(rule: Obligation, floating: FloatingRules) -> int:
    if rule.frequency == Frequency.AGREEMENT_YEAR:
        return MONTHS_OF_A_YEAR
    return rule.interval_months or floating.contact_months
