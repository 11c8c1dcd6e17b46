"""Giving posts, ending them, handing them over; ending and restoring a person's sign-in."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.names import normal
from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, Organisation, User
from organisations.policies import check_may_appoint, check_may_give, check_may_manage


@act(_("gave a post"))
def appoint(
    *,
    by: User | None,
    user: User,
    role: str,
    organisation: Organisation,
    since: date,
    until: date | None = None,
    predecessor: Appointment | None = None,
) -> Appointment:
    """Both days count. `by` None is the command line."""
    check_may_appoint(by, user, role, organisation)
    if until is not None and until < since:
        raise Refused(_("The first day must not be after the last."))
    if organisation.closed_on is not None and (until is None or until > organisation.closed_on):
        raise Refused(_("%(name)s is closed; nobody can be appointed there.") % {"name": organisation.name})
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_not_held(user, role, organisation, since, until)
    return Appointment.objects.create(
        user=user, role=role, organisation=organisation, since=since, until=until, predecessor=predecessor
    )


def check_not_held(user: User, role: str, organisation: Organisation, since: date, until: date | None) -> None:
    same = Appointment.objects.filter(user=user, role=role, organisation=organisation)
    overlapping = same.filter(Q(until=None) | Q(until__gte=since))
    if until is not None:
        overlapping = overlapping.filter(since__lte=until)
    if overlapping.exists():
        raise Refused(_("%(name)s holds this post already in these days.") % {"name": user.name})


@act(_("ended a post"))
def end_appointment(*, by: User | None, appointment: Appointment, on: date) -> Appointment:
    """`on` is the last day in the post."""
    appointment = locked(appointment)
    check_may_give(by, appointment.role, appointment.organisation)
    if on < appointment.since:
        raise Refused(_("The first day must not be after the last."))
    if appointment.until is not None and appointment.until <= on:
        raise Refused(_("This post ended already on an earlier day."))
    appointment.until = on
    appointment.save(update_fields=["until"])
    return appointment


@act(_("handed a post over"))
def hand_over(*, by: User | None, appointment: Appointment, successor: User, on: date) -> Appointment:
    """In one step: the predecessor's last day is the day before `on`, which is the successor's first day."""
    appointment = locked(appointment)
    check_may_appoint(by, successor, appointment.role, appointment.organisation)
    if appointment.user_id == successor.pk:
        raise Refused(_("Predecessor and successor are the same person."))
    if on <= appointment.since:
        raise Refused(_("The successor begins after the predecessor's first day, not on it or before."))
    if appointment.successors.exists():
        raise Refused(_("This post was handed over already."))
    last_day = on - timedelta(days=1)
    if appointment.until is None or appointment.until > last_day:
        appointment.until = last_day
        appointment.save(update_fields=["until"])
    return appoint(
        by=by,
        user=successor,
        role=appointment.role,
        organisation=appointment.organisation,
        since=on,
        predecessor=appointment,
    )


@act(_("changed the name or number of a person"))
def change_details(*, by: User | None, user: User, name: str, phone: str, at: datetime) -> User:
    """The history keeps that it was done, not what was typed."""
    check_may_manage(by, user)
    return keep_details(user, name.strip() or user.name, phone, at)


@act(_("changed the own number"))
def change_own_phone(*, by: User, phone: str, at: datetime) -> User:
    return keep_details(by, by.name, phone, at)


def keep_details(user: User, name: str, phone: str, at: datetime) -> User:
    """Without a number one still signs in with the user name, which everybody has."""
    user = User.objects.select_for_update().get(pk=user.pk)
    phone = normal(phone)
    if phone and User.objects.filter(Q(phone=phone) | Q(username=phone)).exclude(pk=user.pk).exists():
        raise Refused(_("Somebody else signs in with this number already. Look at the digits again."))
    if (name, phone or None) == (user.name, user.phone):
        return user
    user.name, user.phone, user.details_changed_at = name, phone or None, at
    user.save(update_fields=["name", "phone", "details_changed_at"])
    return user


@act(_("ended a person's sign-in"))
def suspend(*, by: User | None, user: User) -> None:
    """The posts stay; open sessions end with the next page."""
    check_may_manage(by, user)
    set_active(user, False)


@act(_("restored a person's sign-in"))
def restore(*, by: User | None, user: User) -> None:
    check_may_manage(by, user)
    set_active(user, True)


def set_active(user: User, active: bool) -> None:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = active
    user.save(update_fields=["is_active"])


def locked(appointment: Appointment) -> Appointment:
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=appointment.pk)
    )
