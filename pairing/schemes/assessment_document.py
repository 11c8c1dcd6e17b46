"""What a scheme says of assessments and of the pay of village secretaries, line by line."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags import look
from pairing.schemes.assessment import BY_DUTIES, AssessmentRules, Item
from pairing.schemes.assessment_words import AssessedSide, ItemKind, ItemRule
from pairing.schemes.duty_phrases import joined
from pairing.schemes.lines import Line, line_of
from pairing.schemes.scheme import SchemeText


def assessment_lines(rules: SchemeText) -> Iterator[Line]:
    own = rules.assessment
    if not own.items:
        return
    yield line_of(own, "sides", _("Who is assessed"), joined(side.label for side in own.sides))
    shared = _("one score for both sides") if own.one_score else _("each side its own score")
    yield line_of(own, "one_score", _("The two sides of a pairing"), shared)
    names = {duty.key: duty.name for duty in rules.obligations}
    for item in own.items:
        yield Line(item.name, joined(asked_of(item, names)), item.clause, f"item:{item.key}")
    yield from _settings(own)
    for each in own.consumers:
        words = joined([each.name, each.side.label, each.kind.label])
        yield Line(_("Taken over by"), words, each.clause, f"consumer:{each.key}")
    for sheet in own.check_lists:
        words = joined([sheet.name, *(heading.name for heading in sheet.headings)])
        yield Line(_("Check list"), words, sheet.clause, f"list:{sheet.key}")


def _settings(own: AssessmentRules) -> Iterator[Line]:
    grades = joined(
        _("%(name)s from %(least)s") % {"name": each.name, "least": plain(each.least)} for each in own.grades
    )
    yield line_of(own, "grades", _("Grades"), grades)
    share = _("where the items that apply hold at least %(percent)s %% of the full marks")
    yield line_of(own, "least_share", _("A grade is given"), share % {"percent": own.least_share})
    yield line_of(own, "veto_grade", _("Best grade after a veto"), own.veto_grade)
    weights = _("own %(own)s %%, other side %(other)s %%, organiser %(organiser)s %%") % {
        "own": own.own_weight, "other": own.other_weight, "organiser": own.organiser_weight,
    }  # fmt: skip
    yield line_of(own, "organiser_weight", _("Whose points count how much"), weights)
    earlier = _("%(percent)s %% of the year") % {"percent": own.earlier_weight}
    yield line_of(own, "earlier_weight", _("The first half-year counts"), earlier)
    yield line_of(own, "bonus_cap", _("Bonus points at most"), plain(own.bonus_cap))
    yield line_of(own, "low", _("A pairing has little effect below"), plain(own.low))
    ranked = _("put in an order, persons never") if own.may_rank else _("not put in an order")
    yield line_of(own, "may_rank", _("Organisations"), ranked)


def asked_of(item: Item, names: dict[str, str]) -> Iterator[str]:
    """Its rule in words: what counts, for how many points."""
    if item.sides:
        yield joined(AssessedSide(side).label for side in item.sides)
    if item.kind != ItemKind.VETO:
        yield ngettext("%(points)s point", "%(points)s points", int(item.full)) % {"points": plain(item.full)}
    if item.kind != ItemKind.SCORED:
        yield str(item.kind.label)
    yield str(item.rule.label)
    if item.rule == ItemRule.PER_MISSING:
        yield _("%(points)s off for each") % {"points": plain(item.off)}
    if item.rule == ItemRule.ACTIVITIES:
        yield ngettext("full mark at %(number)s", "full mark at %(number)s", item.wanted) % {"number": item.wanted}
    if item.rule in BY_DUTIES:
        yield joined(names.get(key, key) for key in item.obligations) or _("all duties of the period")
    if not item.points_clause and item.kind != ItemKind.VETO:
        yield _("points are our default")


def pay_lines(rules: SchemeText) -> Iterator[Line]:
    own = rules.pay
    if not own.is_kept:
        return
    yield line_of(own, "base_score", _("Score at which nothing is added or taken off"), plain(own.base_score))
    each = _("%(amount)s for each point") % {"amount": look.yuan_filter(own.yuan_per_point)}
    yield line_of(own, "yuan_per_point", _("Above or below it"), each)
    share = _("%(percent)s %% of what the village earned go back to the village") % {
        "percent": plain(own.bonus_percent)
    }
    yield line_of(own, "bonus_percent", _("Contribution bonus"), share)
    words = {"years": own.regular_years, "percent": plain(own.regular_percent)}
    regular = _("from %(years)s years in a row %(percent)s %% of the yearly base of the present secretary") % words
    yield line_of(own, "regular_years", _("Allowance after leaving"), regular)
    yield line_of(own, "regular_percent", _("Fewer years"), _("a single sum"))


def plain(number: Decimal) -> str:
    """5, 2.5: without zeros that say nothing."""
    return f"{number.normalize():f}"
