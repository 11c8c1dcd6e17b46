"""Forms of what protects people: the reason for reading in full, consent, erasure."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you need it"), max_length=120, help_text=_("As: arranging the visit on Friday. It is recorded.")
    )
