"""What an archive package is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.models import Round


def years_of(round: Round, today: date) -> list[int]:
    """Those of the round up to this one, the latest first."""
    last = max(min(today.year, round.ends_on.year), round.starts_on.year)
    return list(range(last, round.starts_on.year - 1, -1))


class PackageForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args, round: Round, today: date, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["year"].choices = [(year, str(year)) for year in years_of(round, today)]


class PackagesForm(PackageForm):
    place = forms.CharField(
        label=_("Area, unit or village"),
        required=False,
        max_length=60,
        help_text=_("Empty: all pairings of the round that you see, each in a folder of its own."),
    )
