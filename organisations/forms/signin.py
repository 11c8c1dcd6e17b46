"""Signing in, and setting a password with a printed code."""

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from core.names import normal
from core.refusals import Refused
from organisations.actions import open_invitation
from organisations.models import Invitation, User


class SignInForm(LoginForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        login = self.fields["login"]
        login.label = _("User name or mobile number")
        login.widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        """As typed with a Chinese keyboard: full-width digits and letters count as ordinary ones."""
        return normal(self.cleaned_data["login"])


class InvitationForm(SetPasswordForm):
    """The code from the slip and the password of one's choice; the code says who is choosing."""

    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Eight letters and digits from your slip, like 7K3M-Q0XD. Capitals and the hyphen do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    field_order = ("code", "new_password1", "new_password2")

    def __init__(self, data=None, *, at):
        super().__init__(User(), data)
        self.at = at
        self.invitation: Invitation | None = None

    def clean_code(self) -> str:
        try:
            self.invitation = open_invitation(self.cleaned_data["code"], self.at)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None
        self.user = self.invitation.user
        return self.cleaned_data["code"]
