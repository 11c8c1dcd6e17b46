"""Forms of assessments: setting up, the rules before it opens, points, objections, replies."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.periods import Period, half_years, words_of, years
from pairing.forms.market import words_field
from pairing.models import Round
from pairing.schemes.assessment import AssessmentRules, Item
from pairing.schemes.assessment_words import ItemKind, ItemRule
from reports.models import Assessed

MOST = Decimal(1000)


class SetUpForm(forms.Form):
    """`rounds`: those that the user assesses and whose scheme names items."""

    of = forms.ChoiceField(label=_("Round and period"), choices=())

    def __init__(self, *args, rounds: list[Round], today: date, **options):
        super().__init__(*args, **options)
        self.found = {f"{round.pk}:{period.key}": (round, period) for round in rounds for period in begun(round, today)}
        choices = [(key, f"{round.name} · {words_of(period.key)}") for key, (round, period) in self.found.items()]
        self.fields["of"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Round, Period]:
        return self.found[self.cleaned_data["of"]]


def begun(round: Round, today: date) -> list[Period]:
    """The last ones first."""
    until = min(today, round.ends_on)
    if until < round.starts_on:
        return []
    found = [*half_years(round.starts_on, until), *years(round.starts_on, until)]
    return sorted(found, key=lambda period: period.last_day, reverse=True)


def points_field(label: Any, now: Decimal, most: Decimal = MOST) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, initial=now)


class RulesForm(forms.Form):
    """Weights, limits and the points of each item; what is counted stays as the scheme says."""

    SHARES = ("own_weight", "other_weight", "organiser_weight", "earlier_weight", "least_share")
    LIMITS = ("bonus_cap", "low")
    LABELS = {
        "own_weight": _("Own points, per cent"),
        "other_weight": _("Points of the other side, per cent"),
        "organiser_weight": _("Points of the organiser, per cent"),
        "earlier_weight": _("The first half-year in the year, per cent"),
        "least_share": _("A grade where items apply for at least, per cent"),
        "bonus_cap": _("Bonus points at most"),
        "low": _("A pairing has little effect below"),
    }

    def __init__(self, *args, rules: AssessmentRules, **options):
        super().__init__(*args, **options)
        self.rules = rules
        for name in self.SHARES:
            self.fields[name] = forms.IntegerField(
                label=self.LABELS[name], min_value=0, max_value=100, initial=getattr(rules, name)
            )
        for name in self.LIMITS:
            self.fields[name] = points_field(self.LABELS[name], getattr(rules, name))
        self.fields["may_rank"] = forms.BooleanField(
            label=_("Put organisations in an order"), required=False, initial=rules.may_rank,
            help_text=_("Persons never are."),
        )  # fmt: skip
        for item in rules.items:
            for name, field in fields_of(item):
                self.fields[name] = field

    @property
    def groups(self) -> list[list]:
        rows = [[self[name] for name in self.SHARES], [self[name] for name in (*self.LIMITS, "may_rank")]]
        rows += [[self[name] for name, _field in fields_of(item)] for item in self.rules.items]
        return [row for row in rows if row]

    def changes(self) -> dict[str, Any]:
        names = (*self.SHARES, *self.LIMITS, "may_rank")
        return {name: plain(self.cleaned_data[name]) for name in names}

    def items(self) -> dict[str, dict]:
        found: dict[str, dict] = {}
        for item in self.rules.items:
            for name, _field in fields_of(item):
                found.setdefault(item.key, {})[name.partition("-")[0]] = plain(self.cleaned_data[name])
        return found


def fields_of(item: Item) -> Iterator[tuple[str, forms.DecimalField]]:
    if item.kind == ItemKind.VETO:
        return
    yield f"full-{item.key}", points_field(_("%(item)s: full mark") % {"item": item.name}, item.full)
    if item.rule == ItemRule.PER_MISSING:
        yield f"off-{item.key}", points_field(_("off for each one missing"), item.off)
    yield f"floor-{item.key}", points_field(_("no less than"), item.floor)


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


class AdjustForm(forms.Form):
    points = forms.DecimalField(
        label=_("Points added, or taken off with a minus"), min_value=-MOST, max_value=MOST, decimal_places=2
    )
    words = words_field(_("Reason"), required=True, help_text=_("The assessed read it."))


class AppealForm(forms.Form):
    words = words_field(_("What is wrong"), required=True, help_text=_("Name the record that was not counted."))


class ReplyForm(forms.Form):
    words = words_field(_("Reply"), required=True)


class GivePointsForm(forms.Form):
    """A field for each line that counts."""

    def __init__(self, *args, assessed: Assessed, **options):
        super().__init__(*args, **options)
        items = {item.key: item for item in assessed.assessment.rules.items}
        self.lines = [
            line for line in assessed.lines.all() if line.applies and items[line.item].kind == ItemKind.SCORED
        ]
        for line in self.lines:
            label = f"{items[line.item].name}（{line.full.normalize():f}）"
            self.fields[f"line-{line.pk}"] = forms.DecimalField(
                label=label, min_value=0, max_value=line.full, decimal_places=2, required=False
            )

    def points(self) -> dict[int, Decimal]:
        given = {line.pk: self.cleaned_data[f"line-{line.pk}"] for line in self.lines}
        return {key: value for key, value in given.items() if value is not None}
