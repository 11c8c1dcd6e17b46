"""My own page, the roles, a printed code, and the demonstration's sign-in."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.refusals import Refused
from organisations.actions import accept, change_own_phone
from organisations.forms.people import PhoneForm
from organisations.forms.signin import InvitationForm
from organisations.models import User
from organisations.permissions import named
from organisations.requests import Request
from organisations.roles import ROLES

BACKEND = "organisations.signin.UserNameOrPhoneBackend"


def me(request: Request) -> HttpResponse:
    """My posts and what each permits, and the ways to my password, second step and sessions."""
    posts = [(post, role_words(post.role)) for post in request.user.posts]
    return render(request, "organisations/people/me.html", {"held": posts})


def my_phone(request: Request) -> HttpResponse:
    """My own mobile number, with which I can sign in."""
    form = PhoneForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_own_phone(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("me")
    return render(request, "organisations/people/my_phone.html", {"form": form})


def roles(request: Request) -> HttpResponse:
    """The data of roles.yaml as a page that anybody signed in may read."""
    return render(request, "organisations/people/roles.html", {"roles": [role_words(key) for key in ROLES]})


def role_words(key: str) -> dict:
    role = ROLES[key]
    return {
        "name": role.name,
        "description": role.description,
        "permissions": named(role.permissions),
        "appoints": [ROLES[given].name for given in ROLES if given in role.appoints],
    }


@login_not_required
@never_cache
@sensitive_post_parameters()
def invitation(request: Request) -> HttpResponse:
    """The code from the slip, a password, and one is in. Wrong codes are counted for each address."""
    form = InvitationForm(request.POST or None, at=timezone.now())
    if request.method != "POST":
        return render(request, "organisations/people/invitation.html", {"form": form})
    if not ratelimit.consume(request, action="invitation", dry_run=True):
        return ratelimit.respond_429(request)
    if form.is_valid() and form.invitation:
        user = accept(
            by=form.invitation.user,
            invitation=form.invitation,
            password=form.cleaned_data["new_password1"],
            at=timezone.now(),
        )
        return perform_login(request, user, redirect_url=reverse("home"))
    if form.invitation is None:
        ratelimit.consume(request, action="invitation")
    return render(request, "organisations/people/invitation.html", {"form": form})


@login_not_required
@require_POST
def demo_sign_in(request: Request) -> HttpResponse:
    """One click into a demonstration account. Its address exists in demonstration mode only."""
    if not settings.DEMO:
        raise Http404
    given = request.POST.get("user", "")
    user = get_object_or_404(User, pk=given if given.isdecimal() else None, is_demo=True, is_active=True)
    login(request, user, backend=BACKEND)
    wanted = request.POST.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "home")
