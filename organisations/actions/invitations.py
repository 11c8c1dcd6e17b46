"""A printed one-time code lets a new person in, and lets in again whoever lost password or telephone."""

from datetime import date, datetime, timedelta
from itertools import count

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from core.names import normal
from core.refusals import Refused
from organisations.actions.people import appoint, hand_over
from organisations.codes import hashed, new_code
from organisations.history import act
from organisations.models import Appointment, Invitation, Organisation, User
from organisations.policies import check_may_give, check_may_manage

VALID_FOR = timedelta(days=14)
NOT_VALID = _("This code is not valid: mistyped, used, replaced or older than 14 days. Ask for a new one.")


@act(_("invited a person"))
def invite(
    *,
    by: User | None,
    name: str,
    role: str,
    organisation: Organisation,
    since: date,
    at: datetime,
    username: str = "",
    phone: str = "",
    until: date | None = None,
) -> Invitation:
    """A new person with a post; `invitation.code` is readable now and never again."""
    check_may_give(by, role, organisation)
    user = new_person(name=name, username=username, phone=phone, at=at)
    appoint(by=by, user=user, role=role, organisation=organisation, since=since, until=until)
    return issue(by, user, at)


@act(_("handed a post over to a new person"))
def hand_over_to_new(
    *,
    by: User | None,
    appointment: Appointment,
    name: str,
    on: date,
    at: datetime,
    username: str = "",
    phone: str = "",
) -> Invitation:
    check_may_give(by, appointment.role, appointment.organisation)
    successor = new_person(name=name, username=username, phone=phone, at=at)
    hand_over(by=by, appointment=appointment, successor=successor, on=on)
    return issue(by, successor, at)


@act(_("printed a new one-time code"))
def reissue(*, by: User | None, user: User, at: datetime) -> Invitation:
    """Every code printed before is void."""
    check_may_manage(by, user)
    revoke_open(by, user, at)
    return issue(by, user, at)


@act(_("revoked a one-time code"))
def revoke(*, by: User | None, user: User, at: datetime) -> None:
    check_may_manage(by, user)
    if not revoke_open(by, user, at):
        raise Refused(_("There is no open code to revoke."))


@act(_("set a password with a one-time code"))
def accept(*, by: User, invitation: Invitation, password: str, at: datetime) -> User:
    """`by` is the invited person. The second step of sign-in begins anew: whoever lost a telephone gets in again."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.user_id != by.pk or not is_open(invitation, at) or not by.is_active:
        raise Refused(NOT_VALID)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    by.set_password(password)
    by.save(update_fields=["password"])
    Authenticator.objects.filter(user=by).delete()
    return by


def open_invitation(code: str, at: datetime) -> Invitation:
    """The invitation that a typed code opens, or the one refusal that says nothing about why."""
    invitation = Invitation.objects.select_related("user").filter(code_hash=hashed(code)).first()
    if invitation is None or not is_open(invitation, at) or not invitation.user.is_active:
        raise Refused(NOT_VALID)
    return invitation


def is_open(invitation: Invitation, at: datetime) -> bool:
    return invitation.used_at is None and invitation.revoked_at is None and at < invitation.expires_at


def issue(by: User | None, user: User, at: datetime) -> Invitation:
    code = new_code()
    invitation = Invitation.objects.create(
        user=user, code_hash=hashed(code), made_by=by, made_at=at, expires_at=at + VALID_FOR
    )
    invitation.code = code
    return invitation


def revoke_open(by: User | None, user: User, at: datetime) -> int:
    User.objects.select_for_update().get(pk=user.pk)
    return user.invitations.filter(used_at=None, revoked_at=None).update(revoked_at=at, revoked_by=by)


def new_person(*, name: str, username: str, phone: str, at: datetime) -> User:
    """Known by user name, by mobile number or by both. A user name is shown in full, so a number never stands in."""
    username, phone = normal(username), normal(phone)
    if not (username or phone):
        raise Refused(_("Give a user name or a mobile number: the person signs in with it."))
    known = [value for value in (username, phone) if value]
    if User.objects.filter(Q(username__in=known) | Q(phone__in=known)).exists():
        raise Refused(_("Somebody signs in with this user name or number already. Give that person the post instead."))
    user = User(username=username or free_username(name), name=name.strip(), phone=phone or None, joined_at=at)
    user.set_unusable_password()
    user.save()
    return user


def free_username(name: str) -> str:
    """The name in pinyin, with a number where others are called so: wangzhiyuan, wangzhiyuan2."""
    letters = "".join(lazy_pinyin(normal(name), errors="ignore")) or "user"
    taken = set(User.objects.filter(username__startswith=letters).values_list("username", flat=True))
    return next(word for number in count(1) if (word := f"{letters}{number if number > 1 else ''}") not in taken)
