"""What people type. `SignInForm` is named by the settings."""

from organisations.forms.signin import SignInForm

__all__ = ["SignInForm"]
