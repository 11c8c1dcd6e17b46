"""What the scheme asks for each floating member, and what of it is done: as many steps as it names (SF-30, SF-31)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property

from core.dates import localized_date
from core.lunar import lunar_year_of
from members.floating.halves import half_of
from members.floating.kinds import DeedKind
from members.models import FloatingRecord
from pairing.schemes.floating import FloatingStep


@dataclass(frozen=True)
class Checked:
    """A step and how it stands. `proof` says what shows that it is done; empty where it is not."""

    step: FloatingStep
    proof: str
    by_hand: bool

    @property
    def is_done(self) -> bool:
        return bool(self.proof)


class Facts:
    """What the record and its parts show, each read once and only where a step asks for it."""

    def __init__(self, record: FloatingRecord, today: date):
        self.record, self.today = record, today

    def certificate(self) -> str:
        return self.record.certificate_number

    def agreement(self) -> str:
        return printed(self.record.agreement_signed_on)

    def training(self) -> str:
        return printed(self.record.trained_on)

    def report_in(self) -> str:
        return printed(self.record.reported_in_on)

    def half_yearly_report(self) -> str:
        """The half-year that runs, or the one before it: a report may still come until the half-year is over."""
        now = half_of(self.today)
        halves = {(report.year, report.half): report for report in self.record.reports.all()}
        found = next((halves[key] for each in (now, now.before) if (key := (each.year, each.half)) in halves), None)
        return str(found.half_year) if found else ""

    def good_deed(self) -> str:
        return next(
            (printed(deed.on) for deed in self.deeds(DeedKind.GOOD_DEED) if deed.on.year == self.today.year), ""
        )

    def lead_others(self) -> str:
        return next((printed(deed.on) for deed in self.deeds(DeedKind.LED_OTHERS)), "")

    def deeds(self, kind: str) -> list:
        return [deed for deed in self.record.deeds.all() if deed.kind == kind]

    def greeting_letter(self) -> str:
        letters = [letter for letter in self.record.letters.all() if letter.year == self.today.year]
        return next((printed(letter.sent_on) for letter in letters if letter.sent_on), "")

    def forum(self) -> str:
        """Of the lunar year that runs or the one before it: month 12 is its last."""
        latest = lunar_year_of(self.today)
        entries = self.record.forum_entries.select_related("forum").filter(attended=True)
        return next((printed(each.forum.held_on) for each in entries if each.forum.lunar_year >= latest - 1), "")

    @cached_property
    def ticked(self) -> dict[str, date]:
        return {tick.step: tick.on for tick in self.record.ticks.all()}


KNOWN: dict[str, Callable[[Facts], str]] = {
    "certificate": Facts.certificate,
    "agreement": Facts.agreement,
    "training": Facts.training,
    "report_in": Facts.report_in,
    "half_yearly_report": Facts.half_yearly_report,
    "good_deed": Facts.good_deed,
    "lead_others": Facts.lead_others,
    "greeting_letter": Facts.greeting_letter,
    "forum": Facts.forum,
}


def printed(day: date | None) -> str:
    return localized_date(day) if day else ""


def checklist(record: FloatingRecord, today: date) -> Iterator[Checked]:
    """Every step of the scheme pinned on the record, in its order."""
    facts = Facts(record, today)
    for step in record.rules.steps:
        known = KNOWN.get(step.key)
        yield Checked(step, known(facts) if known else printed(facts.ticked.get(step.key)), known is None)


def missing_before_leaving(record: FloatingRecord, today: date) -> list[str]:
    """The names of those steps that the scheme wants done before the member leaves."""
    return [each.step.name for each in checklist(record, today) if each.step.before_leaving and not each.is_done]


def grouped(steps: list[Checked], headings: list[str]) -> list[tuple[str, list[Checked]]]:
    """Under the headings of the scheme, in its order (SF-28); steps without one come last."""
    named = [(heading, [each for each in steps if each.step.heading == heading]) for heading in headings]
    return [group for group in [*named, ("", [each for each in steps if not each.step.heading])] if group[1]]
