"""Forms of what stands around an organisation: links, facilities and help, parts in the work."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import OrganisationField
from organisations.forms.people import day
from organisations.kinds import FUNCTIONS_OF_KIND, Function, Resource
from organisations.mandates import part_choices
from organisations.models import Facility


class LinkForm(forms.Form):
    """`among`: whom the person may link."""

    member = OrganisationField(label=_("member or village served"))
    since = day(_("first day"))
    until = day(_("last day"), required=False, help_text=_("Leave empty where nobody knows yet."))

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        member: Any = self.fields["member"]
        member.among = among
        self.fields["since"].initial = timezone.localdate


class EndForm(forms.Form):
    on = day(_("last day"))


class FacilityForm(forms.ModelForm):
    functions = forms.MultipleChoiceField(
        label=_("functions"),
        choices=Function.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first five are those of a Party-member service centre, the others those of a village's site."),
    )

    class Meta:
        model = Facility
        fields = ("kind", "name", "functions", "since", "until", "note")
        widgets = {name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("since", "until")}

    def clean(self):
        super().clean()
        data = self.cleaned_data
        kind, ticked = data.get("kind"), data.get("functions") or []
        if kind and set(ticked) - set(FUNCTIONS_OF_KIND[kind]):
            words = "、".join(str(function.label) for function in FUNCTIONS_OF_KIND[kind])
            self.add_error(
                "functions", _("A facility of this kind can have: %(functions)s.") % {"functions": words or "—"}
            )
        return data


class HelpForm(forms.Form):
    helper = OrganisationField(label=_("helped by"))
    what = forms.CharField(label=_("what was done or given"), max_length=200)
    resource = forms.ChoiceField(label=_("aid resource"), choices=Resource.choices, initial=Resource.VENUE)
    on = day(_("day"))

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        helper: Any = self.fields["helper"]
        helper.among = among
        self.fields["on"].initial = timezone.localdate


class MandateForm(forms.Form):
    part = forms.ChoiceField(label=_("part"), choices=part_choices)
    holder = OrganisationField(label=_("organisation"))
    since = day(_("first day"))

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        holder: Any = self.fields["holder"]
        holder.among = among
        self.fields["since"].initial = timezone.localdate
