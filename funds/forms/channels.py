"""The form of a donation channel."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from funds.models.channel import ELIGIBLE


class ChannelForm(Grouped, forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of channel"), choices=ELIGIBLE)
    contact_name = forms.CharField(label=_("Contact"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    bank = forms.CharField(label=_("Bank"), max_length=80, required=False)
    account = forms.CharField(
        label=_("Account number"), max_length=40, required=False, help_text=_("Shown to signed-in people only.")
    )
    note = forms.CharField(
        label=_("How to give through it"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )  # fmt: skip

    def rows(self) -> Sequence[Sequence[str]]:
        return (("name", "kind"), ("contact_name", "contact_phone"), ("bank", "account"), ("note",))

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("account") and not data.get("bank"):
            self.add_error("bank", _("Name the bank of the account."))
        return data
