"""Asking for feedback, and sending it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.forms.agreements import date_field


class AskFeedbackForm(forms.Form):
    starts_on = date_field(_("from"))
    ends_on = date_field(_("until"))


class FeedbackForm(AskFeedbackForm):
    words = forms.CharField(
        label=_("what the village tells"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("The sums and entries come from the ledger; add what came of it. No names of people in need."),
    )  # fmt: skip
