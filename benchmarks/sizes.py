"""The parts of the benchmark that are measured at two sizes: the roll-over, the pages, the matching."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from benchmarks import addresses, data, matching, next_round, pages, roll_over
from benchmarks.pages import PageTime
from benchmarks.report import Finding


@dataclass
class Measured:
    pages: dict[str, PageTime] = field(default_factory=dict)
    matching: list[Finding] = field(default_factory=list)
    rolled: tuple[float, int, int] | None = None


def measure(parts: Collection[str], words: Sequence[str], *, villages: int, pairings: int) -> Measured:
    """Roll-over of the round, every page at this size, then a second round with the matching and its pages."""
    found, user = Measured(), data.build(villages, pairings)
    if "roll_over" in parts:
        found.rolled = roll_over.measure(user)
        data.analyse()  # what was rolled back lies about as dead rows
    if "pages" in parts:
        found.pages = pages.measure(user, pages.chosen(addresses.of_product(), words))
    if {"pages", "matching"} & set(parts):
        round = next_round.prepare(user)
        matching.prepare()
        data.analyse()
    if "pages" in parts:
        found.pages |= pages.measure(user, pages.chosen(next_round.addresses(round), words))
    if "matching" in parts:
        watch = matching.Watch()
        run = matching.compute(user, round, watch)
        data.analyse()
        found.pages |= pages.measure(user, pages.chosen(matching.addresses(run), words))
        found.matching = matching.measure(user, run, watch)
    return found


def compare(small: Measured, large: Measured) -> list[Finding]:
    """The small matching is only there for its pages."""
    findings = pages.compare(small.pages, large.pages) + large.matching
    if small.rolled and large.rolled:
        findings += roll_over.compare(small.rolled, large.rolled)
    return findings
