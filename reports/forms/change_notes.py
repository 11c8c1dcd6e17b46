"""The form of a village's notes on the three changes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.models import Round
from reports.actions.change_notes import CHANGES
from reports.forms.praise import area, impersonal

YEARS = (1949, 2100)


def note_field(label) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=area(4, 1000))


class ChangeNotesForm(forms.Form):
    """On a phone: three boxes; village and round are asked for only where there is a choice."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Organisation.objects.none(), empty_label=None)
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=YEARS[0], max_value=YEARS[1])
    production = note_field(_("What changed in the ways of production"))
    habits = note_field(_("What changed in the habits of life"))
    thinking = note_field(_("What changed in the ways of thinking"))

    def __init__(self, *args, villages: QuerySet[Organisation], rounds: QuerySet[Round], **options):
        super().__init__(*args, **options)
        self.fields["year"].initial = timezone.localdate().year
        for name, rows in (("village", villages), ("round", rounds)):
            field: Any = self.fields[name]
            field.queryset = rows
            found = list(rows[:2])
            field.initial = found[0] if found else None
            if len(found) == 1:
                field.widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean() or {}
        for name in CHANGES:
            if cleaned.get(name):
                try:
                    impersonal(cleaned[name])
                except forms.ValidationError as fault:
                    self.add_error(name, fault)
        return cleaned

    @staticmethod
    def notes_of(fields: dict) -> dict[str, str]:
        return {name: fields[name] for name in CHANGES}
