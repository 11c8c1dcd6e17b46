"""Fields and parts that the forms of people share."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.masking import mask_phone
from core.names import normal
from organisations.models import User

PHONE = re.compile(r"[\d+][\d\- ()/]{4,28}\d")


def chosen_day(label, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def look_among(form: forms.BaseForm, **choices) -> None:
    """Among whom, or among which organisations, the typed fields of a form look."""
    for name, rows in choices.items():
        field: Any = form.fields[name]
        field.among = rows


class KeptPhoneMixin(forms.ModelForm):
    """A stored number is not shown by a form: empty keeps it, a hyphen removes it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.known_phone = self.instance.phone
        self.initial["phone"] = ""
        phone: Any = self.fields["phone"]
        phone.help_text = (
            _("Leave empty to keep %(masked)s; a hyphen removes it.") % {"masked": mask_phone(self.known_phone)}
            if self.known_phone
            else _("Shown masked; reading it in full is recorded.")
        )

    def clean_phone(self) -> str:
        phone = normal(self.cleaned_data["phone"])
        if phone == "-":
            return ""
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(
                _("This is no phone number: digits, as 13800001234 or 0857-4221234. Mend it, or leave it empty.")
            )
        return phone or self.known_phone


class AccountField(forms.CharField):
    """An account by user name or mobile number, of those whom the person who types may see."""

    among = User.objects.none()

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = self.among.known_as(typed).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody in your scope signs in with this. Give the user name or the mobile number of the account.")
            )
        return found
