"""The terms of a round as its form proposes them: dates computed from the scheme, limits taken over from it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.dates import month_end, shift_years
from pairing.models import Round
from pairing.schemes.scheme import INTENTION, SIGNING, SchemeText

KNOWN_MILESTONES = (INTENTION, SIGNING)


@dataclass(frozen=True)
class MilestoneTerm:
    key: str
    name: str
    on: date
    inclusive: bool = True


@dataclass(frozen=True)
class RoundTerms:
    """Everything about a round that may still change before it is opened."""

    name: str
    number: int
    starts_on: date
    ends_on: date
    ends_printed: str = ""
    units_per_village: int | None = None
    villages_per_unit: int | None = None
    open_proposals_per_village: int | None = None
    milestones: tuple[MilestoneTerm, ...] = field(default=())

    def columns(self) -> dict:
        """The fields of the round's own row."""
        return {name: value for name, value in vars(self).items() if name != "milestones"}


def default_terms(rules: SchemeText, *, starts_on: date, name: str = "", number: int = 1) -> RoundTerms:
    """What the scheme says for a round that begins on `starts_on`."""
    milestones = default_milestones(rules, starts_on)
    ends_on, ends_printed = default_end(rules, starts_on, milestones)
    return RoundTerms(
        name=name or rules.name,
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        ends_printed=ends_printed,
        units_per_village=rules.pairing.units_per_village,
        villages_per_unit=rules.pairing.villages_per_unit,
        open_proposals_per_village=rules.pairing.open_proposals_per_village,
        milestones=milestones,
    )


def default_milestones(rules: SchemeText, starts_on: date) -> tuple[MilestoneTerm, ...]:
    """Each milestone on its next date, one after the other: 30 April and 1 July fall in one year (SH-31, SH-32).

    One that waits for an event (AH-04) has no day until the organiser knows it.
    """
    found, earliest = [], starts_on
    for rule in rules.milestones:
        if (day := rule.next_after(earliest)) is not None:
            found.append(MilestoneTerm(rule.key, rule.name, day, rule.inclusive))
            earliest = day
    return tuple(found)


def default_end(rules: SchemeText, starts_on: date, milestones: tuple[MilestoneTerm, ...]) -> tuple[date, str]:
    """The last day, and how documents print it.

    A scheme that names a month only (SH-38) ends on its last day and prints the month: 2013-07-31, 2013年7月.
    The years count from the year of signing.
    """
    years, month = rules.pairing.term_years, rules.pairing.ends_month
    if month is None:
        return shift_years(starts_on, years) - timedelta(days=1), ""
    first_year = milestones[-1].on.year if milestones else starts_on.year
    return month_end(first_year + years, month), f"{first_year + years}年{month}月"


def next_terms(rules: SchemeText, last: Round, *, starts_on: date) -> RoundTerms:
    """What the scheme says for the round after `last`; whoever opens it may change each of it."""
    terms = default_terms(rules, starts_on=starts_on, number=last.number + 1)
    return replace(terms, name=f"{rules.name} {terms.starts_on.year}—{terms.ends_on.year}")
