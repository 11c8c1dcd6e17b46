"""Under which name a view of a statistics table is kept, and for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

OWN = "own"


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=60)
    office = forms.ChoiceField(label=_("Who finds it"), required=False)

    def __init__(self, *args, offices: Sequence[Organisation], **options):
        super().__init__(*args, **options)
        self.offices = {str(each.pk): each for each in offices}
        office: Any = self.fields["office"]
        colleagues = [
            (key, _("all colleagues of %(name)s") % {"name": each.name}) for key, each in self.offices.items()
        ]
        office.choices = [("", _("I alone")), *colleagues]

    @property
    def organisation(self) -> Organisation | None:
        return self.offices.get(self.cleaned_data["office"])


class KeepForm(ViewForm):
    """On the page of a table: what is shown there. The offices are looked up only once it is sent."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def __init__(self, *args, offices: Sequence[Organisation] = (), **options):
        super().__init__(*args, offices=offices, **options)
        office: Any = self.fields["office"]
        office.choices = [*office.choices, (OWN, _("all colleagues of my office"))]

    @property
    def organisation(self) -> Organisation | None:
        if self.cleaned_data["office"] == OWN:
            return next(iter(self.offices.values()), None)
        return super().organisation
