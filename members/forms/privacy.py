"""Forms of what protects people: the reason for reading in full, consent and its withdrawal, erasure."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.fields import chosen_day
from members.forms.households import ConsentMixin


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why you need it"), max_length=120)


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"),
        max_length=200,
        help_text=_("As: the person asked for it. Without names or numbers; it is recorded."),
    )
    is_sure = forms.BooleanField(label=_("I know that this can't be taken back."))


class KeepLongerForm(forms.Form):
    until = chosen_day(_("Keep until"), help_text=_("A year from now at most."))
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("As: a dispute is not settled. Without names or numbers.")
    )


class ConsentForm(ConsentMixin):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["consent_on"].required = True
        self.fields["consent_on"].initial = timezone.localdate


class WithdrawForm(forms.Form):
    on = chosen_day(_("withdrawn on"), initial=timezone.localdate)
