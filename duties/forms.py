"""Forms of duties."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.forms.market import words_field


class WaiveForm(forms.Form):
    words = words_field(_("Why this duty need not be met"), required=True)
