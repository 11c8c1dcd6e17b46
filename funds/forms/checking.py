"""What somebody types who checks a ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    what = forms.CharField(
        label=_("code of the ledger, as the poster prints it or the mail has it"), max_length=200,
        help_text=_(
            "Sixteen digits and letters, or a whole line of the mail; or the number of the ledger, or the address of "
            "the village's page."
        ),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
