"""Forms that ask of which round something is, beside the fields of its plan."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pairing.models import Round


class OfRoundForm(forms.Form):
    """`rounds`: those that can be chosen; None where only the plan is changed: then no round is asked for."""

    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)

    def __init__(self, *args, rounds: QuerySet[Round] | None, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        if rounds is None:
            del fields["round"]
        else:
            fields["round"].queryset = rounds


def plan_in(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was typed but for the round."""
    return {name: value for name, value in cleaned.items() if name != "round"}
