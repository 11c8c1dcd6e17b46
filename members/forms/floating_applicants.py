"""Forms of applicants between two places."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.floating.kinds import Desk, StepKind
from members.forms.fields import look_among
from members.forms.floating import area_field, optional_date
from members.forms.floating_reports import said_field
from organisations.models import Organisation
from pairing.forms.agreements import date_field


class ApplicantForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=60)
    origin = area_field(_("Place of origin"), required=True)
    destination = area_field(_("Destination"), required=True)
    lead = forms.ChoiceField(label=_("In charge"), choices=Desk.choices, initial=Desk.DESTINATION)
    applied_on = date_field(_("Applied on"))

    def __init__(self, *args, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        look_among(self, origin=among)
        look_among(self, destination=among)


class ApplicantStepForm(forms.Form):
    """`desks`: the places for which the user notes."""

    desk = forms.ChoiceField(label=pgettext_lazy("of two", "Place"))
    kind = forms.ChoiceField(label=_("Step"), choices=StepKind.choices)
    on = date_field(_("Day"))
    until = optional_date(_("Notice until"), _("Only for a public notice: its last day."))
    words = said_field(_("Result"), longest=500)

    def __init__(self, *args, desks: list[Desk], **options):
        options["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **options)
        desk: Any = self.fields["desk"]
        desk.choices = [(each.value, each.label) for each in desks]


class EndApplicantForm(forms.Form):
    words = forms.CharField(label=_("Why it ends"), max_length=120)
