"""Forms of the matching: how much each aim counts, and what becomes of the proposed pairs."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.actions.matching import Settings
from pairing.forms.market import words_field
from pairing.matching.weights import Weights

STRENGTHS = [
    (0, _("does not count")),
    (3, _("a little")),
    (5, _("medium")),
    (8, _("strongly")),
    (10, _("most of all")),
]
CANDIDATES = [(50, "50"), (100, "100"), (200, "200"), (500, "500")]
HELP = {
    "needs": _("Each need of the village that the unit's strengths meet."),
    "ties": _("The two were paired in the round before."),
    "nearness": _("Same township, same or paired county, same city - by division code."),
    "wishes": _("One of the two has proposed it and waits for an answer."),
    "balance": _("Each further village of a unit costs more than the one before."),
}
NAMES = {
    "needs": _("needs met"),
    "ties": _("old ties kept"),
    "nearness": _("nearness"),
    "wishes": _("wishes of both sides"),
    "balance": _("balanced load"),
}


class SettingsForm(forms.Form):
    """How much each aim counts; the limits of the round hold in any case."""

    wanted = forms.IntegerField(
        label=_("units for each village"), initial=1, min_value=1, max_value=5, help_text=_("Those it has are counted.")
    )
    most = forms.IntegerField(
        label=_("most villages for each unit"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Empty: as many as the round allows, balanced."),
    )
    candidates = forms.TypedChoiceField(
        label=_("units looked at for each village"), choices=CANDIDATES, initial=100, coerce=int
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        weights = {
            each.name: forms.TypedChoiceField(
                label=NAMES[each.name],
                choices=STRENGTHS,
                initial=nearest(each.default),
                coerce=int,
                help_text=HELP[each.name],
            )
            for each in fields(Weights)
        }
        self.fields = weights | self.fields

    def settings(self) -> Settings:
        data: dict[str, Any] = dict(self.cleaned_data)
        weights = Weights(**{each.name: data.pop(each.name) for each in fields(Weights)})
        return Settings(weights=weights, **data)


def nearest(weight) -> int:
    """The choice that comes nearest to a default."""
    return min((value for value, _name in STRENGTHS), key=lambda value: abs(value - weight))


ISSUE, RECOMMEND, DROP = "issue", "recommend", "drop"
STEPS = [
    (ISSUE, _("pair them by decision")),
    (RECOMMEND, _("put them to both sides, the village answers")),
    (DROP, _("drop them")),
]


class IssueForm(forms.Form):
    step = forms.ChoiceField(label=_("What becomes of them"), choices=STEPS, initial=ISSUE, widget=forms.RadioSelect)
    reason = words_field(
        _("Reason"), required=False, help_text=_("Both sides will read it; the reasons of each pair are added.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") != DROP and not data.get("reason", "").strip():
            self.add_error("reason", _("Give a reason: both sides will read it."))
        return data
