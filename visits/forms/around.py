"""The forms of investment leads and of joint meetings of committees."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import OrganisationField
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from visits.states import STAGES, LeadStage


class LeadForm(forms.Form):
    village = OrganisationField(label=_("Village"))
    name = forms.CharField(label=_("Firm or project"), max_length=80)
    stage = forms.ChoiceField(label=_("Stage"), choices=LeadStage.choices, initial=LeadStage.TALKS)
    on = date_field(_("Day"))
    words = forms.CharField(
        label=_("About the project"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )

    def __init__(self, *args, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["village"].among = among
        fields["on"].initial = timezone.localdate


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"))
    on = date_field(_("Day"))
    words = words_field(_("In a few words"), required=False)

    def __init__(self, *args, now: str, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["stage"].choices = [(each.value, each.label) for each in STAGES[now]]
        fields["on"].initial = timezone.localdate


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Name of the meeting"), max_length=80)
    on = date_field(_("Day"))
    attended = forms.CharField(label=_("Who took part"), max_length=500, help_text=_("Units and posts are enough."))
    minutes = forms.CharField(
        label=_("Minutes"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8, "maxlength": 5000})
    )
    decided = forms.CharField(
        label=_("What was decided"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
    )
