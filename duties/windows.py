"""The windows of a scheme on a day: each line of what it obliges to, with each of its periods that has begun."""

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import date

from core.periods import Period, half_years, lunar_twelfth_months, months, quarters, years
from pairing.models import Round, SchemeVersion
from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import Frequency, PartPeriod, Subject
from pairing.states import Side

CALENDAR: dict[str, Callable[[date, date], Iterator[Period]]] = {
    Frequency.MONTH: months,
    Frequency.QUARTER: quarters,
    Frequency.HALF_YEAR: half_years,
    Frequency.YEAR: years,
    Frequency.LUNAR_TWELFTH: lunar_twelfth_months,
}
MILESTONE, PERIOD, TERM, AGREEMENT_YEAR = "milestone", "period", "term", "agreement_year"


@dataclass(frozen=True)
class Window:
    """A line of the scheme and a period, as a row that the database joins with the subjects.

    `days_from`: MILESTONE and PERIOD have their days; those of TERM and AGREEMENT_YEAR follow from each agreement.
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
    least: int
    pro_rata: bool
    village_class: str
    not_class: str
    unit_level: str
    by_unit: bool
    by_village: bool

    @property
    def row(self) -> tuple:
        return astuple(self)


def windows_of_round(round: Round, on: date) -> list[Window]:
    """All that have begun by `on`; those of a date of the round from its first day."""
    found = []
    for rule in round.rules.obligations:
        for period, days_from in _periods(rule, round, on):
            found.append(_window(rule, round.scheme_version_id, round.pk, period, days_from))
    return found


def windows_of_scheme(version: SchemeVersion, since: date, on: date) -> list[Window]:
    """Of a scheme by itself, for those who take part in no round: floating members."""
    return [
        _window(rule, version.pk, None, period, PERIOD)
        for rule in version.rules.obligations
        if rule.frequency in CALENDAR
        for period in CALENDAR[rule.frequency](since, on)
    ]


def _periods(rule: Obligation, round: Round, on: date) -> Iterator[tuple[Period | None, str]]:
    if rule.frequency in CALENDAR:
        for period in CALENDAR[rule.frequency](round.starts_on, min(on, round.ends_on)):
            yield period, PERIOD
    elif rule.frequency == Frequency.MILESTONE:
        if deadline := round.deadline(rule.milestone):
            yield Period(min(round.starts_on, deadline.last_day), deadline.last_day, ""), MILESTONE
    elif rule.subject == Subject.UNIT:  # it has no agreement of its own; its term is that of the round
        yield Period(round.starts_on, round.ends_on, ""), TERM
    else:
        yield None, TERM if rule.frequency == Frequency.TERM else AGREEMENT_YEAR


def _window(rule: Obligation, version: int, round: int | None, period: Period | None, days_from: str) -> Window:
    return Window(
        scheme_version=version,
        round=round,
        subject=rule.subject,
        obligation=rule.key,
        period=period.key if period else "",
        days_from=days_from,
        first_day=period.first_day if period else None,
        last_day=period.last_day if period else None,
        least=rule.least,
        pro_rata=rule.part_period == PartPeriod.PRO_RATA and rule.frequency != Frequency.MILESTONE,
        village_class=rule.village_class or "",
        not_class=rule.not_class or "",
        unit_level=rule.unit_level or "",
        by_unit=Side.UNIT in rule.sides,
        by_village=Side.VILLAGE in rule.sides,
    )
