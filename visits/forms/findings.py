"""The forms of a finding: link what answers it, note help at once, say why nothing is needed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pairing.forms.agreements import date_field
from pairing.schemes.persons import PersonRules

HELP = "help"


class LinkForm(forms.Form):
    record = forms.ChoiceField(label=_("What answers it"), widget=forms.RadioSelect)

    def __init__(self, *args, choices: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        record: Any = self.fields["record"]
        record.choices = choices


class HelpForm(forms.Form):
    """As help is noted in the pair; the services are those of the scheme."""

    service = forms.ChoiceField(label=_("Kind of help"), required=False)
    on = date_field(_("Day"))
    words = forms.CharField(
        label=_("In a few words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("No illness, no phone number."),
    )

    def __init__(self, *args, rules: PersonRules, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        services = [(each.key, each.name) for each in rules.services]
        fields["service"].choices = [("", _("help given")), *services]
        fields["on"].initial = timezone.localdate


class SettleForm(forms.Form):
    words = forms.CharField(label=_("Why no measure is needed"), max_length=200)
