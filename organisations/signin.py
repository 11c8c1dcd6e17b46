"""Who may sign in: people we invited, by user name or mobile number."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from organisations.models import User


class UserNameOrPhoneBackend(BaseBackend):
    """Digits and letters may be full-width. An unknown name costs as much time as a wrong password."""

    def authenticate(self, request, username: str | None = None, password: str | None = None, **_credentials):
        if not username or password is None:
            return None
        user = User.objects.known_as(username).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) else None  # allauth tells an inactive user so

    def get_user(self, user_id: int):
        return User.objects.filter(pk=user_id, is_active=True).first()


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves (design §6, invitations)."""

    def is_open_for_signup(self, request) -> bool:
        return False
