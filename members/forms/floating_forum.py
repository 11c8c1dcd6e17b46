"""Forms of the forum of lunar month 12."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Appraisal
from members.forms.floating_reports import said_field
from organisations.models import Organisation
from pairing.forms.agreements import date_field


class ForumForm(forms.Form):
    place = forms.ModelChoiceField(
        label=_("Party organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    lunar_year = forms.IntegerField(
        label=_("Lunar year"),
        min_value=2000,
        max_value=2099,
        help_text=_("Month 12 of 2025 lies in January and February 2026."),
    )

    def __init__(self, *args, places: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        place: Any = self.fields["place"]
        place.queryset = places


class HeldForm(forms.Form):
    on = date_field(_("Held on"))


class EntryForm(forms.Form):
    attended = forms.BooleanField(label=_("Took part"), required=False, initial=True)
    report = said_field(_("Duty report"))
    appraisal = forms.ChoiceField(label=_("Appraisal"), choices=[("", "—"), *Appraisal.choices], required=False)
    opinions = said_field(
        _("Opinions and difficulties"),
        help_text=_("They go to the issue ledger; the Party branch at home solves them."),
    )
