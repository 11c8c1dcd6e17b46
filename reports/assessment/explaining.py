"""A sheet that explains itself: the rule of each line, what speaks for its points, and what would still raise it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import localized_date
from core.periods import words_of
from pairing.models.scheme_change import obligations_of
from pairing.schemes.assessment import Item
from pairing.schemes.assessment_document import plain
from pairing.schemes.assessment_words import ItemKind, ItemRule
from reports.models import Assessed, ScoreLine

HUNDRED, CENT = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class Evidence:
    words: str
    url: str = ""
    number: str = ""
    is_met: bool = True


@dataclass(frozen=True)
class Explained:
    line: ScoreLine
    item: Item
    sentence: str
    evidence: list[Evidence]

    @property
    def is_veto(self) -> bool:
        return self.item.kind == ItemKind.VETO


@dataclass(frozen=True)
class Gain:
    """A duty that still can be met, and how many of a hundred points that adds."""

    words: str
    url: str
    due: date
    points: Decimal


def explained(assessed: Assessed) -> list[Explained]:
    """Two statements for the whole sheet."""
    names = {duty.key: duty.name for duty in obligations_of(assessed.assessment.round, assessed.assessment.ends_on)}
    items = {item.key: item for item in assessed.assessment.rules.items}
    order = list(items)
    lines = sorted(assessed.lines.all(), key=lambda line: order.index(line.item))
    return [
        Explained(line, items[line.item], sentence(line, items[line.item]), list(evidence(line, names)))
        for line in lines
    ]


def sentence(line: ScoreLine, item: Item) -> str:
    """How the points by the rule came about."""
    numbers = {"met": line.met, "owed": line.owed, "missing": line.missing, "off": plain(item.off)}
    numbers["wanted"] = item.wanted
    if item.rule == ItemRule.MANUAL:
        return _("By hand: nothing is taken off without a reason.")
    if not line.applies:
        return _("Does not apply: nothing of it could be counted in this period. The full mark is smaller by so much.")
    if item.rule == ItemRule.PER_MISSING:
        return _("%(met)s of %(owed)s duties met; %(missing)s missing, %(off)s points off for each.") % numbers
    if item.rule == ItemRule.RATIO:
        return _("%(met)s of %(owed)s duties met in full; the others count by how far they are.") % numbers
    if item.rule == ItemRule.ACTIVITIES:
        return _("%(met)s confirmed activities; the full mark is given at %(wanted)s.") % numbers
    if item.rule == ItemRule.PUBLISHED:
        return _("%(met)s of %(owed)s entries of aid money published.") % numbers
    if item.rule == ItemRule.SATISFACTION:
        return _("By the rate of the survey of satisfaction.")
    return (
        ngettext("The mean score of %(owed)s paired village.", "The mean score of %(owed)s paired villages.", line.owed)
        % numbers
    )


def evidence(line: ScoreLine, names: dict[str, str]) -> Iterator[Evidence]:
    for each in line.evidence:
        if "duty" in each:
            name = names.get(each["obligation"], each["obligation"])
            words = " · ".join(filter(None, [name, words_of(each["period"]), by_day(each["due"])]))
            number = f"{each['done']}/{each['least']}"
            yield Evidence(words, reverse("duty", args=[each["duty"]]), number, each["done"] >= each["least"])
        elif "activity" in each:
            day = localized_date(date.fromisoformat(each["on"]))
            yield Evidence(f"{day} · {each['name']}", reverse("activity", args=[each["activity"]]))
        elif "assessed" in each:
            yield Evidence(_("Sheet of the village"), reverse("assessed", args=[each["assessed"]]), str(each["score"]))


def by_day(day: str) -> str:
    return _("by %(day)s") % {"day": localized_date(date.fromisoformat(day))}


def gains(assessed: Assessed, lines: list[Explained], today: date) -> list[Gain]:
    """What would still raise the score, the most first: duties of the period that are not over."""
    if not assessed.full or assessed.is_frozen:
        return []
    found = []
    for each in lines:
        for entry, shown in zip(each.line.evidence, each.evidence, strict=True):
            due = date.fromisoformat(entry["due"]) if "due" in entry else None
            if due and due >= today and not shown.is_met:
                points = (gain(each, entry) * HUNDRED / assessed.full).quantize(CENT)
                found.append(Gain(shown.words, shown.url, due, points))
    return sorted((each for each in found if each.points > 0), key=lambda each: (-each.points, each.due))


def gain(each: Explained, entry: dict) -> Decimal:
    """Points of the item, were this duty met: no more than are missing."""
    short = max(each.item.most - each.line.points, Decimal(0))
    if each.item.rule == ItemRule.PER_MISSING:
        return min(short, each.item.off * (entry["least"] - entry["done"]))
    part = 1 - Decimal(entry["done"]) / entry["least"]
    return min(short, each.item.full * part / each.line.owed)
